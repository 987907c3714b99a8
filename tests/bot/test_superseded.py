"""Superseded: when a later build takes over from a deployment that failed, and when it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState, Role
from bot.change import Field
from bot.compose_control_points import compose_control_points
from bot.environment import Closes
from bot.follow_rfcs import plan_closures
from bot.history import Step
from bot.picture import Picture
from bot.plan import ActionKind
from bot.remark import Remark
from bot.rfc import Rfc, RfcState
from bot.standing import standings
from bot.superseded import superseded_by, superseding
from bot.where import Where
from tests.bot.after import after, edited
from tests.bot.world import (
    DEPLOYER,
    MONDAY,
    SIT_B,
    WEEK,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_entry,
    an_environment,
    an_rfc,
    approved,
    deployed,
    entries,
    number,
    writes,
)

FIRST = a_sealed_list(901, state=ListState.RAISED, entries=entries([123, 456]))
FAILED = an_rfc(951, of=FIRST, state=RfcState.DEPLOYED, outcome="failed", deployed_at=MONDAY)
FIXES = entries([123, 456]) | {an_entry(789, fixed_by="5.2.17.0")}
SECOND = a_sealed_list(902, state=ListState.RAISED, release="5.2.17.0", entries=FIXES, window=a_window(MONDAY + WEEK))
LATER = an_rfc(952, of=SECOND)
TOLD = writes(deployed(FAILED), DEPLOYER, outcome="failed")


def world(
    failed: Rfc = FAILED,
    later: Rfc = LATER,
    told: tuple[Step, ...] = TOLD,
    *more: Rfc,
    first: CandidateList = FIRST,
    closes: Closes = Closes.BOT,
) -> Picture:
    environment = an_environment("SIT-A", closes=closes)
    return a_picture(
        *(a_defect(123), a_defect(456), a_defect(789, version="5.2.17.0")),
        first,
        SECOND,
        failed,
        later,
        *more,
        now=MONDAY + WEEK / 2,
        programme=a_programme([environment, SIT_B]),
        histories={failed.id: told, later.id: approved(later)},
    )


@pytest.mark.parametrize(
    ("changes", "is_superseded"),
    [
        pytest.param({}, True, id="its RFC is raised"),
        pytest.param({"state": RfcState.APPROVED}, True, id="approved"),
        pytest.param({"state": RfcState.CLOSED, "outcome": "succeeded", "deployed_at": MONDAY}, True, id="closed"),
        pytest.param({"state": RfcState.REJECTED}, False, id="rejected"),
        pytest.param({"state": RfcState.WITHDRAWN}, False, id="withdrawn"),
        pytest.param({"environment": "SIT-B"}, False, id="of another environment"),
        pytest.param({"party": "Elexon"}, False, id="of another party"),
        pytest.param({"number": number("5.2.15.1")}, False, id="of a lower number"),
        pytest.param({"fixes": frozenset({123, 789})}, False, id="without one of its fixes"),
    ],
)
def test_a_later_rfc_supersedes_it_if_it_brings_its_fixes(changes: dict[str, Any], is_superseded: bool) -> None:
    picture = world(later=replace(LATER, **changes))

    assert superseded_by(FAILED, picture) == ("superseded by RFC 952 (5.2.17.0)" if is_superseded else "")


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        pytest.param(replace(FAILED, outcome="succeeded"), deployed(FAILED), id="it succeeded"),
        pytest.param(replace(FAILED, state=RfcState.APPROVED, outcome=""), approved(FAILED), id="it was not tried"),
        pytest.param(
            replace(FAILED, state=RfcState.APPROVED),
            writes(TOLD, DEPLOYER, RfcState.APPROVED),
            id="the same build is asked for once more",
        ),
    ],
)
def test_only_what_failed_is_superseded(failed: Rfc, told: tuple[Step, ...]) -> None:
    assert superseding(failed, world(failed, told=told)) is None


def test_what_the_failed_one_did_not_bring_need_not_be_taken_over() -> None:
    partial = replace(FAILED, outcome="partial", delivered=frozenset({123}))
    told = writes(deployed(FAILED), DEPLOYER, outcome="partial")

    assert superseded_by(partial, world(partial, replace(LATER, fixes=frozenset({123, 789})), told))


def test_what_the_failed_one_only_carried_along_need_not_be_taken_over() -> None:
    first = a_sealed_list(901, state=ListState.RAISED, entries=FIRST.entries | {an_entry(321, Role.CARRIED)})
    failed = an_rfc(951, of=first, state=RfcState.DEPLOYED, outcome="failed", deployed_at=MONDAY)

    assert superseded_by(failed, world(failed, told=writes(deployed(failed), DEPLOYER, outcome="failed"), first=first))


def test_of_two_later_builds_the_first_takes_over() -> None:
    third = a_sealed_list(900, state=ListState.RAISED, release="5.2.18.0", entries=FIXES)

    assert (
        superseded_by(FAILED, world(FAILED, LATER, TOLD, an_rfc(950, of=third))) == "superseded by RFC 952 (5.2.17.0)"
    )


def test_shunter_closes_it_with_the_reason_where_closing_is_left_to_it() -> None:
    (action,) = plan_closures(world())

    assert (action.kind, action.change.id) == (ActionKind.CLOSE_RFC, 951)
    assert edited(action) == {
        Field.STATE: RfcState.CLOSED,
        Field.REMARK: Remark(("Closed: superseded by RFC 952 (5.2.17.0).",)),
    }


def test_then_its_list_and_then_nothing_more() -> None:
    picture = world()
    closed = Picture(after(plan_closures(picture), picture.facts))

    (action,) = plan_closures(closed)

    assert (action.kind, action.change.id) == (ActionKind.CLOSE_LIST, 901)
    assert list(plan_closures(Picture(after(plan_closures(closed), closed.facts)))) == []


def test_elsewhere_the_release_manager_is_asked_to() -> None:
    picture = world(closes=Closes.RELEASE_MANAGER)

    assert list(plan_closures(picture)) == []
    expected = "It is superseded by RFC 952 (5.2.17.0). The SI Release Manager closes this RFC."
    assert compose_control_points(FAILED, picture).next_step == expected


def test_its_defects_are_where_the_later_build_takes_them() -> None:
    standing = standings(world())[123]

    assert standing.where is Where.IN_RFC
    assert standing.words.startswith("RFC 952 (raised) takes DCC 5.2.17.0 to SIT-A")
    assert standing.words.endswith("the deployment failed with RFC 951 (5.2.16.0, attempt 1)")


def test_without_a_later_build_they_wait_for_what_becomes_of_it() -> None:
    picture = world(later=replace(LATER, state=RfcState.WITHDRAWN))

    assert standings(picture)[123].where is Where.INCOMPLETE
