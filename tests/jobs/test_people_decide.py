"""What people decide stands: who may, what for, and what becomes of it when they change their minds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, TESS
from adapters.sandbox.work_item import WorkItem
from bot.where import Where
from jobs.alarms import alarms
from jobs.run import Ending, hash_of, run
from tests.jobs.accidents import meanwhile
from tests.jobs.play import Play, fixes_of, text
from tests.jobs.small_world import DCC_FIXES, IN_SIT_A

RETEST = "Ready for Retest"
RESOLVED = ["Resolved", "Resolved", "Resolved"]


def last_words(item: WorkItem) -> str:
    return item.comments[-1].text


def the_lists(play: Play) -> list[str]:
    return [item.state for item in play.cast.lists(party="DCC")]


def test_a_list_agreed_by_somebody_without_the_role_goes_back_with_words(play: Play) -> None:
    play.proposed()
    play.at(3, 11)
    play.cast.agree("SIT-A", by=TESS)
    play.look()

    assert play.news() == ["list DCC SIT-A Agreed -> Proposed"]
    words = last_words(play.cast.the_list("SIT-A", "DCC"))
    assert "tess.hall@st.example is not SIT Defect Manager for SIT-A, who agrees it" in words


def test_a_list_agreed_by_the_bot_itself_goes_back(play: Play) -> None:
    play.proposed()
    play.cast.agree("SIT-A", by=BOT)
    play.seen()
    play.look()

    assert play.news() == ["list DCC SIT-A Agreed -> Proposed"]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (BOT, "the approval was set by the bot's own identity, which may not approve"),
        ("rm@dcc.example", "rm@dcc.example belongs to DCC, whose release this is"),
        (TESS, "tess.hall@st.example is not SI Release Manager for SIT-A"),
        ("quentin.marsh@qt.example", "quentin.marsh@qt.example is not SI Release Manager for SIT-A"),
    ],
    ids=["by the bot", "by the resolving party", "by a tester", "by the release manager of another phase"],
)
def test_an_approval_of_the_wrong_person_does_not_count(play: Play, who: str, words: str) -> None:
    play.raised()
    play.at(4, 8)
    play.cast.approve("SIT-A", by=who)
    play.seen()
    play.look()
    assert play.news() == ["RFC DCC SIT-A control points"]
    assert words in text_of(play, "Custom.ControlPoints")

    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.look()

    assert play.states(*IN_SIT_A) == RESOLVED
    assert play.where(123).where is Where.INCOMPLETE
    assert words in play.where(123).words
    assert play.news() == ["RFC DCC SIT-A deployment recorded"]


def text_of(play: Play, field: str) -> str:
    told = text(play.cast.the_rfc("SIT-A", "DCC"), field)
    return told.replace("\u2060", "").replace("&#39;", "'")


def test_what_was_deployed_without_approval_waits_until_it_is_approved_in_retrospect(play: Play) -> None:
    play.raised()
    play.at(7, 10)
    play.cast.deploy("SIT-A", state="Raised")
    play.look()

    assert play.news() == ["RFC DCC SIT-A deployment recorded"]
    assert play.states(*IN_SIT_A) == RESOLVED
    assert "it was deployed without a valid approval: nobody has approved it" in play.where(123).words
    assert "Its defects wait" in text_of(play, "Custom.ControlPoints")

    play.at(7, 11)
    play.cast.approve_again("SIT-A")
    play.look()
    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
    play.seen()


def test_a_defect_that_a_person_took_back_is_not_moved_again(play: Play) -> None:
    play.delivered()
    play.at(8, 9)
    play.cast.take_back(123)

    for _ in range(2):
        play.look("hand_to_testers", "propose")

    assert play.news() == []
    assert play.where(123).where is Where.TAKEN_BACK
    assert play.states(*IN_SIT_A) == ["Resolved", RETEST, RETEST]


def test_what_testers_did_meanwhile_is_left_alone(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    play.cast.retest(123)
    play.cast.reopen(456)
    play.cast.deploy("SIT-A")
    play.look()

    assert play.states(*IN_SIT_A) == ["Closed", "Active", RETEST]
    assert play.news() == ["789 Resolved -> Ready for Retest", "RFC DCC SIT-A deployment recorded"]


def test_a_defect_edited_meanwhile_is_left_alone_and_the_next_still_moves(play: Play) -> None:
    play.approved()
    play.look()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.azure.faults.add("batch", meanwhile(lambda: play.cast.reopen(123)))

    play.try_to_look()

    assert play.states(*IN_SIT_A) == ["Active", RETEST, RETEST]
    play.look()
    assert play.state(123) == "Active"
    play.seen()


def test_a_rejected_rfc_is_raised_again_as_its_next_edition(play: Play) -> None:
    play.raised()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    play.at(3, 12)
    play.cast.reject("SIT-A")
    play.look()
    assert play.news() == ["RFC DCC SIT-A control points", "list DCC SIT-A Raised -> Proposed"]
    assert "was rejected" in last_words(play.cast.the_list("SIT-A", "DCC"))

    play.at(3, 12, 30)
    play.look()
    play.seen()
    play.cast.agree("SIT-A")
    play.look()
    assert play.news() == ["list DCC SIT-A sealed as edition 2"]

    play.at(3, 13)
    play.look()
    assert play.news() == ["RFC DCC SIT-A Rejected -> Raised"]
    play.look()
    assert play.news() == ["list DCC SIT-A Agreed -> Raised"]

    revised = play.cast.the_rfc("SIT-A", "DCC")
    assert (revised.id, revised.state) == (rfc, "Raised")
    assert (revised.fields["Custom.Edition"], revised.fields["Custom.ReleaseNumber"]) == (2, "5.2.16.0")
    assert revised.fields["Custom.Seal"] == play.cast.the_list("SIT-A", "DCC").fields["Custom.Seal"]
    assert not play.look().plan


def test_an_agreed_list_that_a_person_puts_back_can_be_agreed_without_a_held_fix(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    play.cast.hold(468, "It breaks the settlement run.")
    play.cast.put_back("SIT-A")
    play.cast.put_back("SIT-B")
    play.at(3, 11, 40)
    play.look()
    assert play.news() == ["list DCC SIT-A rewritten, no longer sealed", "list DCC SIT-B rewritten, no longer sealed"]
    assert play.listed("SIT-A") == play.listed("SIT-B") == [123, 246, 456, 789]

    play.cast.agree("SIT-A")
    play.look()
    assert play.news() == ["list DCC SIT-A sealed as edition 2"]
    assert play.cast.the_list("SIT-A", "DCC").fields["Custom.ReleaseNumber"] == "5.2.16.0"


def test_the_approval_of_an_earlier_edition_does_not_count_for_the_next(play: Play) -> None:
    """Rhona Reid has approved; Dev Patel takes the list back to leave 789 out, and agrees it again."""
    play.approved()
    for environment in ("SIT-A", "SIT-B"):
        listed = play.cast.the_list(environment, "DCC").id
        play.azure.person(SIT_DEFECT_MANAGER).set_state(listed, "Proposed")
    play.cast.plan_for(789, date(2026, 12, 18))
    play.at(4, 8, 30)
    play.look()
    play.cast.agree("SIT-A")
    play.look()
    play.at(4, 8, 40)
    play.look()

    rfc = play.cast.the_rfc("SIT-A", "DCC")
    assert (rfc.state, rfc.fields["Custom.Edition"]) == ("Raised", 2)
    assert fixes_of(rfc) == [123, 246, 456, 468]
    play.seen()


def test_after_a_withdrawal_the_list_is_closed_and_its_fixes_are_proposed_anew(play: Play) -> None:
    play.raised()
    withdrawn = [item.id for item in play.cast.lists(party="DCC")]
    play.at(3, 12)
    play.cast.withdraw("SIT-A")
    play.cast.withdraw("SIT-B")
    play.look()
    play.look()

    assert [play.state(id) for id in withdrawn] == ["Closed", "Closed"]
    assert play.listed("SIT-A") == play.listed("SIT-B") == sorted(DCC_FIXES)
    assert {play.state(rfc.id) for rfc in play.cast.rfcs()} == {"Withdrawn"}
    play.seen()
    assert not play.look().plan


@pytest.mark.parametrize("change", ["an entry is unlinked", "an entry is added", "the number is edited"])
def test_a_change_after_the_seal_puts_the_list_back_with_words(play: Play, change: str) -> None:
    play.sealed()
    play.at(3, 11, 10)
    match change:
        case "an entry is unlinked":
            play.cast.unlink("SIT-A", "DCC", 789)
        case "an entry is added":
            listed = play.cast.the_list("SIT-A", "DCC").id
            play.azure.person(SIT_DEFECT_MANAGER).link(listed, "System.LinkTypes.Related", 512, "5.2.16.0, retest here")
        case _:
            play.cast.set_number("SIT-A", "DCC", "5.2.17.0")
    play.look()

    news = play.news()
    assert "list DCC SIT-A Agreed -> Proposed" in news
    assert "RFC DCC SIT-A created" not in news
    assert "it was changed after it was sealed" in last_words(play.cast.the_list("SIT-A", "DCC"))


def test_a_number_that_a_person_set_holds_for_every_list_of_the_party(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    play.cast.set_number("SIT-A", "DCC", "5.2.18.0")
    play.at(3, 10, 30)
    play.look()

    assert {item.fields["Custom.ReleaseNumber"] for item in play.cast.lists(party="DCC")} == {"5.2.18.0"}
    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]
    for _ in range(2):
        assert not play.look().plan


def test_a_number_that_people_set_back_is_theirs_too(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    play.cast.set_number("SIT-A", "DCC", "5.2.18.0")
    play.at(3, 10, 30)
    play.look()
    play.cast.set_number("SIT-A", "DCC", "5.2.16.0")
    play.at(3, 11)
    play.look()
    play.seen()

    assert {item.fields["Custom.ReleaseNumber"] for item in play.cast.lists(party="DCC")} == {"5.2.16.0"}


def test_a_second_list_that_a_person_made_is_left_and_told_of(play: Play) -> None:
    play.proposed()
    first = play.cast.the_list("SIT-A", "DCC")
    copied = {name: value for name, value in first.fields.items() if name.startswith("Custom.")}
    links = [(r.rel, r.target, r.comment) for r in first.relations if r.target is not None]
    second = play.azure.person(SIT_DEFECT_MANAGER).create("Candidate List", {"System.Title": "Copy", **copied}, links)
    report = play.look()

    assert play.news() == []
    assert (play.state(first.id), play.state(second)) == ("Proposed", "Proposed")
    (alarm,) = alarms(report)
    assert f"list {second}: list {first.id} stands for the same environment, party and type: close one of them" in alarm
    assert f"Shunter leaves it, because {SIT_DEFECT_MANAGER} has written on it" in alarm


def test_a_plan_larger_than_the_limit_waits_for_a_yes_to_this_very_plan(play: Play) -> None:
    play.world = replace(play.world, changes_per_run=2)

    report = play.try_to_look()
    assert report.ending is Ending.FAILED
    assert play.news() == []

    assert run(play.world, accepted="00000000").ending is Ending.FAILED
    assert play.news() == []

    assert hash_of(report.plan) in report.why
    assert run(play.world, accepted=hash_of(report.plan)).ending is Ending.DONE
    assert len(play.news()) == 3
