"""The embedded Azure DevOps itself: a WSGI application, and what its host may look at and do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import RLock
from typing import ClassVar
from wsgiref.types import StartResponse, WSGIEnvironment

from adapters.sandbox import dispatch, seeding, wire
from adapters.sandbox.actor import Actor
from adapters.sandbox.answer import Answer
from adapters.sandbox.call import NOBODY, Call
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.faults import ENDINGS, Faults
from adapters.sandbox.headers import headers
from adapters.sandbox.hooks.verbs import Hooks
from adapters.sandbox.journal import Exchange
from adapters.sandbox.link_change import LinkChange
from adapters.sandbox.organisation import Limits, Organisation
from adapters.sandbox.people import People
from adapters.sandbox.permission_verbs import PermissionVerbs
from adapters.sandbox.person import Person
from adapters.sandbox.pipelines.release_verbs import Releases
from adapters.sandbox.pipelines.testing import Testing
from adapters.sandbox.pipelines.verbs import Pipelines
from adapters.sandbox.process import Process
from adapters.sandbox.tokens import Tokens
from adapters.sandbox.wiki.verbs import WikiVerbs
from adapters.sandbox.work_item import Revision, WorkItem

Watcher = Callable[[Call, Answer | None], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the server's history: how much had happened by then."""

    revisions: int
    links: int


class Azure:
    """One organisation with one project. Safe to use from several threads.

    `watchers` are shown every request to any sandbox of this process with its answer (None: a fault has spoilt it).
    """

    watchers: ClassVar[list[Watcher]] = []

    def __init__(
        self,
        *,
        organisation: str,
        project: str,
        process: Process,
        people: Iterable[Person],
        clock: SettableClock,
        areas: Iterable[str] = (),
        iterations: Iterable[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """`areas` and `iterations`: full paths besides the project's own. Other settings are in `organisation`."""
        self.clock = clock
        self.people = People(people)
        self.tokens = Tokens(self.people)
        self.faults = Faults()
        self.journal: list[Exchange] = []
        self.organisation = Organisation(
            name=organisation,
            project=project,
            process=process,
            people=self.people,
            clock=clock,
            limits=limits or Limits(),
            areas=frozenset({project, *areas}),
            iterations=frozenset({project, *iterations}),
        )
        self._lock = RLock()
        self.pipelines = Pipelines(self.organisation, self._lock)
        self.releases = Releases(self.organisation, self._lock)
        self.tests = Testing(self.organisation, self._lock)
        self.wiki = WikiVerbs(self.organisation, self._lock)
        self.permissions = PermissionVerbs(self.organisation, self._lock)
        self.hooks = Hooks(self.organisation, self._lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """As a WSGI application. A fault of the connection is raised, as by `answer_to`."""
        answer, headers_of_it = self.answer_to(wire.read(environ, self.organisation.name))
        return wire.respond(answer, headers_of_it, environ, start_response)

    def answer_to(self, call: Call) -> tuple[Answer, Mapping[str, str]]:
        """With all its headers. A fault of the connection is raised (one of ENDINGS): whoever serves it ends it so."""
        token = self.tokens.of_header(call.headers.get("authorization", ""))
        call, operation = dispatch.understood(replace(call, by=token.person if token else NOBODY))

        def carry_out() -> Answer:
            with self._lock:
                return operation(call, self.organisation, token)

        with self._lock:
            fault = self.faults.next_for(call)
        try:
            answer = fault(carry_out) if fault else carry_out()
        except ENDINGS:
            self._note(call, Answer(0), fault=True)
            raise
        self._note(call, answer, fault=fault is not None)
        kind = {"Content-Type": answer.content_type} if answer.content_type else {}
        return answer, {**headers(call, self.clock.now(), len(self.journal)), **answer.headers, **kind}

    def token_for(self, sign_in: str, *, may_write: bool = True) -> str:
        return self.tokens.issue(sign_in, may_write=may_write)

    def person(self, sign_in: str) -> Actor:
        return Actor(self.organisation, self.people.signed_in_as(sign_in), self._lock)

    def put(self, id: int, type: str, fields: Mapping[str, object], *, by: str, at: datetime) -> None:
        """For the world before the story: any id, any state, any date; `by` is a sign-in."""
        with self._lock:
            person = self.people.signed_in_as(by)
            seeding.put(self.organisation, id, type, fields, by=person, at=at)

    def item(self, id: int) -> WorkItem:
        """As it is now, with its history; also when it lies in the recycle bin. KeyError: never existed."""
        with self._lock:
            return self.organisation.boards.items[id]

    def items(self, type: str | None = None) -> tuple[WorkItem, ...]:
        """Without those in the recycle bin or gone for good, lowest id first."""
        with self._lock:
            found = [item for item in self.organisation.boards.items.values() if item.is_there]
        wanted = (item for item in found if type is None or item.type.name == type)
        return tuple(sorted(wanted, key=lambda item: item.id))

    def mark(self) -> Mark:
        with self._lock:
            return Mark(len(self.organisation.boards.revisions), len(self.organisation.boards.links))

    def revisions_since(self, mark: Mark) -> tuple[Revision, ...]:
        with self._lock:
            return tuple(self.organisation.boards.revisions[mark.revisions :])

    def links_since(self, mark: Mark) -> tuple[LinkChange, ...]:
        with self._lock:
            return tuple(self.organisation.boards.links[mark.links :])

    def deliver_held_back(self) -> int:
        """Requests that `faults.held_back` kept on their way arrive now."""
        return self.faults.deliver()

    def _note(self, call: Call, answer: Answer, *, fault: bool) -> None:
        exchange = Exchange(
            operation=call.operation,
            method=call.method,
            path=call.path,
            query=call.query_string,
            sign_in=call.by.sign_in,
            status=answer.status,
            bytes_in=len(call.body),
            bytes_out=len(answer.body),
            at=self.clock.now(),
            fault=fault,
            connection=call.connection,
        )
        with self._lock:
            self.journal.append(exchange)
        for watcher in self.watchers:
            watcher(call, None if fault else answer)
