"""Deployments: what arrived in which environment, when, through which RFC, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.approval import Approval, Deviation, counting_approval
from bot.facts import Facts
from bot.history import Step, latest
from bot.misfit import misfit
from bot.number import Number
from bot.rfc import Rfc, RfcState

SMOKE_PASSED = "passed"


class Outcome(Enum):
    """What came of a deployment."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    PARTIAL = "partial"
    ROLLED_BACK = "rolled back"


_TOLD = {outcome.value: outcome for outcome in Outcome}


def told_outcome(rfc: Rfc) -> Outcome | None:
    """What the RFC's own field says came of it; None where it is empty or says something else."""
    return _TOLD.get(rfc.outcome.strip().casefold())


_UNDONE = {
    Outcome.FAILED: "the deployment failed",
    Outcome.PARTIAL: "only a part of it was deployed",
    Outcome.ROLLED_BACK: "it was rolled back",
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """One arrival of a release in an environment. `approval` is None where its history was not read."""

    rfc: Rfc
    number: Number
    at: datetime
    by: str
    outcome: Outcome
    approval: Approval | Deviation | None
    smoke_missing: bool

    def delivers(self, id: int) -> bool:
        """Whether the party delivered this defect's fix: what was sealed, unless it says otherwise [M14]."""
        return self.rfc.delivered is None or id in self.rfc.delivered or id in self.rfc.accepted

    @property
    def incomplete(self) -> str:
        """Why this deployment does not count for retest, in words; empty where it is complete [M5.2], [C5.5]."""
        if self.outcome is not Outcome.SUCCEEDED:
            return _UNDONE[self.outcome]
        if self.approval is None:
            return "its approval has not been verified yet"
        if isinstance(self.approval, Deviation):
            return f"it was deployed without a valid approval: {self.approval.words}"
        if self.smoke_missing:
            return "its smoke test has not passed yet"
        return ""


def deployments(facts: Facts) -> tuple[Deployment, ...]:
    """Every deployment that the RFCs tell of, oldest first."""
    told = (_told_by(rfc, facts.histories.get(rfc.id, ()), facts) for rfc in facts.rfcs.values())
    return tuple(sorted((d for d in told if d is not None), key=lambda d: (d.at, d.rfc.id)))


def arrivals(found: Iterable[Deployment]) -> dict[tuple[str, str], list[Deployment]]:
    """The deployments that stand, by environment and party, oldest first: a rolled back one has left nothing."""
    standing: dict[tuple[str, str], list[Deployment]] = {}
    for deployment in found:
        if deployment.outcome is Outcome.SUCCEEDED:
            standing.setdefault((deployment.rfc.environment, deployment.rfc.party), []).append(deployment)
    return standing


def _told_by(rfc: Rfc, steps: Sequence[Step], facts: Facts) -> Deployment | None:
    environment = facts.programme.environments.get(rfc.environment)
    step = latest(RfcState.DEPLOYED, steps) or latest(RfcState.ROLLED_BACK, steps)
    outcome = _outcome(rfc, step, steps)
    at = rfc.deployed_at or (step.at if step else rfc.changed_at)
    if environment is None or rfc.number is None or outcome is None or at is None:
        return None
    approval = counting_approval(rfc, steps, facts.programme, facts.bot) if steps else None
    if isinstance(approval, Approval) and (words := misfit(rfc, facts.lists.get(rfc.list_id or 0))):
        approval = Deviation(words)
    smoke_missing = environment.smoke_test and rfc.smoke.strip().casefold() != SMOKE_PASSED
    return Deployment(rfc, rfc.number, at, step.by if step else "", outcome, approval, smoke_missing)


def _outcome(rfc: Rfc, deployed: Step | None, steps: Sequence[Step]) -> Outcome | None:
    told = told_outcome(rfc)
    match rfc.state:
        case RfcState.DEPLOYED:
            return told or Outcome.SUCCEEDED
        case RfcState.ROLLED_BACK:
            return Outcome.ROLLED_BACK
        case RfcState.CLOSED if _was_undone(deployed, steps):
            return Outcome.ROLLED_BACK
        case RfcState.CLOSED if told is not None:
            return told
        case RfcState.CLOSED if not rfc.outcome.strip() and deployed is not None:
            return Outcome.SUCCEEDED
        case _:
            return None


def _was_undone(deployed: Step | None, steps: Sequence[Step]) -> bool:
    undone = latest(RfcState.ROLLED_BACK, steps)
    return undone is not None and deployed is not None and undone.rev > deployed.rev
