"""Local time: an instant that a person types, read by the clocks of the programme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_READABLE = re.compile(r"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed does not name one instant; `words` say why, and what would."""

    words: str


def read_instant(text: str, zone: ZoneInfo) -> datetime | Unclear:
    """In UTC. `2026-12-07 12:00` is local time of `zone`, unless an offset stands behind it (`Z`, `+01:00`)."""
    typed = text.strip()
    try:
        found = datetime.fromisoformat(typed) if _READABLE.fullmatch(typed) else None
    except ValueError:
        found = None
    if found is None:
        return Unclear(f"“{typed}” is no time: write it as 2026-12-07 12:00, with the day and the time of day")
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    return _placed(found, zone)


def _placed(local: datetime, zone: ZoneInfo) -> datetime | Unclear:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        return Unclear(f"{local:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks leave it out that night")
    if first.utcoffset() != second.utcoffset():
        both = " or ".join(f"{local:%Y-%m-%d %H:%M}{_offset(one)}" for one in (first, second))
        return Unclear(f"{local:%Y-%m-%d %H:%M} happens twice in {zone.key}: write {both}")
    return first.astimezone(UTC)


def _offset(instant: datetime) -> str:
    return instant.isoformat()[-6:]
