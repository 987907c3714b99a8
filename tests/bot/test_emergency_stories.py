"""Emergencies from the tag to the regular release that takes them over, with people acting in between [M12.8]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState, Role
from bot.compose_control_points import compose_control_points
from bot.defect import Defect, State
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import ActionKind
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from bot.why_not_raised import why_not_raised
from bot.written import digest_of
from tests.bot.a_run import (
    approved_and_deployed,
    decided,
    in_state,
    kinds,
    listed,
    note_of,
    raised,
    run,
)
from tests.bot.people import (
    agrees,
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
    RELEASE_MANAGER,
    SIT_A,
    SIT_B,
    a_defect,
    a_party,
    a_programme,
    at,
    facts,
    number,
)

ASKED = frozenset({"Emergency"})
REMOVES = "would remove 900 (5.2.16.1): agree a new edition with the fix, or waive it by name"
MONDAY = at("2026-12-07 09:00")
WEDNESDAY = at("2026-12-09 10:00")
QUARTER = timedelta(minutes=15)


def running(world: Facts, environment: str) -> str:
    return str(Picture(world).running(environment, "DCC"))


def urgent(id: int, version: str, **other: Any) -> Defect:
    return a_defect(id, version=version, tags=ASKED, severity="1 - Critical", **other)


def first_release_everywhere(release: str) -> Facts:
    """Brings 123 to SIT-A and to SIT-B, on Monday."""
    party = a_party(environments=("SIT-A", "SIT-B"), baseline={"SIT-A": number("1.0.0.0"), "SIT-B": number("1.0.0.0")})
    world = facts(a_defect(123, version=release), programme=a_programme([SIT_A, SIT_B], [party]))
    world = later(raised(world, "SIT-A", "SIT-B"), MONDAY)
    return run(approved_and_deployed(world, "SIT-A", "SIT-B"), times=2)


def emergency_deployed(world: Facts, defect: Defect, asked_at: Any) -> Facts:
    """Asked for, agreed, raised, approved and deployed within its hours."""
    world = run(later(resolves(world, defect), asked_at))
    world = run(agrees(world, "SIT-A"), times=3)
    return run(approved_and_deployed(later(world, asked_at + timedelta(hours=2)), "SIT-A"), times=2)


def test_emergency_then_regular() -> None:
    world = first_release_everywhere("1.0.1.0")
    world = emergency_deployed(world, urgent(900, "1.0.1.1"), WEDNESDAY)

    assert (running(world, "SIT-A"), running(world, "SIT-B")) == ("1.0.1.1", "1.0.1.0")
    assert world.defects[900].state is State.READY_FOR_RETEST

    world = resolves(later(world, world.now + QUARTER), a_defect(77, version="1.0.2.0"))
    world = raised(edits_defect(world, 900, state=State.CLOSED), "SIT-A", "SIT-B")

    assert note_of(world, "SIT-A") == {"Retest in SIT-A": [77], "Carried over: runs in SIT-A already": [900]}
    assert note_of(world, "SIT-B") == {"Delivered here, retested elsewhere": [900, 77]}


def test_carried_over_it_is_not_handed_to_its_tester_a_second_time() -> None:
    world = emergency_deployed(first_release_everywhere("1.0.1.0"), urgent(900, "1.0.1.1"), WEDNESDAY)
    brought_by = world.defects[900].delivered_by
    world = raised(resolves(later(world, world.now + QUARTER), a_defect(77, version="1.0.2.0")), "SIT-A")

    world = run(approved_and_deployed(later(world, at("2026-12-14 09:30")), "SIT-A"), times=2)

    assert running(world, "SIT-A") == "1.0.2.0"
    assert world.defects[77].delivered_by == the_rfc(world, "SIT-A").id
    assert world.defects[900].delivered_by == brought_by != the_rfc(world, "SIT-A").id


def test_an_emergency_is_raised_within_its_hour_and_waits_for_no_regular_window() -> None:
    world = run(later(resolves(first_release_everywhere("1.0.1.0"), urgent(900, "1.0.1.1")), WEDNESDAY))
    emergency = the_list(world, "SIT-A")

    assert (emergency.window.start, listed(world, "SIT-A")) == (at("2026-12-09 12:00"), {900: Role.RETEST_HERE})
    assert [c.environment for c in world.lists.values() if not c.is_regular] == ["SIT-A"]

    in_time = run(agrees(later(world, at("2026-12-09 10:59")), "SIT-A"))
    assert ActionKind.RAISE_RFC in kinds(decided(in_time))
    too_late = decided(agrees(later(world, at("2026-12-09 11:01")), "SIT-A"))
    assert [a.reason for a in too_late if a.kind is ActionKind.REOPEN_LIST] == [
        "the notice of its window ran out on Wed 09-Dec-2026 11:00 GMT, and no waiver is recorded on it"
    ]


def test_two_emergencies_of_one_number_travel_together() -> None:
    world = resolves(first_release_everywhere("1.0.1.0"), urgent(900, "1.0.1.1"))

    world = emergency_deployed(world, urgent(901, "1.0.1.1"), WEDNESDAY)

    assert len([c for c in world.lists.values() if not c.is_regular]) == 1
    assert {900, 901} <= in_state(world, State.READY_FOR_RETEST)


def test_it_is_given_up_when_the_tag_goes() -> None:
    world = run(later(resolves(first_release_everywhere("1.0.1.0"), urgent(900, "1.0.1.1")), WEDNESDAY))

    world = run(edits_defect(world, 900, tags=frozenset()), times=2)

    assert the_list(world, "SIT-A").state is ListState.CLOSED
    assert standings(Picture(world))[900].where is Where.LEFT_OUT


def agreed_without_the_fix() -> Facts:
    """5.2.16.0 runs in SIT-A; 5.2.17.0 is agreed on Thursday for Monday; on Friday 5.2.16.1 brings 900 into SIT-A."""
    world = later(raised(facts(a_defect(123, version="5.2.16.0")), "SIT-A"), MONDAY)
    world = run(approved_and_deployed(world, "SIT-A"), times=2)
    world = resolves(later(world, at("2026-12-10 10:00")), a_defect(77, version="5.2.17.0"))
    world = raised(world, "SIT-A")
    assert (the_list(world, "SIT-A").state, listed(world, "SIT-A")) == (ListState.RAISED, {77: Role.RETEST_HERE})
    return emergency_deployed(world, urgent(900, "5.2.16.1"), at("2026-12-11 10:00"))


def against(world: Facts) -> list[str]:
    """What stands against 5.2.17.0 on its RFC, beside the ten control points."""
    points = compose_control_points(the_rfc(world, "SIT-A", "5.2.17.0"), Picture(world)).points
    assert all(point.blocks == "deployment" for point in points[10:])
    return [point.evidence for point in points[10:]]


def test_emergency_after_agreement_blocks_what_would_remove_it() -> None:
    world = agreed_without_the_fix()

    assert running(world, "SIT-A") == "5.2.16.1"
    assert against(world) == [REMOVES]
    rfc = the_rfc(world, "SIT-A", "5.2.17.0")
    assert rfc.written is not None
    assert rfc.written.digest == digest_of(compose_control_points(rfc, Picture(world)))


def test_a_new_edition_with_the_fix_lifts_it_and_keeps_the_number() -> None:
    world = run(rejects(agreed_without_the_fix(), "SIT-A", release="5.2.17.0"))
    world = run(later(world, world.now + QUARTER), times=2)
    assert listed(world, "SIT-A", "5.2.17.0") == {77: Role.RETEST_HERE, 900: Role.CARRIED}

    world = run(agrees(world, "SIT-A", release="5.2.17.0"), times=3)

    rfc = the_rfc(world, "SIT-A", "5.2.17.0")
    assert (rfc.state, rfc.edition, rfc.fixes) == (RfcState.RAISED, 2, frozenset({77, 900}))
    assert against(world) == []


@pytest.mark.parametrize(
    ("waiver", "left"),
    [
        pytest.param("Dev: 900 is obsolete", [], id="by its id"),
        pytest.param("Dev: obsolete are 12, 900.", [], id="among others"),
        pytest.param("Dev: needed for cycle 3", [REMOVES], id="a waiver of something else"),
        pytest.param("Dev: 9001 is obsolete", [REMOVES], id="another id"),
        pytest.param("Dev: not of 900.0.0.1", [REMOVES], id="a place of a number is no id"),
    ],
)
@pytest.mark.parametrize("edits", [edits_list, edits_rfc], ids=["on the list", "on the RFC"])
def test_or_a_person_waives_it_by_name(edits: Any, waiver: str, left: list[str]) -> None:
    assert against(edits(agreed_without_the_fix(), "SIT-A", "5.2.17.0", waiver=waiver)) == left


def test_a_list_that_is_only_sealed_gets_no_rfc_while_it_would_remove_a_fix() -> None:
    world = agreed_without_the_fix()
    world = replace(world, rfcs={r.id: r for r in world.rfcs.values() if r.number != number("5.2.17.0")})
    world = edits_list(world, "SIT-A", "5.2.17.0", state=ListState.AGREED, waiver="Dev: late")
    sealed = the_list(world, "SIT-A", "5.2.17.0")

    assert why_not_raised(sealed, Picture(world)) == REMOVES
    assert ActionKind.RAISE_RFC not in kinds(decided(world))


def test_once_the_emergency_is_rolled_back_nothing_is_removed() -> None:
    world = run(rolls_back(agreed_without_the_fix(), "SIT-A", release="5.2.16.1"), times=2)

    assert running(world, "SIT-A") == "5.2.16.0"
    assert against(world) == []
    assert world.defects[900].state is State.RESOLVED


def test_what_was_rolled_back_needs_another_number() -> None:
    world = run(rolls_back(agreed_without_the_fix(), "SIT-A", release="5.2.16.1"), times=2)
    world = run(sets(world, "SIT-A", RfcState.CLOSED, RELEASE_MANAGER, "5.2.16.1"), times=3)
    assert [c for c in world.lists.values() if not c.is_regular and c.is_open] == []

    world = run(edits_defect(world, 900, version_text="5.2.16.2"), times=2)
    assert listed(world, "SIT-A", "5.2.16.2") == {900: Role.RETEST_HERE}
