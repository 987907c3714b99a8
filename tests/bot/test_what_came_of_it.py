"""What came of a deployment: rolled back, failed, delivered otherwise than promised, or changed behind its approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState, Role
from bot.compose_control_points import compose_control_points
from bot.defect import State
from bot.environment import Closes
from bot.facts import Facts
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import ActionKind
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from tests.bot.a_run import approved_and_deployed, decided, in_state, kinds, listed, raised, run
from tests.bot.people import (
    agrees,
    approves,
    deploys,
    edits_defect,
    edits_list,
    edits_rfc,
    later,
    rejects,
    resolves,
    rolls_back,
    sets,
    the_list,
    the_rfc,
)
from tests.bot.world import (
    MONDAY,
    OTHER_TESTER,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    TESTER,
    WEEK,
    a_defect,
    a_party,
    a_programme,
    a_sealed_list,
    an_entry,
    an_environment,
    facts,
    number,
)

FOUR = (201, 202, 203, 204)
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
TAKEN_FURTHER = "rolled back; people had taken these further, and the defect manager decides on them"


def deviations(world: Facts, environment: str, release: str = "") -> tuple[str, ...]:
    return compose_control_points(the_rfc(world, environment, release), Picture(world)).deviations


def uit_runs_2_3_0_0(closes: Closes) -> Facts:
    """Four defects are Ready for Retest in UIT; since then one was retested and closed, one taken by a tester."""
    uit = an_environment("UIT", regular_type=ReleaseType.MINOR, closes=closes)
    party = a_party(environments=("UIT",), baseline={"UIT": number("2.2.0.0")})
    world = facts(
        *(a_defect(id, found_in="UIT", version="2.3.0.0") for id in FOUR), programme=a_programme([uit], [party])
    )
    world = run(approved_and_deployed(later(raised(world, "UIT"), MONDAY), "UIT"))
    assert in_state(world, State.READY_FOR_RETEST) == {*FOUR}
    world = edits_defect(world, 203, state=State.CLOSED, changed_by=TESTER)
    return later(edits_defect(world, 204, assigned_to=OTHER_TESTER, changed_by=OTHER_TESTER), MONDAY + DAY)


@pytest.mark.parametrize("closes", Closes, ids=lambda c: c.value)
def test_rollback_puts_back_what_nobody_touched_and_lists_the_rest(closes: Closes) -> None:
    world = run(rolls_back(uit_runs_2_3_0_0(closes), "UIT"), times=2)

    assert in_state(world, State.RESOLVED) == {201, 202}
    assert {world.defects[id].assigned_to for id in (201, 202)} == {PARTY_MANAGER}
    assert {world.defects[id].delivered_by for id in (201, 202)} == {None}
    assert (world.defects[203].state, world.defects[204].assigned_to) == (State.CLOSED, OTHER_TESTER)
    assert deviations(world, "UIT") == (f"{TAKEN_FURTHER}: 203 (closed), 204 (ready for retest)",)
    assert {standings(Picture(world))[id].where for id in (201, 202)} == {Where.ROLLED_BACK}
    assert Picture(world).running("UIT", "DCC") == number("2.2.0.0")


def rolled_back_and_closed() -> Facts:
    return run(rolls_back(uit_runs_2_3_0_0(Closes.BOT), "UIT"), times=4)


def test_the_rfc_closes_once_everything_is_put_back_and_its_list_after_it() -> None:
    world = rolls_back(uit_runs_2_3_0_0(Closes.BOT), "UIT")
    assert ActionKind.CLOSE_RFC not in kinds(decided(world))

    world = rolled_back_and_closed()

    assert (the_rfc(world, "UIT").state, the_rfc(world, "UIT").outcome) == (RfcState.CLOSED, "rolled back")
    assert the_list(world, "UIT").state is ListState.CLOSED
    assert kinds(decided(world)) == []


def test_where_the_release_manager_closes_the_rfc_waits_for_them() -> None:
    world = run(rolls_back(uit_runs_2_3_0_0(Closes.RELEASE_MANAGER), "UIT"), times=4)
    assert the_rfc(world, "UIT").state is RfcState.ROLLED_BACK

    world = run(sets(world, "UIT", RfcState.CLOSED, RELEASE_MANAGER), times=2)

    assert the_list(world, "UIT").state is ListState.CLOSED
    assert Picture(world).running("UIT", "DCC") == number("2.2.0.0")


def test_the_same_number_is_not_proposed_there_again_and_the_next_build_lists_them() -> None:
    world = run(later(rolled_back_and_closed(), MONDAY + 2 * DAY), times=2)
    assert [c.number for c in world.lists.values()] == [number("2.3.0.0")]

    world = raised(resolves(world, a_defect(77, found_in="UIT", version="2.4.0.0")), "UIT")
    assert listed(world, "UIT", "2.4.0.0") == dict.fromkeys((77, *FOUR), Role.RETEST_HERE)

    world = run(approved_and_deployed(later(world, MONDAY + WEEK), "UIT"), times=2)
    assert in_state(world, State.READY_FOR_RETEST) == {77, 201, 202, 204}
    assert {world.defects[id].delivered_by for id in (77, 201, 202)} == {the_rfc(world, "UIT", "2.4.0.0").id}


def in_sit_a(*ids: int) -> Facts:
    return approves(later(raised(facts(*(a_defect(id) for id in ids)), "SIT-A"), MONDAY), "SIT-A")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        pytest.param("failed", "the deployment failed", id="failed"),
        pytest.param(" Partial", "only a part of it was deployed", id="partial"),
    ],
)
def test_a_deployment_that_did_not_succeed_moves_nothing(outcome: str, words: str) -> None:
    world = run(deploys(edits_rfc(in_sit_a(123, 456), "SIT-A", outcome=outcome), "SIT-A"), times=4)

    assert in_state(world, State.RESOLVED) == {123, 456}
    assert {standings(Picture(world))[id].where for id in (123, 456)} == {Where.INCOMPLETE}
    assert standings(Picture(world))[123].words.endswith(f"but {words}")
    assert Picture(world).running("SIT-A", "DCC") == number("5.2.15.0")
    assert the_rfc(world, "SIT-A").outcome.strip().casefold() == outcome.strip().casefold()


def test_and_the_same_build_is_the_same_rfcs_next_attempt_not_another_list() -> None:
    world = run(deploys(edits_rfc(in_sit_a(123), "SIT-A", outcome="failed"), "SIT-A"), times=2)
    world = run(later(world, world.now + DAY), times=2)
    assert [c.number for c in world.lists.values() if c.environment == "SIT-A"] == [number("5.2.16.0")]

    world = run(deploys(edits_rfc(world, "SIT-A", outcome="succeeded", attempt=2), "SIT-A"), times=2)
    assert in_state(world, State.READY_FOR_RETEST) == {123}


def delivered(world: Facts, *ids: int) -> Facts:
    world = edits_rfc(world, "SIT-A", delivered=frozenset(ids))
    return run(deploys(world, "SIT-A"), times=2)


def test_promised_and_delivered_moves_and_promised_only_waits() -> None:
    world = delivered(in_sit_a(123, 456), 123)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    standing = standings(Picture(world))[456]
    assert (standing.where, standing.next_step) == (
        Where.NOT_DELIVERED,
        "DCC names the build that carries it as its version",
    )
    assert deviations(world, "SIT-A") == ("promised and not delivered: 456",)


def test_what_was_not_delivered_travels_with_the_build_that_its_party_names() -> None:
    world = delivered(in_sit_a(123, 456), 123)
    world = edits_defect(later(world, MONDAY + DAY), 456, version_text="5.2.17.0")

    world = raised(world, "SIT-A")
    assert listed(world, "SIT-A", "5.2.17.0") == {456: Role.RETEST_HERE}

    world = run(approved_and_deployed(later(world, MONDAY + WEEK), "SIT-A"), times=2)
    assert in_state(world, State.READY_FOR_RETEST) == {123, 456}


def test_delivered_and_not_promised_waits_until_the_release_manager_accepts_it() -> None:
    world = delivered(resolves(in_sit_a(123), a_defect(777, version="5.2.17.0")), 123, 777)

    standing = standings(Picture(world))[777]
    assert (standing.where, standing.words) == (
        Where.ON_NO_NOTE,
        f"RFC {the_rfc(world, 'SIT-A', '5.2.16.0').id} delivered it without having promised it",
    )
    assert deviations(world, "SIT-A") == ("delivered and not promised: 777",)
    assert in_state(world, State.READY_FOR_RETEST) == {123}

    world = run(edits_rfc(world, "SIT-A", accepted=frozenset({777})))
    assert in_state(world, State.READY_FOR_RETEST) == {123, 777}


def test_promised_not_delivered_and_accepted_all_the_same_it_moves() -> None:
    world = run(edits_rfc(delivered(in_sit_a(123, 456), 123), "SIT-A", accepted=frozenset({456})))

    assert in_state(world, State.READY_FOR_RETEST) == {123, 456}


def test_deployed_outside_its_window_moves_what_it_brings_and_is_told() -> None:
    world = run(deploys(later(in_sit_a(123), MONDAY + timedelta(hours=3)), "SIT-A"), times=2)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    (words,) = deviations(world, "SIT-A")
    assert words.startswith("deployed on Mon 07-Dec-2026 12:00 GMT, outside its window, Mon 07-Dec-2026 09:00 GMT to")


def test_a_rejected_rfc_keeps_its_number_whatever_was_fixed_meanwhile() -> None:
    world = raised(facts(a_defect(123)), "SIT-A")
    first = the_rfc(world, "SIT-A")
    world = run(resolves(rejects(world, "SIT-A"), a_defect(77, version="5.2.17.0")))

    world = run(later(world, world.now + 2 * QUARTER), times=2)
    (only,) = [c for c in world.lists.values() if c.environment == "SIT-A" and c.is_open]
    assert (only.id, only.number) == (first.list_id, first.number)
    assert {e.fix.defect for e in only.entries} == {123}

    world = run(agrees(world, "SIT-A", release="5.2.16.0"), times=3)
    again = the_rfc(world, "SIT-A")
    assert (again.id, again.number, again.edition, again.state) == (first.id, first.number, 2, RfcState.RAISED)


def test_a_rejected_rfc_that_is_withdrawn_frees_its_list_and_its_number() -> None:
    world = run(rejects(raised(facts(a_defect(123)), "SIT-A"), "SIT-A"))
    first = the_rfc(world, "SIT-A")

    world = run(sets(world, "SIT-A", RfcState.WITHDRAWN, RELEASE_MANAGER), times=2)
    assert world.lists[first.list_id or 0].state is ListState.CLOSED

    world = run(agrees(world, "SIT-A"), times=3)
    assert (the_rfc(world, "SIT-A").id > first.id, the_rfc(world, "SIT-A").number) == (True, first.number)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"entries": frozenset({an_entry(123), an_entry(456)})}, id="a link was added"),
        pytest.param({"entries": frozenset()}, id="the links were taken away"),
        pytest.param({"entries": frozenset({an_entry(123, Role.RETEST_ELSEWHERE)})}, id="a link says something else"),
    ],
)
@pytest.mark.parametrize("state", [RfcState.RAISED, RfcState.APPROVED], ids=lambda s: s.value)
def test_a_raised_list_whose_links_a_person_edits_is_told_and_stays(state: RfcState, change: dict[str, Any]) -> None:
    """A link may be gone because its defect was deleted: that voids nothing by itself, and people are told."""
    world = raised(facts(a_defect(123)), "SIT-A")
    world = approves(world, "SIT-A") if state is RfcState.APPROVED else world
    world = edits_list(run(world), "SIT-A", **change)

    assert [a for a in decided(world) if a.kind is ActionKind.REOPEN_LIST] == []
    points = compose_control_points(the_rfc(world, "SIT-A"), Picture(world)).points
    assert points[-1].evidence.startswith("its list was changed after it was sealed")
    assert (points[-1].state, points[-1].blocks) == ("open", "deployment")


@pytest.mark.parametrize(
    "seal",
    [
        pytest.param("", id="none"),
        pytest.param("another", id="another"),
        pytest.param(a_sealed_list(edition=2, release="5.2.17.0").seal, id="one of other content"),
    ],
)
def test_an_rfc_whose_seal_is_not_its_lists_moves_nothing(seal: str) -> None:
    world = edits_rfc(later(raised(facts(a_defect(123)), "SIT-A"), MONDAY), "SIT-A", seal=seal)

    world = run(approved_and_deployed(world, "SIT-A"), times=4)

    assert in_state(world, State.RESOLVED) == {123}
    assert standings(Picture(world))[123].where is not Where.MOVE


def test_what_was_added_to_a_list_after_its_seal_does_not_move() -> None:
    world = raised(facts(a_defect(123), a_defect(456, version="5.2.15.0")), "SIT-A")
    world = approved_and_deployed(later(world, MONDAY), "SIT-A")
    world = edits_list(world, "SIT-A", entries=frozenset({an_entry(123), an_entry(456, fixed_by="5.2.15.0")}))

    assert in_state(run(world, times=4), State.READY_FOR_RETEST) == {123}


def test_nor_does_what_was_added_to_its_rfc_too() -> None:
    """Whoever may link is not who agrees: the release manager can accept it by name."""
    world = later(raised(facts(a_defect(123)), "SIT-A"), MONDAY)
    world = replace(world, defects={**world.defects, 456: a_defect(456)})
    world = edits_list(world, "SIT-A", entries=frozenset({an_entry(123), an_entry(456)}))
    world = edits_rfc(world, "SIT-A", fixes=frozenset({123, 456}))

    world = run(approved_and_deployed(world, "SIT-A"), times=4)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    assert standings(Picture(world))[456].where is Where.ON_NO_NOTE
