"""Postponing: a window that passes without a word is overdue, and one that people move is agreed and approved anew."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.overview import rfc_rows
from bot.where import Where
from tests.jobs.play import Play, text
from tests.jobs.small_world import IN_SIT_A

RETEST = "Ready for Retest"
NEXT_MONDAY = (datetime(2026, 12, 14, 9, tzinfo=UTC), datetime(2026, 12, 14, 12, tzinfo=UTC))


def waits_for(play: Play, environment: str = "SIT-A") -> str:
    return next(row.waits_for for row in rfc_rows(play.picture()) if row.environment == environment)


def test_an_overdue_rfc_is_postponed_approved_again_and_deployed(play: Play) -> None:
    play.approved()
    rfc, listed = play.cast.the_rfc("SIT-A", "DCC").id, play.cast.the_list("SIT-A", "DCC").id
    play.at(7, 18)
    play.look()
    assert "RFC DCC SIT-A control points" in play.news()
    assert waits_for(play).startswith("overdue: its window ended on Mon 07-Dec-2026")
    assert "Whoever deployed it sets its state to deployed" in text(play.azure.item(rfc), "Custom.ControlPoints")
    assert play.azure.item(rfc).state == "Approved"

    play.at(8, 10)
    play.cast.move_window(rfc, *NEXT_MONDAY)
    assert waits_for(play) == "a valid approval: its window was moved to Mon 14-Dec-2026 09:00 GMT"
    play.look()
    assert "list DCC SIT-A sealed as edition 2" in play.news()
    words = play.azure.item(listed).comments[-1].text
    assert "moved from Mon 07-Dec-2026 09:00 GMT to Mon 14-Dec-2026 09:00 GMT by rhona.reid@si.example" in words
    assert str(play.azure.item(listed).fields["System.Title"]).endswith("Mon 14-Dec-2026 09:00 GMT")

    play.look()
    assert "RFC DCC SIT-A Approved -> Raised" in play.news()
    play.look()
    play.seen()
    assert not [action for action in play.look().plan if action.subject in (f"RFC {rfc}", f"list {listed}")]
    assert waits_for(play) == "SI Release Manager to approve"
    assert play.azure.item(rfc).fields["Custom.WindowStart"] == NEXT_MONDAY[0]
    assert play.azure.item(rfc).fields["Custom.Seal"] == play.azure.item(listed).fields["Custom.Seal"]

    play.at(11, 9)
    play.cast.approve("SIT-A", "DCC")
    play.at(14, 10)
    play.cast.deploy("SIT-A", "DCC")
    play.look()
    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
    assert "outside its window" not in text(play.azure.item(rfc), "Custom.ControlPoints")
    play.seen()


def test_a_window_moved_on_the_list_is_the_same(play: Play) -> None:
    play.raised()
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.at(3, 14)
    play.cast.move_window(listed, *NEXT_MONDAY)
    play.look()
    play.look()

    news = play.news()
    assert "list DCC SIT-A sealed as edition 2" in news
    assert "RFC DCC SIT-A sealed as edition 2" in news
    assert play.cast.the_rfc("SIT-A", "DCC").fields["Custom.WindowStart"] == NEXT_MONDAY[0]
    assert play.azure.item(listed).state == "Raised"


def test_a_window_within_its_notice_is_refused_in_words_until_it_is_waived(play: Play) -> None:
    play.approved()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    play.at(7, 13)
    play.cast.move_window(rfc, datetime(2026, 12, 7, 17, tzinfo=UTC), datetime(2026, 12, 7, 19, tzinfo=UTC))
    play.look()
    play.seen()
    points = text(play.azure.item(rfc), "Custom.ControlPoints")
    assert "whose notice ran out on Fri 04-Dec-2026 17:00 GMT" in points
    assert play.azure.item(rfc).fields["Custom.Edition"] == 1

    play.azure.person("rhona.reid@si.example").edit(rfc, {"Custom.Waiver": "Agreed with all testers."})
    play.look()
    play.look()
    assert "RFC DCC SIT-A Approved -> Raised" in play.news()


def test_what_is_deployed_in_a_window_that_nobody_agreed_is_told(play: Play) -> None:
    play.approved()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    play.at(8, 10)
    play.cast.deploy("SIT-A", "DCC")
    play.cast.move_window(rfc, datetime(2026, 12, 8, 9, tzinfo=UTC), datetime(2026, 12, 8, 12, tzinfo=UTC))
    play.look()
    play.look()
    play.seen()

    assert "outside its window, Mon 07-Dec-2026" in text(play.azure.item(rfc), "Custom.ControlPoints")


def test_an_rfc_whose_number_somebody_changes_is_approved_by_nobody(play: Play) -> None:
    play.approved()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    release_manager = play.azure.person("rm@dcc.example")
    release_manager.edit(rfc, {"Custom.ReleaseNumber": "5.2.17.0"})
    play.look()
    play.seen()
    assert "it asks for DCC 5.2.17.0 to SIT-A (patch)" in text(play.azure.item(rfc), "Custom.ControlPoints")

    play.at(7, 10)
    play.cast.deploy("SIT-A", "DCC")
    play.look()
    play.seen()
    assert play.where(123).where is Where.INCOMPLETE

    release_manager.edit(rfc, {"Custom.ReleaseNumber": "5.2.16.0"})
    play.look()
    play.seen()
    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
