"""One run of a pipeline, which the service also calls a build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1

from adapters.sandbox.person import Person

TEN_MINUTES = timedelta(minutes=10)
"""How long a run takes, where nothing else is said."""

BUILD_RESULTS = ("succeeded", "partiallySucceeded", "failed", "canceled")


@dataclass(frozen=True, slots=True)
class Pipeline:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Build:
    """`finished` None: it runs, and has no result yet. `work_items`: those that its commits name."""

    id: int
    number: str
    pipeline: Pipeline
    by: Person
    queued: datetime
    branch: str = "refs/heads/main"
    finished: datetime | None = None
    result: str = ""
    tags: tuple[str, ...] = ()
    work_items: tuple[int, ...] = ()

    @property
    def status(self) -> str:
        return "completed" if self.finished else "inProgress"

    @property
    def commit(self) -> str:
        return sha1(f"{self.pipeline.name}:{self.number}".encode(), usedforsecurity=False).hexdigest()


def one_of(name: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        raise ValueError(f"{name} is one of {', '.join(filter(None, known))}, not {given!r}")
