"""This machine's clock: nothing is decided by it, but where it is wrong certificates and tokens look expired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.difference import span

TOLERATED = timedelta(minutes=5)


class MachineClock:
    """Whoever runs the machine is told once that it is wrong, and once that it is right again."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._is_wrong = False

    def news(self, servers: datetime) -> str:
        """`servers`: what Azure DevOps has just said that the time is."""
        apart = self._now() - servers
        is_wrong, was_wrong = abs(apart) > TOLERATED, self._is_wrong
        self._is_wrong = is_wrong
        if is_wrong == was_wrong:
            return ""
        if not is_wrong:
            return "this machine's clock agrees with that of Azure DevOps again"
        way = "ahead of" if apart > timedelta() else "behind"
        return (
            f"this machine's clock is {span(abs(apart))} {way} that of Azure DevOps: no decision depends on it, "
            "but tokens and certificates do; whoever runs the machine sets it right"
        )
