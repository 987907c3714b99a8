"""One look at a time, however many ask for one; it can be told to end, and then counts as failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event, Lock

from jobs.hints import Hints
from jobs.run import Ending, Report


class OneLook:
    """What the scheduler calls. `number` counts the looks, so that two are not taken for one."""

    def __init__(self, look: Callable[[], Report], told: Callable[[Report], object], hints: Hints) -> None:
        self._look, self._told, self._hints = look, told, hints
        self._turn, self._lock = Lock(), Lock()
        self._late = ""
        self.number = 0
        self.is_over = Event()
        self.is_over.set()

    def __call__(self) -> None:
        if self._hints.is_over or not self._turn.acquire(blocking=False):
            return  # an earlier scheduler may have begun one
        try:
            self._begin()
            with self._hints.looking():
                report = self._look()
                self._told(replace(report, why=self._late, ending=Ending.FAILED) if self._late else report)
        finally:
            self._end()
            self._turn.release()

    def end(self, why: str) -> bool:
        """Tells the look under way to end: its waits do at once, and nothing new is sent. Whether that was news."""
        with self._lock:
            is_news = not self.is_over.is_set() and not self._late
            if is_news:
                self._late = why
                self._hints.stopping.set()
            return is_news

    def _begin(self) -> None:
        with self._lock:
            self.number += 1
            self.is_over.clear()

    def _end(self) -> None:
        """The end of one look is none of the next, but that of the process is."""
        with self._lock:
            self._late = ""
            self.is_over.set()
            self._hints.go_on()
