"""The schedule: says when to look, and nothing else; every rule about time is in the decisions."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from jobs.hints import Hints
from jobs.run import Report


def run_until_stopped(
    look: Callable[[], Report],
    told: Callable[[Report], None],
    every: timedelta,
    hints: Hints,
    listening: AbstractContextManager[object] | None = None,
) -> None:
    """Looks at once and then at each interval, earlier when that is hinted at; one look at a time, until it is stopped.

    `listening` is entered before the first look, and left at once when it is to stop. A look that is under way is
    finished first: its waits end at once, and nothing new is sent.
    """

    def one_look() -> None:
        with hints.looking():
            told(look())

    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(
        one_look,
        "interval",
        seconds=every.total_seconds(),
        next_run_time=datetime.now(UTC),
        id="look",
        jitter=min(5, int(every.total_seconds() / 10)) or None,
    )
    scheduler.start(paused=True)
    try:
        with listening or nullcontext():
            scheduler.resume()
            while hints.awaited():
                scheduler.modify_job("look", next_run_time=datetime.now(UTC))
    finally:
        scheduler.shutdown(wait=True)


@contextmanager
def stopped_by_signals(hints: Hints) -> Iterator[None]:
    """Within it SIGTERM and SIGINT ask for an end, and nothing else happens at once. For the main thread."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        hints.stop()

    former = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
