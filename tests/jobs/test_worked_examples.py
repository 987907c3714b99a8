"""The worked examples of the process, played by people and by Shunter from the first proposal to the end."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.sandbox.mhhs_seeds.people import TARA, TESS, TIM
from bot.where import Where
from tests.jobs.play import ENTRY, Play, fixes_of, text
from tests.jobs.small_world import DCC_FIXES, IN_SIT_A, IN_SIT_B, OPEN, Seed

RETEST = "Ready for Retest"
NEXT_FIX = Seed(901, "Objection window closes an hour early", "SIT-A", version="5.2.17.0", state="Active")


def assigned(play: Play, id: int) -> str:
    return str(getattr(play.azure.item(id).fields["System.AssignedTo"], "sign_in", ""))


def said(play: Play, id: int) -> str:
    return play.azure.item(id).latest.comment


def window(play: Play, environment: str) -> object:
    return play.cast.the_list(environment, "DCC").fields["Custom.WindowStart"]


def roles(play: Play, environment: str) -> dict[int | None, str]:
    """By defect, what its link says after the number."""
    links = play.cast.the_list(environment, "DCC").relations
    return {link.target: link.comment.split(", ", 1)[1] for link in links if link.rel == ENTRY}


def test_level_environments_retest_each_defect_where_it_was_found(play: Play) -> None:
    play.approved()
    assert play.listed("SIT-A") == play.listed("SIT-B") == sorted(DCC_FIXES)
    assert roles(play, "SIT-A") == dict.fromkeys(IN_SIT_A, "retest here") | dict.fromkeys(IN_SIT_B, "retest elsewhere")
    assert roles(play, "SIT-B") == dict.fromkeys(IN_SIT_A, "retest elsewhere") | dict.fromkeys(IN_SIT_B, "retest here")

    play.at(7, 10, 40)
    play.cast.deploy("SIT-A")
    play.look()

    assert play.news() == [
        *(f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A),
        "RFC DCC SIT-A deployment recorded",
    ]
    assert play.states(*IN_SIT_B) == ["Resolved", "Resolved"]

    play.at(7, 15, 40)
    play.cast.deploy("SIT-B")
    play.look()

    assert play.news() == [
        *(f"{id} Resolved -> Ready for Retest" for id in IN_SIT_B),
        "RFC DCC SIT-B deployment recorded",
    ]
    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]


def test_a_defect_goes_to_its_tester_and_says_which_release_brought_it(play: Play) -> None:
    play.delivered()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id

    assert [assigned(play, id) for id in IN_SIT_A] == [TESS, TESS, TARA]
    for id in IN_SIT_A:
        assert play.azure.item(id).fields["Custom.DeliveredBy"] == rfc
        assert "DCC 5.2.16.0 was deployed to SIT-A on Mon 07-Dec-2026 10:00 GMT" in said(play, id)


def test_a_named_tester_comes_before_whoever_raised_the_defect(play: Play) -> None:
    play.delivered("SIT-B")

    assert [assigned(play, id) for id in IN_SIT_B] == [TARA, TIM]


def test_a_hold_after_agreement_blocks_every_list_that_contains_the_fix(play: Play) -> None:
    play.sealed()
    play.cast.hold(468, "The test data is wrong.")
    play.at(3, 11, 30)
    play.look()

    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]
    for environment in ("SIT-A", "SIT-B"):
        body = text(play.cast.the_list(environment, "DCC"), "System.Description")
        assert "is held, but 5.2.16.0 contains it" in body
    assert play.cast.rfcs() == []

    play.at(3, 12)
    play.cast.unhold(468)
    play.look()
    assert play.states(*(c.id for c in play.cast.lists(party="DCC"))) == ["Raised", "Raised"]
    play.seen()


def test_a_list_agreed_after_its_notice_goes_back_and_on_to_the_next_window(play: Play) -> None:
    play.proposed()
    play.at(4, 9, 30)
    play.cast.agree("SIT-A")
    play.look()

    assert "list DCC SIT-A Agreed -> Proposed" in play.news()
    late = play.cast.the_list("SIT-A", "DCC")
    assert "the notice of its window ran out on Fri 04-Dec-2026 09:00 GMT" in late.comments[-1].text

    play.at(4, 10)
    play.look()
    assert "list DCC SIT-A rewritten" in play.news()
    assert window(play, "SIT-A") == datetime(2026, 12, 14, 9, tzinfo=UTC)
    assert "Mon 14-Dec-2026" in play.cast.the_list("SIT-A", "DCC").comments[-1].text
    assert play.cast.the_list("SIT-A", "DCC").id == late.id

    play.at(4, 11)
    assert not play.look().plan


def test_a_list_that_nobody_agreed_goes_to_the_next_window_with_one_comment(play: Play) -> None:
    play.proposed()
    for hour in (10, 11, 12):
        play.at(4, hour)
        play.look()

    # That of SIT-B says of what SIT-A found and is left out by when it has to be cured now.
    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]
    moved = play.cast.the_list("SIT-A", "DCC")
    assert window(play, "SIT-A") == datetime(2026, 12, 14, 9, tzinfo=UTC)
    assert [comment.by.name for comment in moved.comments] == ["Shunter"]


def test_a_recorded_waiver_lets_a_late_list_keep_its_window(play: Play) -> None:
    play.proposed()
    play.at(4, 9, 30)
    play.cast.waive("SIT-A", "DCC", "Rhona Reid: the testers wait for it.")
    play.cast.agree("SIT-A")
    play.look("agree")
    assert play.news() == ["list DCC SIT-A sealed as edition 1"]

    play.at(4, 9, 35)
    play.look("raise_rfcs")

    assert play.news() == ["RFC DCC SIT-A created", "list DCC SIT-A Agreed -> Raised", "list DCC SIT-A claimed"]
    assert window(play, "SIT-A") == datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_what_is_resolved_late_waits_on_no_note_until_it_is_accepted(play: Play) -> None:
    play.delivered()
    play.at(9, 11)
    play.cast.resolve(OPEN, "5.2.16.0")
    play.look("hand_to_testers", "propose")

    assert play.where(OPEN).where is Where.ON_NO_NOTE
    assert "5.2.16.0 runs in SIT-A since Mon 07-Dec 10:00 GMT, and no note names this defect" in play.where(OPEN).words
    assert play.state(OPEN) == "Resolved"
    play.seen()

    play.cast.accept(play.cast.the_rfc("SIT-A", "DCC").id, OPEN)
    play.look("hand_to_testers")
    assert play.news() == [f"{OPEN} Resolved -> Ready for Retest"]
    assert not play.look("hand_to_testers").plan


def test_what_is_accepted_moves_only_where_it_was_found(play: Play) -> None:
    play.delivered()
    play.at(9, 11)
    play.azure.person(TESS).edit(OPEN, {"Custom.FoundIn": "SIT-B"})
    play.cast.resolve(OPEN, "5.2.16.0")
    play.cast.accept(play.cast.the_rfc("SIT-A", "DCC").id, OPEN)

    play.look("hand_to_testers")

    assert play.state(OPEN) == "Resolved"


def test_an_environment_that_missed_a_release_gets_its_fixes_with_the_next(play: Play) -> None:
    add(play, NEXT_FIX)
    play.delivered()
    play.at(8, 10)
    play.cast.withdraw("SIT-B", "DCC")
    play.cast.close("SIT-A", "DCC")
    play.cast.retest(123)
    play.cast.resolve(NEXT_FIX.id)
    play.look()
    play.at(8, 10, 30)
    play.look()
    play.seen()

    assert play.listed("SIT-A") == [NEXT_FIX.id]
    assert play.listed("SIT-B") == sorted([*DCC_FIXES, NEXT_FIX.id])
    words = {r.target: r.comment for r in play.cast.the_list("SIT-B", "DCC").relations}
    assert words[123] == "5.2.16.0, retest elsewhere"
    assert words[246] == "5.2.16.0, retest here"

    release(play, "SIT-B")

    assert play.states(*IN_SIT_B) == [RETEST, RETEST]
    assert play.state(NEXT_FIX.id) == "Resolved"
    assert play.state(123) == "Closed"
    play.seen()


def add(play: Play, seed: Seed) -> None:
    """Another defect, before the story starts: such a world is of its own."""
    play.stages = {}
    play.azure.put(seed.id, seed.type, seed.fields, by=seed.raised_by, at=play.azure.clock.now())


def release(play: Play, environment: str) -> None:
    """The list is agreed, its RFC approved, and on Monday 14-Dec it is deployed."""
    play.cast.agree(environment)
    play.look()
    play.look()
    play.at(11, 8)
    play.cast.approve(environment)
    play.look()
    play.at(14, 14)
    play.cast.deploy(environment)
    play.look()


def test_a_bank_holiday_moves_the_window_and_its_notice(play: Play) -> None:
    """Fri 25-Dec and Mon 28-Dec-2026 are not worked."""
    play.at(22, 9)
    play.look()

    assert window(play, "SIT-A") == datetime(2026, 12, 29, 9, tzinfo=UTC)
    assert window(play, "SIT-B") == datetime(2026, 12, 29, 13, tzinfo=UTC)
    assert "Thu 24-Dec-2026 09:00 GMT" in text(play.cast.the_list("SIT-A", "DCC"), "System.Description")
    play.seen()

    play.at(24, 9, 30)
    play.cast.agree("SIT-A")
    play.look("agree")
    assert play.news() == ["list DCC SIT-A Agreed -> Proposed"]


def test_a_fix_that_is_planned_for_later_joins_the_list_of_its_window(play: Play) -> None:
    play.proposed()
    play.cast.plan_for(789, datetime(2026, 12, 14, tzinfo=UTC).date())
    play.at(3, 10)
    play.look()
    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]
    assert 789 not in play.listed("SIT-A") + play.listed("SIT-B")
    assert "planned for Mon 14-Dec-2026" in play.where(789).words

    play.at(4, 9, 30)
    play.look("propose")
    play.seen()
    assert 789 in play.listed("SIT-A")


def test_a_defect_that_bounced_is_another_fix_with_its_next_version(play: Play) -> None:
    play.delivered()
    play.at(8, 9)
    play.cast.reopen(456)
    play.look()
    play.seen()
    assert play.state(456) == "Active"

    play.cast.resolve(456, "5.2.17.0")
    play.look("hand_to_testers")
    assert play.state(456) == "Resolved"
    play.look("propose")
    assert "list DCC SIT-A created" in play.news()
    assert fixes_of(play.cast.lists("SIT-A", "DCC", "Proposed")[0]) == [456]
