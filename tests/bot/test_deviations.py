"""Deviations: what went otherwise than agreed stands on the RFC, in sentences that people understand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.compose_control_points import compose_control_points
from bot.defect import State
from bot.environment import Closes
from bot.history import Step
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    TESTER,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    answering,
    approved,
    deployed,
    entries,
    steps,
    undone,
    writes,
)

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries([123, 456]))
ARRIVED = an_rfc(of=SEALED, state=RfcState.DEPLOYED)
MOVED: dict[str, Any] = {"state": State.READY_FOR_RETEST, "delivered_by": 951, "changed_by": BOT}
WINDOW = "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
TAKEN_FURTHER = "rolled back; people had taken these further, and the defect manager decides on them"


def world(rfc: Rfc, when: datetime = MONDAY, **other: Any) -> Picture:
    defects = other.pop("defects", [a_defect(123, **MOVED), a_defect(456, **MOVED), a_defect(555, state=State.OPEN)])
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
    rfc = replace(ARRIVED, state=RfcState.ROLLED_BACK, outcome="rolled back")

    assert told(rfc, defects=defects, histories={951: undone(rfc)}) == words


def waived(by: str, text: str = "needed for cycle 3") -> tuple[str, ...]:
    rfc = replace(ARRIVED, state=RfcState.APPROVED, waiver=text)
    return told(rfc, histories={951: writes(approved(rfc), by, waiver=text)})


@pytest.mark.parametrize(
    ("by", "words"),
    [
        pytest.param(RELEASE_MANAGER, f"(written by {RELEASE_MANAGER})", id="by who approves"),
        pytest.param(PASSER_BY, f"(written by {PASSER_BY})", id="by somebody else"),
        pytest.param(
            PARTY_MANAGER,
            f"(written by {PARTY_MANAGER}); it does not count: {PARTY_MANAGER} belongs to DCC, whose release this is",
            id="by the party itself",
        ),
        pytest.param(BOT, f"(written by {BOT}); it does not count: {BOT} is Shunter's own identity", id="by the bot"),
    ],
)
def test_a_waiver_is_told_with_its_author(by: str, words: str) -> None:
    assert waived(by) == (f"waiver: needed for cycle 3 {words}",)


def test_a_waiver_that_names_its_author_does_not_name_them_twice() -> None:
    text = f"{RELEASE_MANAGER}: needed"

    assert waived(RELEASE_MANAGER, text) == (f"waiver: {text}",)


def test_of_several_attempts_each_deviation_says_which() -> None:
    late = writes(deployed(ARRIVED), DEPLOYER, outcome="failed")
    late = writes(late, DEPLOYER, RfcState.APPROVED)
    late = writes(late, DEPLOYER, RfcState.DEPLOYED, MONDAY + timedelta(hours=3))

    assert told(ARRIVED, histories={951: late}) == (
        f"attempt 2: deployed on Mon 07-Dec-2026 12:00 GMT, outside its window, {WINDOW}",
    )


@pytest.mark.parametrize(
    ("rfc", "steps", "words"),
    [
        pytest.param(
            replace(ARRIVED, delivered=frozenset({123})),
            writes(deployed(ARRIVED), PARTY_MANAGER, delivered="123"),
            f"promised and not delivered, by the list of {PARTY_MANAGER}: 456",
            id="a delivered list names its author",
        ),
        pytest.param(
            replace(ARRIVED, accepted=frozenset({555})),
            writes(deployed(ARRIVED), DEPLOYER, accepted="555"),
            f"accepted 555: it does not count, because {DEPLOYER} is not SI Release Manager for SIT-A",
            id="accepted by somebody who may not",
        ),
        pytest.param(
            replace(ARRIVED, state=RfcState.CLOSED, outcome="succeeded"),
            writes(deployed(ARRIVED), DEPLOYER, RfcState.CLOSED),
            f"closed by somebody who does not approve closure: {DEPLOYER} is not SI Release Manager for SIT-A",
            id="closed by somebody who may not",
        ),
    ],
)
def test_who_said_what_they_could_not_say_is_told(rfc: Rfc, steps: tuple[Step, ...], words: str) -> None:
    assert told(rfc, histories={951: steps}) == (words,)


def test_where_shunter_closes_it_matters_not_who_closed() -> None:
    rfc = replace(ARRIVED, state=RfcState.CLOSED, outcome="succeeded")
    environment = an_environment("SIT-A", closes=Closes.BOT)
    steps = writes(deployed(rfc), DEPLOYER, RfcState.CLOSED)

    assert told(rfc, histories={951: steps}, programme=a_programme([environment])) == ()
