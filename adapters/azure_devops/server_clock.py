"""The server's clock, as its answers tell it: what time it is, and whether that can be relied on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.azure_devops.answers import Unreadable
from bot.difference import span

BACK = timedelta(minutes=2)
"""Machines of the service that answer in turns differ by seconds."""
AHEAD = timedelta(days=1)
"""Where a machine's clock does not count its sleep, what comes first afterwards may be many hours ahead."""
QUIET = timedelta(minutes=10)
"""So long it has to have run as time does before it is relied on again."""


class ServerClock:
    """Any thread may use it. `elapsed` gives seconds that pass as time does."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._heard: tuple[datetime, float] | None = None
        self._jumped: tuple[timedelta, float] | None = None

    def hear(self, at: datetime) -> None:
        """What an answer is dated."""
        now, heard = self._elapsed(), self._heard
        if heard is not None:
            moved = at - heard[0] - timedelta(seconds=now - heard[1])
            if not -BACK < moved < (BACK if self.why_unsteady() else AHEAD):
                self._jumped = moved, now
        self._heard = at, now

    def now(self) -> datetime:
        """What the latest answer was dated."""
        if self._heard is None:
            raise Unreadable("server time", "no answer has carried a date yet")
        return self._heard[0]

    def why_unsteady(self) -> str:
        """Empty where it can be relied on."""
        jumped = self._jumped
        if jumped is None or self._elapsed() - jumped[1] >= QUIET.total_seconds():
            return ""
        way = "back" if jumped[0] < timedelta() else "ahead"
        return (
            f"nothing is written: the clock of Azure DevOps went {span(abs(jumped[0]))} {way} at once; "
            f"writing goes on when it has run steadily for {span(QUIET)}"
        )
