"""Watching the looks: which one takes too long, which will never end, and whether there are any at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto

from jobs.bounds import Bounds
from jobs.one_look import OneLook


class State(Enum):
    """Of the look, or of the scheduler that should have begun one."""

    WELL = auto()
    LATE = auto()
    HUNG = auto()
    STALLED = auto()


class Watch:
    """`every`: seconds between looks. Asked at each beat, it counts only time in which it could have been asked: a
    process that was stopped for an hour has not worked for an hour."""

    def __init__(
        self, look: OneLook, every: float, bounds: Bounds, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._look, self._bounds, self._monotonic = look, bounds, monotonic
        self._longest_rest = every + bounds.stalled
        self.begin_anew()

    def begin_anew(self) -> None:
        self._asked, self._lasted, self._doing = self._monotonic(), 0.0, self._now_doing()

    def state(self) -> State:
        now, doing = self._monotonic(), self._now_doing()
        passed, self._asked = min(now - self._asked, 2 * self._bounds.beat), now
        self._lasted = self._lasted + passed if doing == self._doing else 0.0
        self._doing = doing
        return self._at_work() if doing[1] else self._at_rest()

    def _at_work(self) -> State:
        if self._lasted > self._bounds.run + self._bounds.hung:
            return State.HUNG
        return State.LATE if self._lasted > self._bounds.run else State.WELL

    def _at_rest(self) -> State:
        return State.STALLED if self._lasted > self._longest_rest else State.WELL

    def _now_doing(self) -> tuple[int, bool]:
        return self._look.number, not self._look.is_over.is_set()
