"""The timeline: what happened when, second by second, between several processes and one server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from tests.processes.line import Moment, Passing

SHOWN = 400
"""The latest of what happened, so many, are shown where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Happening:
    """`at`: seconds since the story began."""

    at: float
    who: str
    what: str


@dataclass
class Timeline:
    shown: int = SHOWN
    began: float = field(default_factory=time.monotonic)
    happenings: list[Happening] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, who: str, what: str) -> None:
        with self._lock:
            self.happenings.append(Happening(time.monotonic() - self.began, who, what))

    def of_requests(self, who: str) -> Callable[[Passing], None]:
        """A watcher of that process's line."""

        def watch(passing: Passing) -> None:
            if passing.moment is not Moment.APPLIED:
                word = "->" if passing.moment is Moment.ARRIVED else "<-"
                self.note(who, f"{word} {passing.number} {passing.operation}")

        return watch

    def __str__(self) -> str:
        """The latest of it."""
        with self._lock:
            happenings = tuple(self.happenings[-self.shown :])
        lines = []
        for second, some in groupby(happenings, lambda one: int(one.at)):
            lines.append(f"second {second}")
            lines += [f"  {one.at:8.3f}  {one.who:<10}  {one.what}" for one in some]
        return "\n".join(lines)
