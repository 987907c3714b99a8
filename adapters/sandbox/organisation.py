"""One organisation with one project: what every handler of a request works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.boards import Boards
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.people import People
from adapters.sandbox.process import Process, ProcessType
from adapters.sandbox.refusals import no_such_type


@dataclass(slots=True)
class Limits:
    """The service's limits; smaller ones make for smaller tests."""

    wiql_results: int = 20_000
    batch: int = 200
    revisions: int = 10_000
    links: int = 1_000
    feed_page: int = 1_000
    page: int = 200


@dataclass(slots=True)
class Organisation:
    """`feed_lag` hides younger changes from feeds and queries, never from a read by id."""

    name: str
    project: str
    process: Process
    people: People
    clock: SettableClock
    limits: Limits
    areas: frozenset[str]
    iterations: frozenset[str]
    boards: Boards = field(default_factory=Boards)
    batch_is_atomic: bool = False
    feed_lag: timedelta = timedelta(0)
    empty_page_before_last: bool = False

    @property
    def project_id(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"sandbox:project:{self.name}/{self.project}"))

    def type(self, spelling: str) -> ProcessType:
        found = self.process.type(spelling)
        if found is None:
            raise no_such_type(spelling, self.project)
        return found

    def visible_until(self) -> datetime | None:
        """The end of what feeds and queries see; None where they see everything."""
        return self.clock.now() - self.feed_lag if self.feed_lag else None
