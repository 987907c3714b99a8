"""Working days of the programme: which days count for notice, and counting back from an instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The programme's calendar: weekends, and the days that are closed, each with its name."""

    zone: ZoneInfo
    closed: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.closed

    def back(self, instant: datetime, days: int) -> datetime:
        """The same time of day in the programme's zone, `days` working days before `instant` [M10].

        Monday 09:00 less one is Friday 09:00. The answer is in UTC, and follows the clock changes of the zone.
        """
        local = instant.astimezone(self.zone)
        day = local.date()
        while days:
            day -= timedelta(days=1)
            days -= self.is_working(day)
        return datetime.combine(day, local.time(), self.zone).astimezone(instant.tzinfo)
