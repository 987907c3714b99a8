"""A deviation as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One deviation: of which rule, where, by whom and since when."""

    rule: str
    rfc: int
    environment: str
    by: str
    since: datetime | None
    words: str
