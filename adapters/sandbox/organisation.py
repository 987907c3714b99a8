"""One organisation with one project: what every handler of a request works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import areas
from adapters.sandbox.boards import Boards
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.doubts import Doubts
from adapters.sandbox.hooks.outbox import Outbox
from adapters.sandbox.people import People
from adapters.sandbox.permissions import Permissions, Right
from adapters.sandbox.person import Person
from adapters.sandbox.pipelines.history import PipelineHistory
from adapters.sandbox.process import Process, ProcessType
from adapters.sandbox.refusals import no_such_item, no_such_type
from adapters.sandbox.saved_queries import SavedQueries, with_roots
from adapters.sandbox.system_fields import AREA
from adapters.sandbox.wiki.wikis import Wikis
from adapters.sandbox.work_item import Revision, WorkItem


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
    """`feed_lag` hides younger changes from feeds and queries, never from a read by id.

    `address`: what it calls itself where it speaks first, in events; `served` sets it. `kept_from`: by work item, the
    account (its sign-in) that a rule of the process lets change nothing there.
    """

    name: str
    project: str
    process: Process
    people: People
    clock: SettableClock
    limits: Limits
    areas: frozenset[str]
    iterations: frozenset[str]
    boards: Boards = field(default_factory=Boards)
    pipelines: PipelineHistory = field(default_factory=PipelineHistory)
    wikis: Wikis = field(default_factory=Wikis)
    queries: SavedQueries = field(init=False)
    permissions: Permissions = field(default_factory=Permissions)
    outbox: Outbox = field(default_factory=Outbox)
    doubts: Doubts = field(default_factory=Doubts)
    address: str = ""
    batch_is_atomic: bool = False
    feed_lag: timedelta = timedelta(0)
    empty_page_before_last: bool = False
    kept_from: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.queries = with_roots(self.build_service, self.clock.now())
        self.address = self.address or f"http://sandbox/{self.name}"

    @property
    def build_service(self) -> Person:
        """Who acts where no person does."""
        return Person(f"{self.project} Build Service ({self.name})", f"Build\\{self.project_id}")

    @property
    def project_id(self) -> str:
        return _project_id(self.name, self.project)

    def type(self, spelling: str) -> ProcessType:
        found = self.process.type(spelling)
        if found is None:
            raise no_such_type(spelling, self.project)
        return found

    def visible_until(self) -> datetime | None:
        """The end of what feeds and queries see; None where they see everything."""
        return self.clock.now() - self.feed_lag if self.feed_lag else None

    def item(self, id: int, by: Person) -> WorkItem:
        """As that person sees it: what may not be seen does not exist, and the service does not say which it is."""
        item = self.boards.existing(id)
        if not self.lets(by, Right.VIEW_ITEMS, item.latest):
            raise no_such_item(id)
        return item

    def lets(self, person: Person, right: Right, revision: Revision) -> bool:
        """Whether the person has this right in the area of the revision."""
        if not self.permissions.is_restricted(person, right):
            return right.is_everybodys
        return self.permissions.may(person, right, areas.token(str(revision.fields[AREA])))


@cache
def _project_id(organisation: str, project: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:project:{organisation}/{project}"))
