"""On schedule: looks that say when they begin, and end when they are let, on the threads that the product uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from queue import SimpleQueue
from threading import Event, Thread

from bot.plan import Plan
from jobs.attend import Hung
from jobs.bounds import BOUNDS, Bounds
from jobs.hints import Hints
from jobs.run import Report
from jobs.schedule import Beside, run_until_stopped
from jobs.tally import Mishap, Tally

SOON = 30
"""Seconds that anything is waited for, on however slow a machine."""
REPORT = Report("r1", None, Plan())
NEVER = timedelta(hours=12)
"""No test lasts so long: whatever is looked at was asked for."""


@dataclass
class OnSchedule:
    hints: Hints = field(default_factory=lambda: Hints(Event(), rest=0.05))
    begun: SimpleQueue[None] = field(default_factory=SimpleQueue)
    let: SimpleQueue[Exception | None] = field(default_factory=SimpleQueue)
    told: SimpleQueue[Report] = field(default_factory=SimpleQueue)
    left: Event = field(default_factory=Event)
    tally: Tally = field(default_factory=Tally)
    hung: list[Hung] = field(default_factory=list)

    def look(self) -> Report:
        self.begun.put(None)
        failure = self.let.get(timeout=SOON)
        if failure:
            raise failure
        return REPORT

    def has_begun(self) -> None:
        self.begun.get(timeout=SOON)

    def goes_on(self, failure: Exception | None = None) -> None:
        """The look that has begun ends."""
        self.let.put(failure)

    def happened(self) -> Mapping[tuple[Mishap, str], int]:
        return self.tally.counted()

    @contextmanager
    def listening(self) -> Iterator[None]:
        yield
        self.left.set()


@contextmanager
def on_schedule(
    every: timedelta = NEVER, *, bounds: Bounds = BOUNDS, beside: Beside | None = None
) -> Iterator[OnSchedule]:
    """On leaving it is told to stop, and has to be gone soon."""
    schedule = OnSchedule()
    beside = beside or Beside(tally=schedule.tally)
    schedule.tally = beside.tally

    def run() -> None:
        arguments = (schedule.look, schedule.told.put, every, schedule.hints, schedule.listening())
        try:
            run_until_stopped(*arguments, beside=beside, bounds=bounds)
        except Hung as hung:
            schedule.hung.append(hung)

    running = Thread(target=run, daemon=True)
    running.start()
    yield schedule
    schedule.hints.stop()
    running.join(SOON)
    assert not running.is_alive()
