"""Instants as Azure DevOps spells them, read and written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

_SPELLED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?")
FOR_EVER = 9999
UNSET = 1


def read_instant(text: object) -> datetime | None:
    """In UTC. None for what is no instant, and for `0001-01-01T00:00:00`, which says that none is set."""
    found = _SPELLED.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    whole, fraction, zone = found.groups(default="")
    try:
        read = datetime.fromisoformat(f"{whole}.{(fraction + '000000')[:6]}{'+00:00' if zone in ('', 'Z') else zone}")
        return None if read.year == UNSET else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def spell_instant(instant: datetime) -> str:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    text = instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return text.removesuffix(".000") + "Z"


def spell_day(day: date, zone: tzinfo) -> str:
    """The instant at which `day` begins in `zone`: what a person gets who picks that day on the form."""
    return spell_instant(datetime.combine(day, time(), zone))


def read_day(text: object, zone: tzinfo) -> date | None:
    read = read_instant(text)
    return None if read is None or read.year == FOR_EVER else read.astimezone(zone).date()
