"""Rollback: what nobody has touched since goes back to resolved; the rest is the defect manager's to decide."""

from __future__ import annotations

from adapters.sandbox.mhhs_seeds.people import TESS
from bot.where import Where
from tests.jobs.play import Play, text
from tests.jobs.small_world import IN_SIT_A, OPEN

RETEST = "Ready for Retest"


def rolled_back(play: Play) -> None:
    """Of the three that SIT-A's release handed over, one was closed since and one is being retested."""
    play.delivered("SIT-A")
    play.at(7, 15)
    play.cast.retest(123)
    play.azure.person(TESS).edit(456, {"System.Tags": "retest under way"})
    play.cast.roll_back("SIT-A")
    play.look()


def test_the_untouched_go_back_and_the_others_are_listed(play: Play) -> None:
    rolled_back(play)

    assert play.states(*IN_SIT_A) == ["Closed", RETEST, "Resolved"]
    back = play.azure.item(789)
    assert "Custom.DeliveredBy" not in back.fields
    assert "rolled back in SIT-A" in back.latest.comment
    rfc = play.cast.rfcs("SIT-A")[0]
    assert text(rfc, "Custom.Outcome") == "rolled back"
    assert "the defect manager decides on them: 123 (Closed), 456 (Ready for Retest)" in _points(play, rfc.id)
    assert "789 Ready for Retest -> Resolved" in play.news()


def test_what_ran_before_runs_again_also_once_the_rfc_is_closed(play: Play) -> None:
    rolled_back(play)
    play.at(8, 9)
    play.azure.person("rhona.reid@si.example").set_state(play.cast.rfcs("SIT-A")[0].id, "Closed")
    play.look()
    play.seen()

    assert str(play.picture().running("SIT-A", "DCC")) == "5.2.15.0"
    assert play.where(789).where is Where.ROLLED_BACK


def test_the_same_number_is_not_proposed_there_again_and_the_next_build_brings_all(play: Play) -> None:
    rolled_back(play)
    play.at(8, 10)
    play.look()
    assert play.cast.lists("SIT-A", "DCC", "Proposed") == []

    play.cast.name_version(789, "5.2.17.0")
    play.at(8, 11)
    play.look()
    play.seen()

    (made,) = play.cast.lists("SIT-A", "DCC", "Proposed")
    assert text(made, "Custom.ReleaseNumber") == "5.2.17.0"
    assert set(made.links("System.LinkTypes.Related")) >= {123, 246, 456, 468, 789}


def test_looking_again_puts_nothing_back_twice(play: Play) -> None:
    rolled_back(play)
    play.seen()

    play.look()

    assert play.news() == []


def _points(play: Play, rfc: int) -> str:
    return text(play.azure.item(rfc), "Custom.ControlPoints")


def test_rolled_back_and_closed_before_anybody_looked_it_does_not_run(play: Play) -> None:
    """What was recorded says succeeded; only the history of the RFC knows better."""
    play.delivered("SIT-A")
    play.at(7, 15)
    play.cast.roll_back("SIT-A")
    play.azure.person("rhona.reid@si.example").set_state(play.cast.rfcs("SIT-A")[0].id, "Closed")

    play.look()

    play.seen()
    assert str(play.picture().running("SIT-A", "DCC")) == "5.2.15.0"
    assert play.states(*IN_SIT_A) == ["Resolved", "Resolved", "Resolved"]


def test_the_rfc_that_is_under_way_says_what_now_comes_with_it_until_it_is_agreed_anew(play: Play) -> None:
    play.delivered("SIT-A")
    play.at(7, 15)
    play.cast.resolve(OPEN, "5.2.17.0")
    play.look()
    play.at(8, 9)
    play.cast.agree("SIT-A", "DCC")
    play.look()
    play.at(8, 10)
    play.look()
    (raised,) = play.cast.rfcs("SIT-A", "DCC", "Raised")
    assert "would bring" not in _points(play, raised.id)

    play.at(8, 11)
    play.cast.roll_back("SIT-A")
    play.look()

    play.seen()
    assert "it would bring 123, 246, 456, 468, 789 too, and its list does not name them" in _points(play, raised.id)
    play.cast.reject("SIT-A", "DCC")
    play.look()
    play.at(8, 12)
    play.look()
    play.seen()
    (anew,) = play.cast.lists("SIT-A", "DCC", "Proposed")
    assert set(anew.links("System.LinkTypes.Related")) >= {OPEN, *IN_SIT_A}
