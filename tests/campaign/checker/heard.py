"""Heard: what the bot asked of the server, request by request, and how far the history had come each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.faults import CarryOut, Fault, throttled
from adapters.sandbox.mhhs_seeds.people import BOT
from tests.campaign.touched import touched

if TYPE_CHECKING:
    from tests.campaign.checker.history import Change

WRITES = ("create", "update", "batch")
_RUN = re.compile(r"\brun (\w{12})\b")


@dataclass(frozen=True, slots=True)
class Request:
    """A write, as it came. `items`: what it would change, or link to; `place`: how many changes there had been once it
    was carried out, or not."""

    asker: str
    operation: str
    items: frozenset[int]
    query: str
    document: Any
    place: int
    status: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Rest:
    """The server asked for quiet. `asked`: how many requests had been heard by then."""

    asker: str
    asked: int
    until: datetime

    @property
    def replica(self) -> str:
        return replica_of(self.asker)


@dataclass(frozen=True, slots=True)
class Asked:
    """Any request; `asker`: the process that sent it."""

    asker: str
    operation: str
    at: datetime

    @property
    def replica(self) -> str:
        return replica_of(self.asker)


@dataclass
class Heard:
    """`decided`: by run, how far the history had come when it read for the last time before its first write;
    `processes`: by run, whose it was.

    `asker`: which process is asking, where there is more than one: the name of its replica, a comma, and which of
    its lives it is.
    """

    azure: Azure | None = None
    asker: Callable[[], str] = lambda: ""
    writes: list[Request] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    decided: dict[str, int] = field(default_factory=dict)
    processes: dict[str, str] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)
    _journal: int = 0

    def __call__(self, call: Call, answer: Answer | None) -> None:
        if self.azure is None or call.by.sign_in != BOT or not self._is_ours(self.azure):
            return
        place, sent = len(self.azure.organisation.boards.changes), self.azure.journal[-1]
        self.asked.append(Asked(self.asker(), call.operation, sent.at))
        if call.operation not in WRITES:
            self._read[self._reader()] = place
            return
        said, items = _document(call.body), frozenset(touched(call))
        self.writes.append(
            Request(self.asker(), call.operation, items, call.query_string, said, place, sent.status, sent.at)
        )
        self.is_sent(call)

    def is_sent(self, call: Call) -> None:
        """A write is on its way; to be told where whoever sends it may be killed before there is an answer."""
        for run in _RUN.findall(call.body.decode("utf-8", "replace")):
            self.decided.setdefault(run, self._read.get(self._reader(), 0))
            self.processes.setdefault(run, self.asker())

    def _reader(self) -> str:
        return replica_of(self.asker())

    def throttled(self, seconds: int) -> Fault:
        """429, and so long nothing may be asked."""
        answer = throttled(seconds)

        def fault(carry_out: CarryOut) -> Answer:
            self.rest(seconds)
            return answer(carry_out)

        return fault

    def rest(self, seconds: int) -> None:
        """So long nothing may be asked, once the request has been answered that is heard next."""
        if self.azure is not None:
            until = self.azure.clock.now() + timedelta(seconds=seconds)
            self.rests.append(Rest(self.asker(), len(self.asked) + 1, until))

    def rests_are_over(self, replica: str) -> None:
        """It cannot know of them any more, nor can a process of it that begins later."""
        if self.azure is not None:
            now = self.azure.clock.now()
            self.rests = [
                replace(rest, until=min(rest.until, now)) if rest.replica == replica else rest for rest in self.rests
            ]

    def _is_ours(self, azure: Azure) -> bool:
        """Watchers are shown the requests to every sandbox of the process."""
        before, self._journal = self._journal, len(azure.journal)
        return self._journal > before

    def read_up_to(self, change: Change) -> int:
        """What was not overheard was decided on all that there was."""
        run = self._run(change)
        return self.decided.get(run, change.place)

    def process_of(self, change: Change) -> str:
        """Which process made this revision; empty where that was not overheard."""
        return self.processes.get(self._run(change), "")

    def _run(self, change: Change) -> str:
        run = _RUN.search(f"{change.comment} {change.text('Custom.Written')}")
        return run[1] if run else ""


@contextmanager
def overhearing(azure: Azure) -> Iterator[Heard]:
    """From now on, every request of the bot's to this sandbox."""
    heard = Heard(azure, _journal=len(azure.journal))
    Azure.watchers.append(heard)
    try:
        yield heard
    finally:
        Azure.watchers.remove(heard)


def replica_of(asker: str) -> str:
    return asker.partition(",")[0]


def _document(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
