"""An environment, and the record of one job that deployed to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.person import Person
from adapters.sandbox.pipelines.build import Build

RECORD_RESULTS = ("succeeded", "succeededWithIssues", "failed", "canceled", "skipped", "abandoned")

OF_THE_RUN = {"succeededWithIssues": "partiallySucceeded", "skipped": "succeeded", "abandoned": "canceled"}
"""What a run comes to by the result of its stage, where the words differ."""


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
