"""The pace: when the next request may go out, by our own limit and by what the server asks for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from math import isnan

from adapters.azure_devops.answers import Throttled, Unreachable

LEAST_WAIT = 1.0
MOST_WAIT = 3600.0
UNTOLD_WAIT = 30.0
"""Where a throttled answer does not say how long to wait."""
MINUTE = 60.0
OUR_SHARE = 0.25
"""Of what the identity may use before it is slowed down; the rest is for others under the same identity."""
ABOVE_OUR_SHARE = 5.0


class Pace:
    """One for each identity: whatever one caller is told holds for all. Safe to share between threads.

    `monotonic` gives seconds; `wait` sleeps that many, and returns True when the program is to stop.
    """

    def __init__(self, *, monotonic: Callable[[], float], wait: Callable[[float], bool], per_minute: int = 60) -> None:
        self.monotonic = monotonic
        self._wait = wait
        self._lock = threading.Lock()
        self._sent: deque[float] = deque(maxlen=per_minute)
        self._not_before = 0.0

    def admit(self, attempted: str, *, patience: float, until: float | None = None) -> None:
        """Wait for the turn of one request. Throttled if that takes longer than `patience` seconds, or past `until`."""
        with self._lock:
            now = self.monotonic()
            turn = max(now, self._not_before, self._after_a_full_minute())
            wait = turn - now
            if wait > patience or (until is not None and turn > until):
                raise Throttled(attempted, f"not sent: the pace asks for {wait:.0f} s first", retry_after=wait)
            self._sent.append(turn)
        self.pause(wait, attempted)
        # The machine may have slept longer than asked: `until` holds at the moment of sending.
        if until is not None and self.monotonic() > until:
            raise Throttled(attempted, "not sent: its time was over", retry_after=0.0)

    def pause(self, seconds: float, attempted: str) -> None:
        if seconds and self._wait(seconds):
            raise Unreachable(attempted, "not sent: Shunter is stopping", may_have_arrived=False)

    def heed(self, headers: Mapping[str, str], *, is_throttled: bool) -> None:
        """Slow down as told. The service asks for it on good answers too."""
        wait = _above_our_share(headers)
        if is_throttled or "Retry-After" in headers:
            wait = max(wait, retry_after(headers))
        if wait:
            self.rest(wait)

    def rest(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        with self._lock:
            self._not_before = max(self._not_before, self.monotonic() + seconds)

    def _after_a_full_minute(self) -> float:
        is_full = len(self._sent) == self._sent.maxlen
        return self._sent[0] + MINUTE if is_full else 0.0


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds between 1 and 3,600; a date counts from the server's own clock. What cannot be read is 30 s."""
    told = headers.get("Retry-After", "").strip()
    try:
        seconds = float(told)
    except ValueError:
        seconds = _seconds_to(told, headers.get("Date", ""))
    if isnan(seconds):
        return UNTOLD_WAIT
    return min(max(seconds, LEAST_WAIT), MOST_WAIT)


def http_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return read if read.tzinfo else None


def _seconds_to(told: str, now: str) -> float:
    then, here = http_date(told), http_date(now)
    return (then - here).total_seconds() if then and here else UNTOLD_WAIT


def _above_our_share(headers: Mapping[str, str]) -> float:
    try:
        limit, left = float(headers["X-RateLimit-Limit"]), float(headers["X-RateLimit-Remaining"])
    except (KeyError, ValueError):
        return 0.0
    return ABOVE_OUR_SHARE if limit > 0 and left < limit * (1 - OUR_SHARE) else 0.0
