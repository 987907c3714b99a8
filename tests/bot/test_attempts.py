"""Attempts: how the history of an RFC tells them apart, and what stands of one when the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.approval import Approval
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import State
from bot.deployments import deployments
from bot.facts import Facts
from bot.history import Step
from bot.outcome import Outcome
from bot.picture import Picture
from bot.plan import ActionKind
from bot.record_deployments import plan_deployments
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PASSER_BY,
    RELEASE_MANAGER,
    a_defect,
    a_sealed_list,
    an_rfc,
    approved,
    deployed,
    entries,
    facts,
    undone,
    writes,
)

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries([123, 456]))
RFC = an_rfc(of=SEALED, state=RfcState.APPROVED)
TUESDAY = MONDAY + timedelta(days=1)
FAILED = writes(deployed(RFC), DEPLOYER, outcome="failed")
AGAIN = writes(FAILED, DEPLOYER, RfcState.APPROVED)
REPORTED = (*approved(RFC)[:1], Step(2, MONDAY, PASSER_BY, RfcState.DEPLOYED, RFC.seal))


def world(rfc: Rfc, told: Sequence[Step]) -> Facts:
    defects = (a_defect(id, delivered_by=None) for id in (123, 456))
    return facts(*defects, SEALED, rfc, now=TUESDAY, histories={rfc.id: tuple(told)})


def told(steps: Sequence[Step]) -> list[str]:
    """What came of each attempt; the last may only be asked for."""
    found = attempts_of(RFC, world(RFC, steps))
    return [attempt.outcome.value if attempt.outcome is not None else "asked for" for attempt in found]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param((), ["asked for"], id="nothing is known"),
        pytest.param(approved(RFC), ["asked for"], id="approved"),
        pytest.param(deployed(RFC), ["succeeded"], id="set to deployed"),
        pytest.param(FAILED, ["failed"], id="set to deployed, and failed"),
        pytest.param(
            writes(approved(RFC), DEPLOYER, outcome="Partial "), ["partial"], id="failed while it is approved"
        ),
        pytest.param(writes(approved(RFC), DEPLOYER, outcome="succeeded"), ["asked for"], id="a success beforehand"),
        pytest.param(writes(FAILED, DEPLOYER, outcome="succeeded"), ["succeeded"], id="corrected"),
        pytest.param(writes(FAILED, DEPLOYER, outcome=""), ["succeeded"], id="the failure taken back"),
        pytest.param(AGAIN, ["failed", "asked for"], id="set to approved again"),
        pytest.param(writes(AGAIN, RELEASE_MANAGER, RfcState.APPROVED), ["failed", "asked for"], id="and once more"),
        pytest.param(writes(AGAIN, DEPLOYER, RfcState.DEPLOYED), ["failed", "succeeded"], id="tried again"),
        pytest.param(
            writes(writes(AGAIN, DEPLOYER, RfcState.DEPLOYED), DEPLOYER, outcome="failed"),
            ["failed", "failed"],
            id="tried again in vain",
        ),
        pytest.param(
            writes(writes(approved(RFC), DEPLOYER, outcome="failed"), DEPLOYER, RfcState.DEPLOYED),
            ["failed"],
            id="failed first, set to deployed then: one attempt",
        ),
        pytest.param(
            writes(writes(approved(RFC), DEPLOYER, outcome="failed"), DEPLOYER, outcome=""),
            ["failed", "asked for"],
            id="the outcome of an approved RFC emptied",
        ),
        pytest.param(undone(RFC), ["rolled back"], id="rolled back"),
        pytest.param(
            writes(writes(undone(RFC), DEPLOYER, RfcState.APPROVED), DEPLOYER, RfcState.DEPLOYED),
            ["rolled back", "succeeded"],
            id="rolled back, and deployed again",
        ),
        pytest.param(
            writes(writes(deployed(RFC), RELEASE_MANAGER, RfcState.CLOSED), RELEASE_MANAGER, RfcState.APPROVED),
            ["succeeded", "asked for"],
            id="closed, and asked for again",
        ),
        pytest.param(
            writes(writes(REPORTED, RELEASE_MANAGER, RfcState.APPROVED), RELEASE_MANAGER, RfcState.DEPLOYED),
            ["succeeded"],
            id="approved in retrospect: the same attempt",
        ),
        pytest.param(writes(FAILED, BOT, outcome=""), ["failed"], id="what the bot writes says nothing"),
    ],
)
def test_a_history_tells_its_attempts(steps: Sequence[Step], expected: list[str]) -> None:
    assert told(steps) == expected


DIRTY = replace(RFC, outcome="failed", deployed_at=MONDAY, smoke="failed", evidence="state set to deployed by dora")


def decided(rfc: Rfc, steps: Sequence[Step]) -> list[dict[Field, Any]]:
    plan = plan_deployments(Picture(world(rfc, steps)))
    assert {action.kind for action in plan} <= {ActionKind.RECORD_DEPLOYMENT}
    return [{field: new for field, new in edited(a).items() if field is not Field.CONTROL_POINTS} for a in plan]


def test_the_next_attempt_begins_on_a_clean_sheet_in_one_write() -> None:
    clean = {
        Field.ATTEMPT: 2,
        Field.DEPLOYED_AT: None,
        Field.OUTCOME: "",
        Field.EVIDENCE: "",
        Field.SMOKE: "",
    }

    assert decided(DIRTY, AGAIN) == [clean]


def test_and_that_is_written_once() -> None:
    picture = Picture(world(DIRTY, AGAIN))

    assert list(plan_deployments(Picture(after(plan_deployments(picture), picture.facts)))) == []


@pytest.mark.parametrize(
    ("rfc", "steps"),
    [
        pytest.param(RFC, approved(RFC), id="nothing was tried"),
        pytest.param(replace(RFC, outcome="failed"), writes(approved(RFC), DEPLOYER, outcome="failed"), id="it failed"),
        pytest.param(DIRTY, (), id="its history was not read"),
    ],
)
def test_nothing_is_cleared_that_may_still_hold(rfc: Rfc, steps: Sequence[Step]) -> None:
    assert decided(rfc, steps) == []


def test_tried_again_before_anybody_looked_the_old_failure_does_not_stand() -> None:
    steps = writes(AGAIN, DEPLOYER, RfcState.DEPLOYED, at=TUESDAY)
    rfc = replace(DIRTY, state=RfcState.DEPLOYED)

    first, second = deployments(world(rfc, steps))

    assert (first.attempt, first.outcome, first.at, first.is_current) == (1, Outcome.FAILED, MONDAY, False)
    assert (second.attempt, second.outcome, second.at, second.is_current) == (2, Outcome.SUCCEEDED, TUESDAY, True)
    assert second.incomplete == ""
    (written,) = decided(rfc, steps)
    assert (written[Field.ATTEMPT], written[Field.OUTCOME], written[Field.DEPLOYED_AT]) == (2, "succeeded", TUESDAY)
    assert written[Field.SMOKE] == ""


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        pytest.param(State.READY_FOR_RETEST, False, id="not yet put back"),
        pytest.param(State.RESOLVED, True, id="put back"),
    ],
)
def test_after_a_rollback_the_next_attempt_begins_once_what_was_handed_over_is_put_back(
    state: State, begins: bool
) -> None:
    steps = writes(undone(RFC), DEPLOYER, RfcState.APPROVED)
    there = a_defect(123, state=state, delivered_by=951 if state is State.READY_FOR_RETEST else None, changed_by=BOT)
    world = facts(there, SEALED, DIRTY, now=TUESDAY, histories={RFC.id: steps})

    assert bool(plan_deployments(Picture(world)).actions) is begins


@pytest.mark.parametrize(
    ("steps", "by", "at"),
    [
        pytest.param(deployed(RFC), DEPLOYER, MONDAY, id="who set it to deployed"),
        pytest.param(
            writes(deployed(RFC), PASSER_BY, outcome="failed", at=TUESDAY), DEPLOYER, MONDAY, id="not who judged"
        ),
        pytest.param(writes(approved(RFC), PASSER_BY, outcome="failed"), PASSER_BY, MONDAY, id="who told the failure"),
        pytest.param(
            writes(writes(approved(RFC), PASSER_BY, outcome="failed"), DEPLOYER, RfcState.DEPLOYED, at=TUESDAY),
            DEPLOYER,
            TUESDAY,
            id="who set it to deployed after that",
        ),
    ],
)
def test_an_attempt_is_told_by_who_set_it_to_deployed_or_said_first_that_it_failed(
    steps: Sequence[Step], by: str, at: datetime
) -> None:
    (found,) = deployments(world(replace(RFC, state=RfcState.DEPLOYED), steps))

    assert (found.by, found.at) == (by, at)


def test_what_was_said_in_the_new_attempt_holds() -> None:
    steps = writes(AGAIN, DEPLOYER, RfcState.DEPLOYED, at=TUESDAY, outcome="partial", smoke="passed")
    rfc = replace(RFC, state=RfcState.DEPLOYED, outcome="partial", smoke="passed")

    *_, second = deployments(world(rfc, steps))

    assert (second.outcome, second.rfc.smoke) == (Outcome.PARTIAL, "passed")


def when_redeployed(state: RfcState, steps: Sequence[Step]) -> Picture:
    return Picture(world(replace(RFC, state=state), steps))


ASKED_ANEW = writes(writes(deployed(RFC), RELEASE_MANAGER, RfcState.CLOSED), DEPLOYER, RfcState.APPROVED)


def arrived(picture: Picture) -> list[tuple[int, datetime]]:
    return [(d.attempt, d.at) for d in picture.arrivals[("SIT-A", "DCC")]]


def test_until_it_is_deployed_anew_the_former_arrival_runs() -> None:
    picture = when_redeployed(RfcState.APPROVED, ASKED_ANEW)

    assert arrived(picture) == [(1, MONDAY)]
    assert picture.deployment_of(RFC) is None


def test_then_it_has_arrived_a_second_time_under_the_same_approval() -> None:
    picture = when_redeployed(RfcState.DEPLOYED, writes(ASKED_ANEW, DEPLOYER, RfcState.DEPLOYED, at=TUESDAY))

    assert arrived(picture) == [(1, MONDAY), (2, TUESDAY)]
    assert all(isinstance(d.approval, Approval) and not d.incomplete for d in picture.deployments)


def test_what_was_rolled_back_and_deployed_again_runs() -> None:
    steps = writes(writes(undone(RFC), DEPLOYER, RfcState.APPROVED), DEPLOYER, RfcState.DEPLOYED, at=TUESDAY)
    picture = when_redeployed(RfcState.DEPLOYED, steps)

    assert [(d.attempt, d.outcome) for d in picture.deployments] == [(1, Outcome.ROLLED_BACK), (2, Outcome.SUCCEEDED)]
    assert arrived(picture) == [(2, TUESDAY)]


def test_of_what_was_deployed_anew_and_then_rolled_back_nothing_has_arrived_by_the_first_attempt() -> None:
    anew = writes(ASKED_ANEW, DEPLOYER, RfcState.DEPLOYED, at=TUESDAY)
    picture = when_redeployed(RfcState.ROLLED_BACK, writes(anew, DEPLOYER, RfcState.ROLLED_BACK, at=TUESDAY))

    assert [(d.attempt, d.outcome) for d in picture.deployments] == [(1, Outcome.ROLLED_BACK), (2, Outcome.ROLLED_BACK)]
    assert ("SIT-A", "DCC") not in picture.arrivals
