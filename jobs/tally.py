"""The tally: how often what should not happen to a schedule has happened, since the process began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum
from threading import Lock

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent


class Mishap(Enum):
    """The value is its name for those who count."""

    MISSED = "missed"
    OVERLAPPED = "overlapped"
    FAILED = "failed"
    TOOK_TOO_LONG = "took_too_long"
    RESTARTED = "scheduler_restarted"
    CLOCK_MOVED = "clock_moved"


HEARD = EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR
_OF = {
    EVENT_JOB_MISSED: Mishap.MISSED,
    EVENT_JOB_MAX_INSTANCES: Mishap.OVERLAPPED,
    EVENT_JOB_ERROR: Mishap.FAILED,
}


class Tally:
    """Any thread counts, and any thread may ask. By what happened, and to which job."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: Counter[tuple[Mishap, str]] = Counter()

    def count(self, mishap: Mishap, job: str) -> None:
        with self._lock:
            self._counted[mishap, job] += 1

    def hear(self, event: JobEvent) -> None:
        """As a listener of the scheduler, which writes them to the log itself."""
        self.count(_OF[event.code], event.job_id)

    def counted(self) -> Mapping[tuple[Mishap, str], int]:
        with self._lock:
            return dict(self._counted)
