"""The deployment of a classic release to one of its stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.person import Person

OPERATIONS = {
    "inProgress": "phaseInProgress",
    "succeeded": "approved",
    "partiallySucceeded": "phasePartiallySucceeded",
    "failed": "phaseFailed",
    "notDeployed": "rejected",
}
"""Each status of a deployment, with the status of its operation where nothing else is said."""

OPERATION_STATUSES = (
    "queued", "scheduled", "pending", "approved", "rejected", "deferred", "queuedForAgent", "phaseInProgress",
    "phaseSucceeded", "phasePartiallySucceeded", "phaseFailed", "canceled", "phaseCanceled", "cancelling",
    "manualInterventionPending", "queuedForPipeline", "evaluatingGates", "gateFailed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A release definition, or a stage of one."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ReleaseDeployment:
    """`stage` of the definition, `environment` of the release: two ids for one name. `finished` None: it runs."""

    id: int
    definition: Definition
    stage: Definition
    environment: Definition
    release: Definition
    attempt: int
    by: Person
    queued: datetime
    finished: datetime | None = None
    status: str = "inProgress"
    operation: str = OPERATIONS["inProgress"]

    @property
    def modified(self) -> datetime:
        return self.finished or self.queued
