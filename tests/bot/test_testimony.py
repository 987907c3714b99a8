"""Testimony: whose word on a deployment, its smoke test and what it brought besides counts, and whose does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.deployment import Deployment
from bot.deployments import deployments
from bot.environment import Environment
from bot.history import Step
from bot.rfc import RfcState
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_B,
    TESTER,
    a_party,
    a_programme,
    an_environment,
    an_rfc,
    approved,
    deployed,
    facts,
    writes,
)

RFC = an_rfc(state=RfcState.DEPLOYED)
ANYBODY = an_environment("SIT-A", smoke_test=True)
MANAGED = an_environment(
    "SIT-A", smoke_test=True, deployment_managers=frozenset({DEPLOYER}), test_managers=frozenset({TESTER})
)
INSIDER = "ines@dcc.example"
DCC_WITH_INSIDER = a_party(people=frozenset({INSIDER}))
NO_DEPLOYER = f"{PASSER_BY} is not deployment manager or SI Release Manager for SIT-A"


def told(steps: Sequence[Step], environment: Environment = MANAGED, **changes: Any) -> Deployment:
    rfc = replace(RFC, smoke="passed", changed_at=MONDAY, **changes)
    roles = {"SI Release Manager": frozenset({RELEASE_MANAGER, INSIDER})}
    programme = a_programme([replace(environment, approvals=roles), SIT_B], [DCC_WITH_INSIDER])
    return deployments(facts(rfc, programme=programme, histories={rfc.id: tuple(steps)}))[-1]


def set_by(who: str) -> tuple[Step, ...]:
    return (*approved(RFC), Step(3, MONDAY, who, RfcState.DEPLOYED, RFC.seal))


@pytest.mark.parametrize(
    ("steps", "environment", "why"),
    [
        pytest.param(set_by(DEPLOYER), MANAGED, "", id="a deployment manager set the state"),
        pytest.param(set_by(RELEASE_MANAGER), MANAGED, "", id="who approves set the state"),
        pytest.param(set_by(PASSER_BY), MANAGED, NO_DEPLOYER, id="somebody else set it"),
        pytest.param(set_by(PASSER_BY), ANYBODY, "", id="anybody, where no managers are named"),
        pytest.param(set_by(BOT), ANYBODY, "nobody but Shunter says so", id="the bot alone"),
        pytest.param(writes(set_by(PASSER_BY), DEPLOYER, outcome="succeeded"), MANAGED, "", id="then the outcome"),
        pytest.param(
            writes(set_by(PASSER_BY), DEPLOYER, deployed_at=MONDAY.isoformat()), MANAGED, "", id="or the time"
        ),
        pytest.param(writes(set_by(PASSER_BY), DEPLOYER, evidence="seen"), MANAGED, "", id="or evidence, by a manager"),
        pytest.param(
            writes(writes(approved(RFC), DEPLOYER, evidence="the plan"), PASSER_BY, RfcState.DEPLOYED),
            MANAGED,
            NO_DEPLOYER,
            id="evidence that was there before anybody said so",
        ),
        pytest.param(
            writes(set_by(PASSER_BY), DEPLOYER, smoke="passed"), MANAGED, NO_DEPLOYER, id="a smoke test is none"
        ),
        pytest.param(
            writes(writes(set_by(DEPLOYER), DEPLOYER, outcome="failed"), PASSER_BY, outcome="succeeded"),
            MANAGED,
            NO_DEPLOYER,
            id="a failure that somebody else corrected",
        ),
        pytest.param(
            writes(writes(approved(RFC), DEPLOYER, RfcState.DEPLOYED, outcome="failed"), PASSER_BY, outcome=""),
            MANAGED,
            NO_DEPLOYER,
            id="a failure that was told as it was set to deployed, and that somebody else took back",
        ),
        pytest.param(
            writes(writes(set_by(DEPLOYER), PASSER_BY, RfcState.ROLLED_BACK), PASSER_BY, RfcState.DEPLOYED),
            MANAGED,
            NO_DEPLOYER,
            id="a rollback that somebody else took back",
        ),
        pytest.param(
            writes(writes(set_by(DEPLOYER), DEPLOYER, outcome="failed"), DEPLOYER, outcome=""),
            MANAGED,
            "",
            id="a failure that a manager took back",
        ),
    ],
)
def test_a_deployment_counts_by_the_word_of_those_who_deploy_or_approve(
    steps: Sequence[Step], environment: Environment, why: str
) -> None:
    found = told(steps, environment).unconfirmed

    assert (found.words if found is not None else "") == why


def test_the_evidence_of_a_deployment_does_not_confirm_a_rollback() -> None:
    seen = writes(set_by(DEPLOYER), DEPLOYER, evidence="the pipeline is green")
    deployment = told(writes(seen, PASSER_BY, RfcState.ROLLED_BACK), state=RfcState.ROLLED_BACK)

    assert deployment.unconfirmed is not None
    assert deployment.unconfirmed.words == NO_DEPLOYER


def test_until_then_it_is_not_complete() -> None:
    assert told(set_by(PASSER_BY)).incomplete == f"nobody whose word counts has confirmed it: {NO_DEPLOYER}"


def test_a_failure_counts_whoever_says_so() -> None:
    failed = told(writes(set_by(PASSER_BY), PASSER_BY, outcome="failed"), outcome="failed")

    assert (failed.unconfirmed, failed.incomplete) == (None, "the deployment failed")


@pytest.mark.parametrize(
    ("environment", "by", "why"),
    [
        pytest.param(MANAGED, TESTER, "", id="a test manager"),
        pytest.param(ANYBODY, PASSER_BY, "", id="anybody, where none are named"),
        pytest.param(MANAGED, RELEASE_MANAGER, f"{RELEASE_MANAGER} is no test manager of SIT-A", id="somebody else"),
        pytest.param(ANYBODY, BOT, f"{BOT} is Shunter's own identity", id="the bot"),
        pytest.param(MANAGED, "", "nobody knows who passed its smoke test", id="nobody knows who"),
    ],
)
def test_a_smoke_test_has_passed_by_the_word_of_a_test_manager(environment: Environment, by: str, why: str) -> None:
    steps = writes(set_by(DEPLOYER), by, smoke="passed") if by else set_by(DEPLOYER)

    assert told(steps, environment).incomplete.endswith(why)
    assert bool(told(steps, environment).incomplete) is bool(why)


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        pytest.param([(RELEASE_MANAGER, "555")], [555], id="by who approves"),
        pytest.param([(DEPLOYER, "555")], [], id="by somebody else"),
        pytest.param([(PARTY_MANAGER, "555")], [], id="by the party itself"),
        pytest.param([(BOT, "555")], [], id="by the bot"),
        pytest.param([(INSIDER, "555")], [], id="by one of the party who holds the role"),
        pytest.param([(RELEASE_MANAGER, "555"), (DEPLOYER, "555, 556")], [555], id="another added by somebody else"),
        pytest.param([(DEPLOYER, "555"), (DEPLOYER, "555, 556")], [], id="one after the other by somebody else"),
        pytest.param([(DEPLOYER, "555"), (RELEASE_MANAGER, "#555")], [555], id="left there by who approves"),
        pytest.param(
            [(RELEASE_MANAGER, "555"), (DEPLOYER, ""), (DEPLOYER, "555")], [], id="taken out and put in again"
        ),
    ],
)
def test_a_defect_is_accepted_by_those_who_approve(written: list[tuple[str, str]], accepted: list[int]) -> None:
    steps = deployed(RFC)
    for by, text in written:
        steps = writes(steps, by, accepted=text)

    found = told(steps, accepted=frozenset({555, 556} if "556" in written[-1][1] else {555}))

    assert sorted(found.accepted) == accepted


def test_what_does_not_count_says_why() -> None:
    found = told(writes(deployed(RFC), DEPLOYER, accepted="555"), accepted=frozenset({555}))

    assert found.refused == {555: f"{DEPLOYER} is not SI Release Manager for SIT-A"}
    assert not replace(found, rfc=replace(found.rfc, delivered=frozenset())).delivers(555)
