"""The worked examples of the process, from resolved defects to their testers, with people acting in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.candidate_list import ListState, Role
from bot.defect import State
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import ActionKind
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from bot.why_not_raised import why_not_raised
from tests.bot.a_run import approved_and_deployed, decided, in_state, kinds, listed, note_of, raised, run
from tests.bot.people import agrees, approves, edits_defect, edits_rfc, later, resolves, sets, the_list, the_rfc
from tests.bot.world import MONDAY, NOW, PASSER_BY, RELEASE_MANAGER, a_defect, at, facts, number

IN_SIT_A = (123, 456, 789)
IN_SIT_B = (246, 468)
ALL = {*IN_SIT_A, *IN_SIT_B}
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)


def five_fixes() -> Facts:
    return facts(
        *(a_defect(id, found_in="SIT-A") for id in IN_SIT_A), *(a_defect(id, found_in="SIT-B") for id in IN_SIT_B)
    )


def on_the_note(world: Facts, environment: str) -> set[int]:
    return {id for ids in note_of(world, environment).values() for id in ids}


def test_level_environments_get_the_same_fixes_and_retest_what_each_found() -> None:
    world = raised(five_fixes(), "SIT-A", "SIT-B")

    assert on_the_note(world, "SIT-A") == on_the_note(world, "SIT-B") == ALL
    assert {id for id, role in listed(world, "SIT-A").items() if role is Role.RETEST_HERE} == {*IN_SIT_A}
    assert {id for id, role in listed(world, "SIT-B").items() if role is Role.RETEST_HERE} == {*IN_SIT_B}

    world = run(approved_and_deployed(later(world, MONDAY), "SIT-A"))
    assert in_state(world, State.READY_FOR_RETEST) == {*IN_SIT_A}

    world = run(approved_and_deployed(later(world, MONDAY + QUARTER), "SIT-B"))
    assert in_state(world, State.READY_FOR_RETEST) == ALL


def test_each_defect_says_which_rfc_brought_its_fix() -> None:
    world = run(approved_and_deployed(raised(five_fixes(), "SIT-A", "SIT-B"), "SIT-A", "SIT-B"))

    assert {world.defects[id].delivered_by for id in IN_SIT_A} == {the_rfc(world, "SIT-A").id}
    assert {world.defects[id].delivered_by for id in IN_SIT_B} == {the_rfc(world, "SIT-B").id}


def test_once_everything_is_done_a_run_does_nothing() -> None:
    world = run(approved_and_deployed(raised(five_fixes(), "SIT-A", "SIT-B", "UIT"), "SIT-A", "SIT-B", "UIT"), times=3)

    assert kinds(decided(world)) == []


def test_the_rfc_is_closed_by_a_person_and_then_its_list_by_the_bot() -> None:
    world = run(approved_and_deployed(raised(five_fixes(), "SIT-A"), "SIT-A"), times=2)

    world = run(sets(world, "SIT-A", RfcState.CLOSED, RELEASE_MANAGER))

    assert the_list(world, "SIT-A").state is ListState.CLOSED
    assert Picture(world).running("SIT-A", "DCC") == number("5.2.16.0")


def test_held_after_agreement_blocks_both_lists_because_a_hold_takes_nothing_out_of_a_build() -> None:
    world = agrees(agrees(run(five_fixes()), "SIT-A"), "SIT-B")
    world = run(edits_defect(run(world), 468, tags=frozenset({"Hold"})), times=3)

    assert world.rfcs == {}
    for environment in ("SIT-A", "SIT-B"):
        words = why_not_raised(the_list(world, environment), Picture(world))
        assert words == "468 is held, but 5.2.16.0 contains it: unhold it, or agree a build without it"

    world = run(edits_defect(world, 468, tags=frozenset()), times=2)
    assert {rfc.environment for rfc in world.rfcs.values()} == {"SIT-A", "SIT-B"}


def test_held_before_it_is_sealed_a_list_is_agreed_and_waits() -> None:
    world = edits_defect(agrees(run(five_fixes()), "SIT-A"), 468, tags=frozenset({"Hold"}))

    assert ActionKind.SEAL not in kinds(decided(world))
    assert the_list(run(world), "SIT-A").state is ListState.AGREED


def test_a_fix_held_before_anybody_agreed_is_simply_left_out() -> None:
    world = run(edits_defect(five_fixes(), 468, tags=frozenset({"Hold"})))

    assert set(listed(world, "SIT-A")) == set(listed(world, "SIT-B")) == ALL - {468}


def test_notice_the_rfc_is_raised_until_friday_0900_and_not_a_minute_later() -> None:
    sealed = run(agrees(run(five_fixes()), "SIT-A"))

    in_time = decided(later(sealed, at("2026-12-04 09:00")))
    too_late = decided(later(sealed, at("2026-12-04 09:01")))

    assert ActionKind.RAISE_RFC in kinds(in_time)
    assert ActionKind.RAISE_RFC not in kinds(too_late)
    assert [action.reason for action in too_late if action.kind is ActionKind.REOPEN_LIST] == [
        "the notice of its window ran out on Fri 04-Dec-2026 09:00 GMT, and no waiver is recorded on it"
    ]


def test_notice_is_counted_anew_where_a_bank_holiday_moves_the_window() -> None:
    world = run(later(five_fixes(), at("2026-12-22 12:00")))

    assert the_list(world, "SIT-A").window.start == at("2026-12-29 09:00")


def test_resolved_late_stands_apart_until_the_release_manager_accepts_it() -> None:
    world = run(approved_and_deployed(later(raised(five_fixes(), "SIT-A"), at("2026-12-07 11:02")), "SIT-A"))
    world = later(resolves(world, a_defect(555, found_in="SIT-A")), MONDAY + 2 * DAY)

    standing = standings(Picture(world))[555]
    assert standing.where is Where.ON_NO_NOTE
    assert standing.words == "5.2.16.0 runs in SIT-A since Mon 07-Dec 11:02 GMT, and no note names this defect"
    assert run(world).defects[555].state is State.RESOLVED

    world = edits_rfc(world, "SIT-A", accepted=frozenset({555}))
    assert run(world).defects[555].state is State.READY_FOR_RETEST


def test_missed_environment_its_next_note_lists_what_it_lacks() -> None:
    world = run(approved_and_deployed(raised(five_fixes(), "SIT-A", "SIT-B"), "SIT-A"), times=2)
    world = sets(approves(world, "SIT-B"), "SIT-B", RfcState.CLOSED, RELEASE_MANAGER)
    world = edits_defect(later(world, MONDAY + DAY), 123, state=State.CLOSED)
    world = resolves(run(world), a_defect(901, found_in="SIT-A", version="5.2.17.0"))

    world = run(later(world, world.now + QUARTER), times=2)

    assert set(listed(world, "SIT-A")) == {901}
    assert set(listed(world, "SIT-B")) == ALL | {901}
    assert {id for id, role in listed(world, "SIT-B").items() if role is Role.RETEST_HERE} == {*IN_SIT_B}


def test_a_rejected_rfc_brings_its_list_back_and_the_next_edition_keeps_the_number() -> None:
    world = raised(five_fixes(), "SIT-A")
    first = the_rfc(world, "SIT-A")

    world = run(sets(world, "SIT-A", RfcState.REJECTED, RELEASE_MANAGER))
    assert the_list(world, "SIT-A").state is ListState.PROPOSED

    world = run(later(world, world.now + 2 * QUARTER), times=2)
    assert the_list(world, "SIT-A").state is ListState.PROPOSED
    world = run(agrees(world, "SIT-A"), times=3)

    again = the_rfc(world, "SIT-A")
    assert (again.id, again.state, again.number, again.edition) == (first.id, RfcState.RAISED, first.number, 2)
    assert set(listed(world, "SIT-A")) == ALL


@pytest.mark.parametrize("times", [1, 2, 5], ids=["once", "twice", "five times"])
def test_somebody_without_the_role_agrees_nothing_and_the_number_stays_the_bots(times: int) -> None:
    world = run(five_fixes())
    for _ in range(times):
        world = run(agrees(world, "SIT-A", by=PASSER_BY))
    world = resolves(later(world, NOW + 2 * QUARTER), a_defect(901, version="5.2.17.0"))

    world = run(world)

    assert the_list(world, "SIT-A").number == number("5.2.17.0")
    assert set(listed(world, "SIT-A")) == ALL | {901}
