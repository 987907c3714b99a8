"""Differences: what people did otherwise than Shunter would have done, one defect each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class What(StrEnum):
    """In which way people did otherwise; the value is how people read it."""

    MISSING = "missing"
    EXTRA = "extra"
    WRONG_ENVIRONMENT = "wrong environment"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Difference:
    """`at`: the window that it is about, or when the defect was or should have been handed over. `why`: the rule's
    own words at that time."""

    at: datetime
    environment: str
    party: str
    what: What
    defect: int
    severity: str
    why: str
    title: str


def span(length: timedelta) -> str:
    """`25 h 30 min`: hours are what a working day is counted in."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes or not hours else []
    return " ".join(parts)
