"""Traffic: how many requests went to Azure DevOps, what came back, and when anything last moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

ANSWERS = ("1xx", "2xx", "3xx", "4xx", "5xx")


@dataclass(frozen=True, slots=True)
class Moved:
    """Since the process began. `size`: the bytes of all answers, unpacked; `last`: in seconds of the pace's clock."""

    requests: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    last: float | None = None


class Traffic:
    """Safe to share between threads. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._requests = self._size = 0
        self._answers: Counter[str] = Counter()
        self._last: float | None = None

    def sent(self) -> None:
        with self._lock:
            self._requests += 1
            self._last = self._monotonic()

    def answered(self, status: int, size: int) -> None:
        with self._lock:
            self._answers[f"{status // 100}xx"] += 1
            self._size += size
            self._last = self._monotonic()

    def moved(self) -> Moved:
        with self._lock:
            return Moved(self._requests, dict(self._answers), self._size, self._last)
