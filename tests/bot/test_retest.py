"""Retest: a fixed defect goes to its tester, where it was found, once, with the reason on it [M7.4], [M14]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.change import Edit, Field
from bot.defect import Defect, Kind, State
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.retest import plan_retest, ready_for_retest, rfcs_in_debt
from bot.rfc import Rfc, RfcState
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    MONDAY,
    OTHER_TESTER,
    SIT_B,
    TEST_DEFECT_MANAGER,
    TESTER,
    UIT,
    a_change_request,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    approved,
    deployed,
    entries,
    number,
)

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries(here=[123], elsewhere=[246, 31]))
ARRIVED = an_rfc(of=SEALED, state=RfcState.DEPLOYED)
AFTER = MONDAY + timedelta(minutes=20)


def world(*defects: Defect, rfc: Rfc = ARRIVED, sealed: CandidateList = SEALED, **other: Any) -> Picture:
    return a_picture(*defects, sealed, rfc, now=AFTER, histories={rfc.id: deployed(rfc)}, **other)


def moves(*defects: Defect, **other: Any) -> list[Action]:
    return list(plan_retest(world(*defects, **other)))


def moved(*defects: Defect, **other: Any) -> list[int | None]:
    return [action.change.id for action in moves(*defects, **other)]


def test_one_write_moves_the_defect_and_says_why() -> None:
    (action,) = moves(a_defect())

    arrival = "DCC 5.2.16.0 was deployed to SIT-A on Mon 07-Dec-2026 09:00 GMT"
    assert (action.kind, action.rule, action.reason) == (ActionKind.MOVE_TO_RETEST, "retest", arrival)
    assert (action.change.kind, action.change.id, action.change.rev) == (Kind.DEFECT, 123, 3)
    state, delivered_by, _ = action.change.edits
    assert state == Edit(Field.STATE, State.RESOLVED, State.READY_FOR_RETEST)
    assert delivered_by == Edit(Field.DELIVERED_BY, None, 951)
    assert edited(action)[Field.REMARK].sentences == (
        f"Ready for retest in SIT-A: {arrival} and brings this fix (RFC 951).",
        "It is retested in the environment that found it.",
    )
    assert edited(action)[Field.REMARK].about == (951,)


def test_brought_once_before_it_says_which_rfc_it_had_then() -> None:
    (action,) = moves(a_defect(delivered_by=940))

    assert Edit(Field.DELIVERED_BY, 940, 951) in action.change.edits


def test_a_defect_that_another_environment_found_stays() -> None:
    assert moved(a_defect(123), a_defect(246, found_in="SIT-B")) == [123]


def test_a_change_request_is_not_retested() -> None:
    assert moved(a_change_request(31)) == []


def test_a_defect_that_the_list_does_not_name_stays() -> None:
    assert moved(a_defect(999)) == []


@pytest.mark.parametrize("state", [s for s in State if s is not State.RESOLVED], ids=lambda s: s.value)
def test_a_defect_that_is_not_resolved_is_left_alone(state: State) -> None:
    assert moved(a_defect(state=state)) == []


def test_a_defect_that_a_person_took_back_is_left_to_them() -> None:
    assert moved(a_defect(delivered_by=951)) == []


def test_a_fix_that_bounced_is_not_handed_over_for_the_build_that_failed() -> None:
    assert moved(a_defect(version="5.2.17.0", delivered_by=951)) == []


def test_a_configuration_fix_is_handed_over_like_any_other() -> None:
    assert moved(a_defect(version="configuration")) == [123]


def test_a_defect_whose_environment_was_corrected_meanwhile_stays() -> None:
    assert moved(a_defect(found_in="SIT-B")) == []


@pytest.mark.parametrize("party", ["Electralink", "Nobody", ""])
def test_a_defect_that_is_another_partys_by_now_stays(party: str) -> None:
    assert moved(a_defect(party=party)) == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": RfcState.APPROVED}, id="approved only"),
        pytest.param({"state": RfcState.ROLLED_BACK}, id="rolled back"),
        pytest.param({"state": RfcState.WITHDRAWN}, id="withdrawn"),
        pytest.param({"seal": "other content"}, id="approved for other content"),
        pytest.param({"environment": "SIT-B"}, id="deployed elsewhere"),
        pytest.param({"list_id": None, "number": number("5.2.15.0")}, id="an RFC without a list"),
        pytest.param({"number": number("5.2.17.0")}, id="an RFC of another number than its list"),
    ],
)
def test_without_a_complete_deployment_here_nothing_moves(changes: dict[str, Any]) -> None:
    rfc = replace(ARRIVED, **changes)
    told = approved(rfc) if rfc.state is RfcState.APPROVED else deployed(ARRIVED)
    picture = a_picture(a_defect(), SEALED, rfc, now=AFTER, histories={951: told})

    assert list(plan_retest(picture)) == []


def test_where_a_smoke_test_is_asked_for_nothing_moves_before_it_has_passed() -> None:
    programme = a_programme([an_environment("SIT-A", smoke_test=True), SIT_B, UIT])

    assert moved(a_defect(), programme=programme) == []
    assert moved(a_defect(), programme=programme, rfc=replace(ARRIVED, smoke="passed")) == [123]


@pytest.mark.parametrize(
    ("defect", "tried"),
    [
        pytest.param(
            a_defect(retested_by=OTHER_TESTER),
            (OTHER_TESTER, TESTER, TEST_DEFECT_MANAGER),
            id="the named tester first, then who raised it, then the test defect manager",
        ),
        pytest.param(a_defect(), (TESTER, TEST_DEFECT_MANAGER), id="none is named: who raised it"),
        pytest.param(a_defect(retested_by=TESTER), (TESTER, TEST_DEFECT_MANAGER), id="one person is tried once"),
        pytest.param(a_defect(raised_by=BOT), (TEST_DEFECT_MANAGER,), id="the bot retests nothing"),
        pytest.param(a_defect(raised_by=""), (TEST_DEFECT_MANAGER,), id="nobody is known"),
    ],
)
def test_testers_are_tried_in_order(defect: Defect, tried: tuple[str, ...]) -> None:
    (action,) = moves(defect)

    assert action.change.assignees == tried


def test_the_state_does_not_wait_for_a_name() -> None:
    programme = a_programme([an_environment("SIT-A", test_defect_manager=""), SIT_B, UIT])

    (action,) = moves(a_defect(raised_by=""), programme=programme)

    assert action.change.assignees == ()


def test_again_nothing_is_left_to_move() -> None:
    picture = world(a_defect())

    again = Picture(after(plan_retest(picture), picture.facts))

    assert list(plan_retest(again)) == []
    assert [defect.id for defect in ready_for_retest(again)] == [123]


def test_an_rfc_is_in_debt_until_its_defects_are_handed_over() -> None:
    picture = world(a_defect())

    assert rfcs_in_debt(picture) == {951}
    assert rfcs_in_debt(Picture(after(plan_retest(picture), picture.facts))) == frozenset()


def test_testers_see_the_worst_first_in_each_environment() -> None:
    ready = [
        a_defect(1, severity=""),
        a_defect(2, severity="3 - Medium"),
        a_defect(3, severity="1 - Critical"),
        a_defect(4, found_in="SIT-B", severity="1 - Critical"),
        a_change_request(5),
    ]
    picture = a_picture(*(replace(defect, state=State.READY_FOR_RETEST) for defect in ready))

    assert [defect.id for defect in ready_for_retest(picture)] == [3, 2, 1, 4]
