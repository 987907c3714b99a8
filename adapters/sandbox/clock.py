"""The server's clock, which stands still until somebody moves it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class SettableClock:
    """Safe to read and move from several threads; always in UTC."""

    def __init__(self, at: datetime) -> None:
        self._lock = threading.Lock()
        self._now = _in_utc(at)

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def set(self, at: datetime) -> None:
        with self._lock:
            self._now = _in_utc(at)

    def advance(self, by: timedelta) -> None:
        with self._lock:
            self._now += by


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"the clock needs a time with its zone, got {at!r}")
    return at.astimezone(UTC)
