"""Violations: a promise that was not kept, where and when, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Violation:
    """`item` 0: of no single work item."""

    promise: str
    at: datetime
    item: int
    words: str

    def __str__(self) -> str:
        about = f" work item {self.item}" if self.item else ""
        return f"{self.promise} {self.at:%Y-%m-%d %H:%M:%S}{about}: {self.words}"
