"""Passing time: one clock for all, and whatever is still under way arrives on it when it is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from adapters.sandbox.clock import SettableClock
from adapters.sandbox.faults import CarryOut


@dataclass
class PassingTime:
    clock: SettableClock
    _held: list[tuple[datetime, int, CarryOut]] = field(default_factory=list)
    _number: int = 0

    def now(self) -> datetime:
        return self.clock.now()

    @property
    def is_any_under_way(self) -> bool:
        """Whether a request is that nobody waits for any longer."""
        return bool(self._held)

    def passes(self, by: timedelta) -> None:
        end = self.clock.now() + by
        while self._held and min(self._held)[0] <= end:
            first = min(self._held)
            self._held.remove(first)
            self.clock.set(max(first[0], self.clock.now()))
            first[2]()
        self.clock.set(max(end, self.clock.now()))

    def arrives(self, later: timedelta, carry_out: CarryOut) -> None:
        """A request is on its way so long after whoever sent it has given it up."""
        self._number += 1
        self._held.append((self.clock.now() + later, self._number, carry_out))


@dataclass
class OwnClock:
    """What a process takes for the seconds since it began; it may jump ahead."""

    time: PassingTime
    ahead: float = 0.0

    def seconds(self) -> float:
        return self.time.now().timestamp() + self.ahead


@dataclass
class MachineClock:
    """What the machine of a replica takes for the time; somebody may set it."""

    time: PassingTime
    ahead: float = 0.0

    def now(self) -> datetime:
        return self.time.now() + timedelta(seconds=self.ahead)


@dataclass(frozen=True)
class Waiting:
    """Nobody waits in a simulation: the time passes."""

    time: PassingTime
    stopping: Event

    def __call__(self, seconds: float) -> bool:
        self.time.passes(timedelta(seconds=seconds))
        return self.stopping.is_set()
