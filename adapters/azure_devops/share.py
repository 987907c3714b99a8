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
    """What the service says that the identity may use of a `resource` in a window, and has used in this one."""

    limit: float
    used: float
    resource: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    at: float
    used: float
    apart: float


class Share:
    """Not safe to share between threads by itself: the pace asks it one at a time."""

    def __init__(self) -> None:
        self._turns: deque[float] = deque()
        self._told: dict[str, _Told] = {}

    def next_turn(self, now: float) -> float:
        """After those that wait for theirs already."""
        told = [told.apart for told in self._told.values() if told.at >= now - WINDOW]
        return self._turns[-1] + max(told) if told and self._turns else now

    def took(self, turn: float) -> None:
        self._turns.append(turn)
        self._forget(turn)

    def told(self, statement: Statement, now: float) -> None:
        self._forget(now)
        apart = self._distance(statement, self._cost_of_one(statement))
        self._told[statement.resource] = _Told(now, statement.used, apart)

    def _distance(self, statement: Statement, cost: float) -> float:
        """The nearer our own use is to our share, the further apart."""
        if statement.used <= statement.limit * FREE:
            return 0.0
        ours = min(len(self._turns) * cost, statement.used)
        room = statement.limit * OURS - ours
        if room <= 0 or statement.used >= statement.limit:
            return MOST_APART
        return min(WINDOW * cost / room, MOST_APART)

    def _cost_of_one(self, statement: Statement) -> float:
        """By how much the use has risen since the statement before; others' requests are in that too."""
        before = self._told.get(statement.resource)
        if before is None:
            return statement.used / max(len(self._turns), 1)
        return max(statement.used - before.used, 0.0)

    def _forget(self, now: float) -> None:
        """What has left the window."""
        while self._turns and self._turns[0] < now - WINDOW:
            self._turns.popleft()
        self._told = {resource: told for resource, told in self._told.items() if told.at >= now - WINDOW}
