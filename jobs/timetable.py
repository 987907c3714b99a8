"""The timetable: the scheduler with the look and the side jobs in it; made anew where it is dead."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.background import BackgroundScheduler

from jobs.from_now import FromNow
from jobs.one_look import OneLook
from jobs.side_jobs import Aside
from jobs.tally import HEARD, Tally

LOOK, ASIDE = "look", "aside"
"""The look has a thread of its own, and all side jobs have one: nothing slow keeps the look waiting."""
FIRST_ASIDE = timedelta(minutes=1)
"""The first look comes first."""


class Timetable:
    """No run is lost, and none is made up for twice: however late it is, it is done once. All times are UTC."""

    def __init__(self, look: OneLook, every: timedelta, aside: Sequence[Aside], tally: Tally) -> None:
        self._look, self._every, self._aside, self._tally = look, every, aside, tally
        self._scheduler = self._made()

    def begin(self) -> None:
        self._scheduler.start()

    def begin_anew(self) -> None:
        self.end()
        self._scheduler = self._made()
        self.begin()

    def look_now(self) -> None:
        self._scheduler.modify_job(LOOK, next_run_time=datetime.now(UTC))

    def keep_within_intervals(self) -> None:
        """After the clock went back, what was due in a minute would be in an hour."""
        for job in self._scheduler.get_jobs():
            latest = datetime.now(UTC) + job.trigger.longest
            if job.next_run_time > latest:
                job.modify(next_run_time=latest)

    def end(self) -> Thread:
        """Begins nothing more; what it gives ends with what is under way. It may never: a thread cannot be made to."""
        ending = Thread(target=_shut_down, args=(self._scheduler,), name="end of a timetable", daemon=True)
        ending.start()
        return ending

    def under_way(self) -> list[str]:
        """In words."""
        return [*(["a run"] * (not self._look.is_over.is_set())), *(a.name for a in self._aside if a.is_under_way)]

    def _made(self) -> BackgroundScheduler:
        made = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1), ASIDE: ThreadPoolExecutor(1)},
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        made.add_listener(self._tally.hear, HEARD)
        now = datetime.now(UTC)
        jitter = min(5, int(self._every.total_seconds() / 10)) or None
        made.add_job(self._look, FromNow(self._every, jitter), id=LOOK, name=LOOK, next_run_time=now)
        for one in self._aside:
            trigger, first = FromNow(one.job.asked_every), min(FIRST_ASIDE, one.job.asked_every)
            made.add_job(one, trigger, id=one.name, name=one.name, executor=ASIDE, next_run_time=now + first)
        return made


def _shut_down(scheduler: BackgroundScheduler) -> None:
    with suppress(SchedulerNotRunningError):
        scheduler.shutdown()
