"""A subscription to events of one type, and how it fares with the endpoint behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from adapters.sandbox.person import Person

PROBATION = tuple(timedelta(minutes=minutes) for minutes in (20, 40, 80, 160, 320, 640, 900))


class Status(Enum):
    ENABLED = "enabled"
    ON_PROBATION = "onProbation"
    DISABLED_BY_SYSTEM = "disabledBySystem"
    DISABLED_BY_USER = "disabledByUser"


@dataclass(frozen=True, slots=True)
class Subscription:
    """`filters` and `consumer` as they were given; `next_try`: before it, on probation, nothing is sent."""

    id: str
    event_type: str
    version: str
    filters: Mapping[str, str]
    consumer: Mapping[str, str]
    by: Person
    at: datetime
    status: Status = Status.ENABLED
    probations: int = 0
    next_try: datetime | None = None

    def wants_events_of(self, at: datetime) -> bool:
        """What happens while it is on probation, before the next try, is lost for it."""
        if self.status is Status.ON_PROBATION:
            return self.next_try is None or at >= self.next_try
        return self.status is Status.ENABLED

    def succeeded(self) -> Subscription:
        return replace(self, status=Status.ENABLED, probations=0, next_try=None)

    def gone(self) -> Subscription:
        return replace(self, status=Status.DISABLED_BY_SYSTEM, next_try=None)

    def failed(self, now: datetime) -> Subscription:
        if self.probations == len(PROBATION):
            return self.gone()
        later = now + PROBATION[self.probations]
        return replace(self, status=Status.ON_PROBATION, probations=self.probations + 1, next_try=later)
