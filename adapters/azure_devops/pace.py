"""The pace: when the next request may go out, by our own limit and by what the server asks for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from math import isfinite, isnan

from adapters.azure_devops.answers import Stopping, Throttled
from adapters.azure_devops.share import Share, Statement

LEAST_WAIT = 1.0
MOST_WAIT = 3600.0
UNTOLD_WAIT = 30.0
"""Where a throttled answer does not say how long to wait."""
MOST_DELAY = 30.0
"""For longer the service delays no request; afterwards it refuses them."""
MINUTE = 60.0
FINISHING = 10.0
"""Once told to stop, what needs no waiting is still sent for so long: so a change that was begun is finished."""


class Pace:
    """One for each identity: whatever one caller is told holds for all. Safe to share between threads.

    `monotonic` gives seconds; `elapsed` too, and counts those in which the machine slept: by it a time is over.
    `wait` sleeps so many, and returns True when the program is to stop, as `is_stopping` does at any time.
    """

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        elapsed: Callable[[], float] | None = None,
        wait: Callable[[float], bool],
        per_minute: int = 60,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.monotonic, self.elapsed = monotonic, elapsed or monotonic
        self._wait = wait
        self._is_stopping = is_stopping
        self._told_to_stop: float | None = None
        self._lock = threading.Lock()
        self._sent: deque[float] = deque(maxlen=per_minute)
        self._share = Share()
        self._not_before = self._told_until = 0.0

    def admit(self, attempted: str, *, patience: float, until: float | None = None) -> None:
        """Wait for the turn of one request. Throttled if that takes longer than `patience` seconds, or past `until`."""
        self.insist(until, attempted)
        with self._lock:
            now = self.monotonic()
            self._refuse_once_all_is_finished(now, attempted)
            told = max(now, self._not_before, self._after_a_full_minute())
            self._refuse_if_late(told - now, attempted, patience=patience, until=until)
            # To keep to our share is our own wish: it delays a request, and does not use its patience up.
            turn = max(told, min(self._share.next_turn(now), now + patience))
            self._refuse_if_late(turn - now, attempted, patience=turn - now, until=until)
            self._sent.append(turn)
            self._share.took(turn)
        self.pause(turn - now, attempted)
        self._hold(attempted, patience=patience - (turn - now), until=until)
        self.insist(until, attempted)

    def insist(self, until: float | None, attempted: str) -> None:
        """`until` holds at the moment of sending: the machine may have slept longer than asked, a token be late."""
        if until is not None and self.elapsed() > until:
            raise Throttled(attempted, "not sent: its time was over", retry_after=0.0)

    def pause(self, seconds: float, attempted: str) -> None:
        if seconds > 0 and self._wait(seconds):
            raise Stopping(attempted)

    def heed(self, headers: Mapping[str, str], *, is_throttled: bool) -> None:
        """Slow down as told. The service asks for it on good answers too."""
        wait = min(_number(headers.get("X-RateLimit-Delay", "")), MOST_DELAY)
        if is_throttled or "Retry-After" in headers:
            wait = max(wait, retry_after(headers))
        with self._lock:
            now = self.monotonic()
            if statement := _statement(headers):
                self._share.told(statement, now)
        if wait > 0:
            self.rest_as_told(wait)

    def rest_as_told(self, seconds: float) -> None:
        """Nothing is sent for so long, by the server's wish: an hour of it is heeded."""
        with self._lock:
            self._told_until = max(self._told_until, self.monotonic() + min(seconds, MOST_WAIT))
            self._not_before = max(self._not_before, self._told_until)

    def rest(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        with self._lock:
            self._not_before = max(self._not_before, self.monotonic() + seconds)

    def _refuse_once_all_is_finished(self, now: float, attempted: str) -> None:
        if not self._is_stopping():
            self._told_to_stop = None
            return
        if self._told_to_stop is None:
            self._told_to_stop = now
        if now - self._told_to_stop >= FINISHING:
            raise Stopping(attempted)

    def resting(self) -> float:
        """For how many seconds from now nothing is sent."""
        with self._lock:
            return max(0.0, self._not_before - self.monotonic())

    def told(self) -> float:
        """For how many seconds from now the server wants nothing to be sent."""
        with self._lock:
            return max(0.0, self._told_until - self.monotonic())

    def _hold(self, attempted: str, *, patience: float, until: float | None) -> None:
        """What another thread was told while this one waited for its turn holds for it too."""
        while (more := self._not_before - self.monotonic()) > 0:
            self._refuse_if_late(more, attempted, patience=patience, until=until)
            self.pause(more, attempted)
            patience -= more

    def _refuse_if_late(self, wait: float, attempted: str, *, patience: float, until: float | None) -> None:
        if wait > patience or (until is not None and self.elapsed() + wait > until):
            raise Throttled(attempted, f"not sent: the pace asks for {wait:.0f} s first", retry_after=wait)

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
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else None


def _seconds_to(told: str, now: str) -> float:
    then, here = http_date(told), http_date(now)
    return (then - here).total_seconds() if then and here else UNTOLD_WAIT


def _statement(headers: Mapping[str, str]) -> Statement | None:
    limit = _number(headers.get("X-RateLimit-Limit", ""))
    left = _finite(headers.get("X-RateLimit-Remaining", ""))
    if limit <= 0 or left is None:
        return None
    return Statement(limit, limit - left, headers.get("X-RateLimit-Resource", ""))


def _number(told: str) -> float:
    """0 for what is none, or less than nothing."""
    return max(_finite(told) or 0.0, 0.0)


def _finite(told: str) -> float | None:
    try:
        number = float(told)
    except ValueError:
        return None
    return number if isfinite(number) else None
