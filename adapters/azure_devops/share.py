"""The share: how far apart requests have to be for Shunter to leave most of the identity's allowance to others."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

WINDOW = 300.0
"""The service adds up what an identity has used in the last five minutes."""
OURS = 1 / 4
"""Of the allowance: what our own requests may use of it."""
FREE = OURS / 2
"""As long as no more has been used, by whomever, requests follow each other at once."""
MOST_APART = 60.0
"""Even where others use the same identity up, and hide what our own requests cost, we ask once a minute."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the service says that the identity may use in a window, and has used in this one."""

    limit: float
    used: float


class Share:
    """Not safe to share between threads by itself: the pace asks it one at a time."""

    def __init__(self) -> None:
        self._turns: deque[float] = deque()
        self._before: tuple[float, float] | None = None
        self._apart, self._until = 0.0, 0.0

    def next_turn(self, now: float) -> float:
        if not self._turns or now > self._until:
            return now
        return self._turns[-1] + self._apart

    def took(self, turn: float) -> None:
        self._turns.append(turn)
        self._forget(turn)

    def told(self, statement: Statement, now: float) -> None:
        self._forget(now)
        cost = self._cost_of_one(statement, now)
        self._before = (now, statement.used)
        self._apart = self._distance(statement, cost)
        self._until = now + WINDOW

    def _distance(self, statement: Statement, cost: float) -> float:
        """The nearer our own use is to our share, the further apart."""
        if statement.used <= statement.limit * FREE:
            return 0.0
        ours = min(len(self._turns) * cost, statement.used)
        room = statement.limit * OURS - ours
        if room <= 0 or statement.used >= statement.limit:
            return MOST_APART
        return min(WINDOW * cost / room, MOST_APART)

    def _forget(self, now: float) -> None:
        while self._turns and self._turns[0] < now - WINDOW:
            self._turns.popleft()

    def _cost_of_one(self, statement: Statement, now: float) -> float:
        """By how much the use has risen since the statement before; others' requests are in that too."""
        if self._before is None or now > self._before[0] + WINDOW:
            return statement.used / max(len(self._turns), 1)
        return max(statement.used - self._before[1], 0.0)
