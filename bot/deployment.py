"""Deployments: what arrived in which environment, when, through which RFC, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.approval import Approval, Deviation
from bot.dates import spoken
from bot.facts import Facts
from bot.number import Number
from bot.outcome import Outcome
from bot.rfc import Rfc
from bot.testimony import Evidence

AHEAD = timedelta(minutes=5)
"""A time no further ahead than this is not to come: people's clocks, and the server's answers, are not exact."""

_UNDONE = {
    Outcome.FAILED: "the deployment failed",
    Outcome.PARTIAL: "only a part of it was deployed",
    Outcome.ROLLED_BACK: "it was rolled back",
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """One attempt to deploy a release, and what came of it. `rfc` is as it stood for that attempt.

    `approval` is None where its history was not read. `unconfirmed` and `smoke` are None where there is nothing to
    object to; `refused` says why an id that is accepted on the RFC does not count. `undone_at`: when it was rolled
    back. `doubt` tells what on the RFC cannot be true, in words.
    """

    rfc: Rfc
    number: Number
    at: datetime
    by: str
    outcome: Outcome
    approval: Approval | Deviation | None
    attempt: int = 1
    is_current: bool = True
    evidence: tuple[Evidence, ...] = ()
    unconfirmed: Deviation | None = None
    smoke: Deviation | None = None
    refused: Mapping[int, str] = field(default_factory=dict)
    undone_at: datetime | None = None
    doubt: str = ""

    @property
    def accepted(self) -> frozenset[int]:
        """The defects that it brought by the word of somebody who may say so [M14]."""
        return self.rfc.accepted - self.refused.keys()

    def delivers(self, id: int) -> bool:
        """Whether the party delivered this defect's fix: what was sealed, unless it says otherwise [M14]."""
        return self.rfc.delivered is None or id in self.rfc.delivered or id in self.accepted

    @property
    def incomplete(self) -> str:
        """Why this deployment does not count for retest, in words; empty where it is complete [M5.2], [C5.5]."""
        if self.outcome is not Outcome.SUCCEEDED:
            return _UNDONE[self.outcome]
        if self.doubt:
            return self.doubt
        if self.approval is None:
            return "its approval has not been verified yet"
        if isinstance(self.approval, Deviation):
            return f"it was deployed without a valid approval: {self.approval.words}"
        if self.unconfirmed is not None:
            return f"nobody whose word counts has confirmed it: {self.unconfirmed.words}"
        return self.smoke.words if self.smoke is not None else ""


def arrivals(found: Iterable[Deployment], now: datetime) -> dict[tuple[str, str], list[Deployment]]:
    """The deployments that stand by now, by environment and party, oldest first: a rolled back one has left nothing."""
    standing: dict[tuple[str, str], list[Deployment]] = {}
    for deployment in found:
        if deployment.outcome is Outcome.SUCCEEDED and not is_to_come(deployment.rfc, now):
            standing.setdefault((deployment.rfc.environment, deployment.rfc.party), []).append(deployment)
    return standing


def is_to_come(rfc: Rfc, now: datetime) -> bool:
    """Whether the time that a person wrote has not come yet."""
    return rfc.deployed_at is not None and rfc.deployed_at > now + AHEAD


def doubt(rfc: Rfc, facts: Facts) -> str:
    """What on an RFC cannot be true, so that nothing is handed over by it until a person has settled it."""
    sealed = facts.lists.get(rfc.list_id or 0)
    if rfc.party not in facts.programme.parties:
        return f"its party {rfc.party} is unknown"
    if sealed is not None and sealed.key != rfc.key:
        return f"it says {rfc.key}, and its list {sealed.id} is for {sealed.key}: correct the RFC"
    if rfc.deployed_at is not None and is_to_come(rfc, facts.now):
        at = spoken(rfc.deployed_at, facts.programme.zone)
        return f"it is dated {at}, which has not come yet: correct the time on the RFC"
    return ""
