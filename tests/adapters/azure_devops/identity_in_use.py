"""An identity in use: Shunter and others ask under it, on virtual threads, while the service adds up what they use."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from adapters.azure_devops.pace import Pace
from adapters.sandbox.metering import Meter

BEGAN = datetime(2026, 11, 30, 9, tzinfo=UTC)
ANSWERED_IN = 0.1
WINDOW = 300.0


@dataclass
class IdentityInUse:
    """Each thread of Shunter's asks as often as the pace lets it. `others`: how often they ask, and what that uses."""

    cost: Callable[[], float]
    threads: int = 1
    told_from: float = 0.0
    others: tuple[float, float] | None = None
    patience: float = 300.0
    at: float = 0.0
    ours: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pace = Pace(monotonic=lambda: self.at, wait=self._wait, per_minute=600)
        self.meter = Meter(lambda: BEGAN + timedelta(seconds=self.at), self.cost, told_from=self.told_from)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()
        self._waited = 0.0

    def passes(self, seconds: float) -> IdentityInUse:
        for _ in range(self.threads):
            self._then(0.0, self._ask)
        if self.others:
            self._then(0.0, self._others_ask)
        while self._events[0][0] < seconds:
            self.at, _, happens = heapq.heappop(self._events)
            happens()
        return self

    def most(self) -> float:
        """What Shunter has used within any five minutes, at most."""
        inside: deque[tuple[float, float]] = deque()
        used = most = 0.0
        for at, cost in self.ours:
            inside.append((at, cost))
            used += cost
            while inside[0][0] <= at - WINDOW:
                used -= inside.popleft()[1]
            most = max(most, used)
        return most

    def _then(self, seconds: float, happens: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.at + seconds, next(self._number), happens))

    def _wait(self, seconds: float) -> bool:
        self._waited += seconds
        return False

    def _ask(self) -> None:
        self._waited = 0.0
        self.pace.admit("GET something", patience=self.patience)
        self._then(self._waited, self._send)

    def _send(self) -> None:
        cost = self.cost()
        self.meter.uses(cost)
        self.ours.append((self.at, cost))
        told = self.meter.headers()
        self._then(ANSWERED_IN, lambda: self._heed(told))

    def _heed(self, told: Mapping[str, str]) -> None:
        self.pace.heed(told, is_throttled=False)
        self._ask()

    def _others_ask(self) -> None:
        assert self.others is not None
        every, cost = self.others
        self.meter.uses(cost)
        self._then(every, self._others_ask)
