"""Deviations: what went otherwise than agreed stands on the RFC, in sentences that people understand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.compose_control_points import compose_control_points
from bot.defect import State
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    RELEASE_MANAGER,
    TESTER,
    a_defect,
    a_picture,
    a_sealed_list,
    an_rfc,
    answering,
    approved,
    deployed,
    entries,
    steps,
)

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries([123, 456]))
ARRIVED = an_rfc(of=SEALED, state=RfcState.DEPLOYED)
MOVED: dict[str, Any] = {"state": State.READY_FOR_RETEST, "delivered_by": 951, "changed_by": BOT}
WINDOW = "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
TAKEN_FURTHER = "rolled back; people had taken these further, and the defect manager decides on them"


def world(rfc: Rfc, when: datetime = MONDAY, **other: Any) -> Picture:
    defects = other.pop("defects", [a_defect(123, **MOVED), a_defect(456, **MOVED)])
    return a_picture(*defects, SEALED, rfc, now=MONDAY, **{"histories": {951: deployed(rfc, when)}} | other)


def told(rfc: Rfc, when: datetime = MONDAY, **other: Any) -> tuple[str, ...]:
    return compose_control_points(rfc, world(rfc, when, **other)).deviations


def test_where_all_went_as_agreed_there_is_nothing_to_tell() -> None:
    assert told(ARRIVED) == ()
    assert told(replace(ARRIVED, state=RfcState.RAISED), histories={}) == ()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        pytest.param(MONDAY, (), id="at its start"),
        pytest.param(MONDAY + timedelta(hours=2), (), id="at its end"),
        pytest.param(
            MONDAY - timedelta(minutes=1),
            (f"deployed on Mon 07-Dec-2026 08:59 GMT, outside its window, {WINDOW}",),
            id="a minute early",
        ),
        pytest.param(
            MONDAY + timedelta(hours=2, minutes=1),
            (f"deployed on Mon 07-Dec-2026 11:01 GMT, outside its window, {WINDOW}",),
            id="a minute late",
        ),
    ],
)
def test_outside_its_window_is_told(when: datetime, words: tuple[str, ...]) -> None:
    assert told(ARRIVED, when) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"delivered": None}, (), id="nothing said: as sealed"),
        pytest.param({"delivered": frozenset({123, 456})}, (), id="all of it"),
        pytest.param({"delivered": frozenset({123})}, ("promised and not delivered: 456",), id="one is missing"),
        pytest.param({"delivered": frozenset({123, 456, 777})}, ("delivered and not promised: 777",), id="one more"),
        pytest.param(
            {"delivered": frozenset({999, 777})},
            ("promised and not delivered: 123, 456", "delivered and not promised: 777, 999"),
            id="something else altogether",
        ),
        pytest.param(
            {"delivered": frozenset({123}), "accepted": frozenset({456})}, (), id="accepted, it counts as delivered"
        ),
    ],
)
def test_what_was_delivered_is_held_against_what_was_promised(changes: dict[str, Any], words: tuple[str, ...]) -> None:
    assert told(replace(ARRIVED, **changes)) == words


def test_without_a_valid_approval_is_told() -> None:
    never = {951: steps((DEPLOYER, RfcState.DEPLOYED), since=MONDAY - timedelta(hours=1))}
    words, *_ = told(ARRIVED, histories=never)

    assert words == "deployed without a valid approval: nobody has approved it"


def test_a_waiver_is_told_from_the_moment_it_stands() -> None:
    waived = replace(ARRIVED, state=RfcState.APPROVED, waiver=" Rhona: needed for cycle 3 ")

    assert told(waived, histories={951: approved(waived)}) == ("waiver: Rhona: needed for cycle 3",)


@pytest.mark.parametrize(
    ("answers", "by", "words"),
    [
        pytest.param(
            "5: waived, agreed at the review of 3 Dec",
            RELEASE_MANAGER,
            (f"point 5 was waived by {RELEASE_MANAGER}: agreed at the review of 3 Dec",),
            id="by its owner",
        ),
        pytest.param("5: waived, why not", TESTER, (), id="by somebody else it is not waived"),
        pytest.param("5: waived", RELEASE_MANAGER, (), id="nor without a reason"),
        pytest.param("5: met", RELEASE_MANAGER, (), id="what is met is no deviation"),
    ],
)
def test_a_point_that_was_waived_is_told(answers: str, by: str, words: tuple[str, ...]) -> None:
    raised = replace(ARRIVED, state=RfcState.RAISED, answers=answers)

    assert told(raised, histories={951: answering(raised, (by, answers))}) == words


@pytest.mark.parametrize(
    ("defects", "words"),
    [
        pytest.param([a_defect(123, **MOVED)], (), id="everything is put back"),
        pytest.param(
            [
                a_defect(123, **MOVED),
                a_defect(456, **MOVED | {"state": State.CLOSED, "state_text": "Verified"}),
                a_defect(789, **MOVED | {"changed_by": TESTER}),
            ],
            (f"{TAKEN_FURTHER}: 456 (Verified), 789 (ready for retest)",),
            id="some were taken further",
        ),
    ],
)
def test_after_a_rollback_what_people_had_taken_further_is_listed(defects: Any, words: tuple[str, ...]) -> None:
    assert told(replace(ARRIVED, state=RfcState.ROLLED_BACK, outcome="rolled back"), defects=defects) == words
