"""Metering: what each identity has used in the last five minutes, and what the service does about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut, Fault, throttled

WINDOW = timedelta(minutes=5)


@dataclass
class Meter:
    """`cost` of one request, and the `limit`, are in TSTUs; it is told on answers from `told_from` of the limit on.

    Above the limit requests are refused with 429 until enough has left the window; the delays that come before that in
    the real service have no rule that is known.
    """

    now: Callable[[], datetime]
    cost: Callable[[], float]
    limit: float = 200.0
    told_from: float = 0.0
    most_used: float = 0.0
    _asked: deque[tuple[datetime, float]] = field(default_factory=deque)
    _used: float = 0.0

    def used(self) -> float:
        """In the window that ends now."""
        while self._asked and self._asked[0][0] <= self.now() - WINDOW:
            self._used -= self._asked.popleft()[1]
        return self._used

    def uses(self, cost: float) -> None:
        self._asked.append((self.now(), cost))
        self._used += cost
        self.most_used = max(self.most_used, self.used())

    def metered(self) -> Fault:
        """For `faults.add`, of every request of the identity."""

        def fault(carry_out: CarryOut) -> Answer:
            if self.used() > self.limit:
                return throttled(self._seconds_to_pass())(carry_out)
            self.uses(self.cost())
            answer = carry_out()
            return replace(answer, headers={**answer.headers, **self.headers()})

        return fault

    def headers(self) -> dict[str, str]:
        used = self.used()
        if used < self.limit * self.told_from:
            return {}
        return {
            "X-RateLimit-Resource": "core",
            "X-RateLimit-Limit": f"{self.limit:g}",
            "X-RateLimit-Remaining": f"{max(self.limit - used, 0):g}",
            "X-RateLimit-Reset": str(int((self._asked[-1][0] + WINDOW).timestamp())) if self._asked else "0",
        }

    def _seconds_to_pass(self) -> int:
        return max(int((self._asked[0][0] + WINDOW - self.now()).total_seconds()), 1)
