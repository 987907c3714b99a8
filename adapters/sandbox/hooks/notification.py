"""One event on its way to one subscriber: when it is tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from adapters.sandbox.hooks.event import Event

TRANSIENT = frozenset({0, 408, 502, 503, 504})
"""Answers after which it is tried again soon; 0: no answer came, which the service does not document."""

RETRIES = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 32, 60, 60))


@dataclass(frozen=True, slots=True)
class Notification:
    """`number` counts within the subscription; `result` as the service names it; `answer`: the last status."""

    number: int
    subscription: str
    event: Event
    due: datetime
    attempts: int = 0
    answer: int = 0
    result: str = "pending"

    def answered(self, status: int, now: datetime) -> Notification:
        tried = replace(self, attempts=self.attempts + 1, answer=status)
        if 200 <= status < 300:
            return replace(tried, result="succeeded")
        if status in TRANSIENT and self.attempts < len(RETRIES):
            return replace(tried, due=now + RETRIES[self.attempts])
        return replace(tried, result="failed")
