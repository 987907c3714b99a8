"""The allowance: how much of something one sender may have in a span of time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

MOST_SENDERS = 1_000


class Allowance:
    """`most` in each span of `seconds`, which begins with a sender's first. `monotonic` gives seconds.

    Keeps a thousand senders, and forgets the one that came first for another.
    """

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most, self._seconds, self._monotonic = most, seconds, monotonic
        self._used: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def grants(self, sender: str) -> bool:
        now = self._monotonic()
        with self._lock:
            began, used = self._used.get(sender, (now, 0))
            if now - began >= self._seconds:
                began, used = now, 0
            if used == 0:
                self._used.pop(sender, None)
                self._make_room()
            self._used[sender] = began, min(used + 1, self._most + 1)
            return used < self._most

    def _make_room(self) -> None:
        while len(self._used) >= MOST_SENDERS:
            del self._used[next(iter(self._used))]
