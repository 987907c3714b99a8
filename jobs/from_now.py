"""From now: the trigger of whatever comes again and again, which asks of the clock no more than it must."""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class FromNow(BaseTrigger):  # type: ignore[misc]
    """So long after it was begun. The scheduler's own intervals are counted from each other: after a clock that went
    ten years ahead they are ten million runs to be made up for, half a gigabyte of them, before they become one."""

    def __init__(self, every: timedelta, jitter: float | None = None) -> None:
        self.every, self._jitter = every, jitter

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        next_time: datetime = self._apply_jitter(now + self.every, self._jitter, now)
        return next_time

    @property
    def longest(self) -> timedelta:
        return self.every + timedelta(seconds=self._jitter or 0)
