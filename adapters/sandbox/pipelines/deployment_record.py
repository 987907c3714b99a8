"""An environment, and the record of one job that deployed to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.person import Person
from adapters.sandbox.pipelines.build import Build

OF_THE_RUN = {
    "failed": "failed",
    "abandoned": "canceled",
    "canceled": "canceled",
    "succeededWithIssues": "partiallySucceeded",
    "succeeded": "succeeded",
    "skipped": "succeeded",
}
"""Each result of a job with what its run comes to by it; the first of those that occur is what several come to."""

RECORD_RESULTS = tuple(OF_THE_RUN)


@dataclass(frozen=True, slots=True)
class Environment:
    id: int
    name: str
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """`build` by its id; `finished` None: it runs, and the service sends neither finish nor result."""

    id: int
    environment: Environment
    build: int
    stage: str
    job: str
    attempt: int
    queued: datetime
    finished: datetime | None = None
    result: str = ""

    def is_of(self, build: Build, stage: str) -> bool:
        return self.build == build.id and self.stage.casefold() == stage.casefold()


def together(records: Iterable[DeploymentRecord]) -> str:
    """What jobs that have ended come to, whichever came last."""
    return min((record.result for record in records), key=RECORD_RESULTS.index)
