"""What has been heard: the names of the latest events, so that one that comes again changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock

MOST = 20_000
"""Of names; an event has two."""


class Heard:
    """Forgets the oldest first. Safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._names: dict[tuple[str, str], None] = {}
        self._lock = Lock()

    def has(self, names: Collection[tuple[str, str]]) -> bool:
        return any(name in self._names for name in names)

    def keep(self, names: Collection[tuple[str, str]]) -> None:
        with self._lock:
            self._names |= dict.fromkeys(names)
            while len(self._names) > self._most:
                del self._names[next(iter(self._names))]
