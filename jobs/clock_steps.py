"""Clock steps: whether this machine's clock was moved, or the machine slept, since that was asked last."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

NOTICED = 5.0
"""Seconds. What keeps a clock right moves it by less, without a step."""


class ClockSteps:
    """The monotonic clock passes as time does while the machine is awake, whatever becomes of the other."""

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._apart = wall() - monotonic()

    def step(self) -> timedelta | None:
        apart = self._wall() - self._monotonic()
        by = apart - self._apart
        if abs(by) < NOTICED:
            return None
        self._apart = apart
        return timedelta(seconds=round(by))
