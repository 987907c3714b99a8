"""An act: something that a person did to one work item before the story starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """`links`: relation type, and id of the other item. `type` stands on the act that raised the item."""

    at: datetime
    by: str
    id: int
    fields: Mapping[str, object]
    links: tuple[tuple[str, int], ...] = ()
    type: str = ""
