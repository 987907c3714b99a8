"""A run of tests that a build published: its name, how far it is, and how many tests came to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from adapters.sandbox.person import Person

RUN_STATES = ("Unspecified", "NotStarted", "InProgress", "Completed", "Aborted", "Waiting", "NeedsInvestigation")
"""In the order in which the service numbers them."""

ENDED = {"Completed", "Aborted", "NeedsInvestigation"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tests passed, failed, were not applicable, or have not come to an end."""

    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    incomplete: int = 0

    @property
    def total(self) -> int:
        return self.passed + self.failed + self.not_applicable + self.incomplete


@dataclass(frozen=True, slots=True)
class RunOfTests:
    """`build` by its id, None: a person ran them by hand; `stage`: of its pipeline, or empty."""

    id: int
    name: str
    build: int | None
    by: Person
    started: datetime
    updated: datetime
    state: str = "InProgress"
    stage: str = ""
    counts: Counts = field(default_factory=Counts)
    revision: int = 1

    @property
    def is_automated(self) -> bool:
        return self.build is not None

    @property
    def completed(self) -> datetime | None:
        return self.updated if self.state in ENDED else None
