"""The schedule: says when to look, and nothing else; every rule about time is in the decisions."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from jobs.run import Report


def run_until_stopped(
    look: Callable[[], Report], told: Callable[[Report], None], every: timedelta, stopping: Event
) -> None:
    """Looks at once and then at each interval, one look at a time, until a signal or `stopping` ends it.

    A look that is under way is finished first: its waits end at once, and nothing new is sent.
    """
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(
        lambda: told(look()),
        "interval",
        seconds=every.total_seconds(),
        next_run_time=datetime.now(UTC),
        id="look",
        jitter=min(5, int(every.total_seconds() / 10)) or None,
    )
    _stop_on_signals(stopping)
    scheduler.start()
    try:
        stopping.wait()
    finally:
        scheduler.shutdown(wait=True)


def _stop_on_signals(stopping: Event) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
