"""Deployments: what arrived where and when, and why one does not count for retest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.deployment import arrivals
from bot.deployments import deployments
from bot.history import Step
from bot.outcome import Outcome
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    DEPLOYER,
    MONDAY,
    NOW,
    PASSER_BY,
    SIT_B,
    a_picture,
    a_programme,
    an_environment,
    an_rfc,
    approved,
    deployed,
    facts,
    number,
    steps,
)

DEPLOYED = an_rfc(state=RfcState.DEPLOYED)
ROLLED_BACK = Step(4, MONDAY + timedelta(hours=3), DEPLOYER, RfcState.ROLLED_BACK, DEPLOYED.seal)
CLOSED = Step(5, MONDAY + timedelta(days=1), DEPLOYER, RfcState.CLOSED, DEPLOYED.seal)


def outcome(rfc: Rfc, told: tuple[Step, ...] = ()) -> Outcome | None:
    found = deployments(facts(rfc, histories={rfc.id: told}))
    return found[0].outcome if found else None


@pytest.mark.parametrize(
    ("changes", "told", "expected"),
    [
        pytest.param({"state": RfcState.RAISED}, (), None, id="raised"),
        pytest.param({"state": RfcState.APPROVED}, approved(DEPLOYED), None, id="approved"),
        pytest.param({"state": RfcState.REJECTED}, (), None, id="rejected"),
        pytest.param({"state": RfcState.WITHDRAWN}, deployed(DEPLOYED), None, id="withdrawn"),
        pytest.param({"state": RfcState.OTHER}, deployed(DEPLOYED), None, id="in a state of its own"),
        pytest.param({"state": RfcState.DEPLOYED}, deployed(DEPLOYED), Outcome.SUCCEEDED, id="deployed"),
        pytest.param(
            {"state": RfcState.ROLLED_BACK}, (*deployed(DEPLOYED), ROLLED_BACK), Outcome.ROLLED_BACK, id="rolled back"
        ),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "succeeded", "deployed_at": MONDAY},
            (),
            Outcome.SUCCEEDED,
            id="closed after it was recorded",
        ),
        pytest.param(
            {"state": RfcState.CLOSED}, (*deployed(DEPLOYED), CLOSED), Outcome.SUCCEEDED, id="closed by a quick person"
        ),
        pytest.param({"state": RfcState.CLOSED}, (*approved(DEPLOYED), CLOSED), None, id="closed, never deployed"),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "superseded"}, deployed(DEPLOYED), None, id="closed as superseded"
        ),
        pytest.param(
            {"state": RfcState.CLOSED},
            (*deployed(DEPLOYED), ROLLED_BACK, CLOSED),
            Outcome.ROLLED_BACK,
            id="rolled back, then closed",
        ),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "succeeded", "deployed_at": MONDAY},
            (*deployed(DEPLOYED), ROLLED_BACK, CLOSED),
            Outcome.ROLLED_BACK,
            id="recorded, rolled back, then closed",
        ),
    ],
)
def test_what_came_of_it(changes: dict[str, Any], told: tuple[Step, ...], expected: Outcome | None) -> None:
    assert outcome(replace(DEPLOYED, **changes), told) is expected


def incomplete(rfc: Rfc = DEPLOYED, told: tuple[Step, ...] | None = None, **world: Any) -> str:
    rfc = replace(rfc, changed_at=NOW)
    histories = {rfc.id: deployed(rfc) if told is None else told}
    (found,) = deployments(facts(rfc, histories=histories, **world))
    return found.incomplete


def test_approved_and_deployed_is_complete() -> None:
    assert incomplete() == ""


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param((), "its approval has not been verified yet", id="its history was not read"),
        pytest.param(
            steps((DEPLOYER, RfcState.DEPLOYED)),
            "it was deployed without a valid approval: nobody has approved it",
            id="never approved",
        ),
        pytest.param(
            steps((PASSER_BY, RfcState.APPROVED), (DEPLOYER, RfcState.DEPLOYED), seal=DEPLOYED.seal),
            f"it was deployed without a valid approval: {PASSER_BY} is not SI Release Manager for SIT-A",
            id="approved by somebody without the role",
        ),
    ],
)
def test_without_a_valid_approval_it_does_not_count(told: tuple[Step, ...], why: str) -> None:
    assert incomplete(told=told) == why


def test_rolled_back_it_does_not_count() -> None:
    rfc = replace(DEPLOYED, state=RfcState.ROLLED_BACK)

    assert incomplete(rfc, (*deployed(rfc), ROLLED_BACK)) == "it was rolled back"


@pytest.mark.parametrize(
    ("smoke", "why"),
    [
        pytest.param("", "its smoke test has not passed yet", id="awaited"),
        pytest.param("failed", "its smoke test failed", id="failed"),
        pytest.param("passed with issues", "its smoke test has not passed yet", id="not quite"),
        pytest.param("passed", "", id="passed"),
        pytest.param(" Passed ", "", id="passed, as people write it"),
    ],
)
def test_where_a_smoke_test_is_asked_for_it_has_to_pass(smoke: str, why: str) -> None:
    programme = a_programme([an_environment("SIT-A", smoke_test=True), SIT_B])

    assert incomplete(replace(DEPLOYED, smoke=smoke), programme=programme) == why
    assert incomplete(replace(DEPLOYED, smoke=smoke)) == ""


def test_the_recorded_time_counts_then_the_history_then_the_last_change() -> None:
    recorded = replace(DEPLOYED, deployed_at=MONDAY - timedelta(hours=1), changed_at=NOW)
    told = {951: deployed(DEPLOYED, MONDAY)}

    assert deployments(facts(recorded, histories=told))[0].at == MONDAY - timedelta(hours=1)
    assert deployments(facts(DEPLOYED, histories=told))[0].at == MONDAY
    assert deployments(facts(replace(DEPLOYED, changed_at=NOW)))[0].at == NOW


def test_what_runs_is_what_arrived_last_and_not_what_is_numbered_highest() -> None:
    higher = an_rfc(951, state=RfcState.DEPLOYED, number=number("5.2.17.0"), deployed_at=NOW - timedelta(days=2))
    lower = an_rfc(952, state=RfcState.DEPLOYED, number=number("5.2.16.0"), deployed_at=NOW - timedelta(days=1))

    assert a_picture(higher, lower).running("SIT-A", "DCC") == number("5.2.16.0")


def test_after_a_rollback_the_former_number_runs() -> None:
    former = an_rfc(951, state=RfcState.DEPLOYED, deployed_at=NOW - timedelta(days=2))
    undone = an_rfc(952, state=RfcState.ROLLED_BACK, number=number("5.2.17.0"), deployed_at=NOW - timedelta(days=1))

    assert a_picture(former, undone).running("SIT-A", "DCC") == number("5.2.16.0")


def test_before_any_arrival_the_baseline_runs() -> None:
    assert a_picture().running("SIT-A", "DCC") == number("5.2.15.0")
    assert a_picture().running("SIT-C", "DCC") is None
    assert a_picture().running("SIT-A", "Capgemini") is None


def test_environments_and_parties_have_their_own_arrivals() -> None:
    found = arrivals(deployments(facts(an_rfc(951, state=RfcState.DEPLOYED, deployed_at=NOW))), NOW)

    assert list(found) == [("SIT-A", "DCC")]
