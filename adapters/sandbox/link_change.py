"""A link between two work items was made or removed: one row of the links feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.person import Person


@dataclass(frozen=True, slots=True)
class LinkChange:
    """Told from the forward end: of a parent and its child, `source` is the parent."""

    rel: str
    source: int
    target: int
    by: Person
    at: datetime
    is_active: bool
