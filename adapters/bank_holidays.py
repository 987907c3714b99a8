"""Bank holidays: the days on which England or Wales does not work, and those that a programme closes itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

YEARS = range(2024, 2051)
_NATIONS = ("ENG", "WLS")


def closed_days(shutdown: Mapping[date, str]) -> dict[date, str]:
    """Every bank holiday of `YEARS`, and the days of `shutdown`; each with its name."""
    return {**shutdown, **_bank_holidays()}


@cache
def _bank_holidays() -> dict[date, str]:
    closed: dict[date, str] = {}
    for nation in _NATIONS:
        closed |= country_holidays("GB", subdiv=nation, years=YEARS)
    return closed
