"""How the service writes and reads points in time: ISO 8601, UTC, trailing zeros trimmed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

STILL_CURRENT = datetime(9999, 1, 1, tzinfo=UTC)

HTTP = re.compile(r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
ISO = re.compile(r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:?\d\d)?)?$")


def in_text(at: datetime) -> str:
    text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return text + "Z"


def from_text(text: str) -> datetime | None:
    """None: not a date, or a time of day without its zone, which would depend on who asks."""
    if not ISO.match(text):
        return None
    try:
        at = datetime.fromisoformat(_six_digits(text))
    except ValueError:
        return None
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC) if is_day(text) else None
    return at.astimezone(UTC)


def from_header(text: str) -> datetime | None:
    """As dates stand in headers, and in the addresses of the client for Node: `Sun, 06 Dec 2026 00:00:00 GMT`."""
    try:
        return parsedate_to_datetime(text) if HTTP.match(text) else None
    except ValueError:
        return None


def is_day(text: str) -> bool:
    return len(text) == len("2026-12-07")


def _six_digits(text: str) -> str:
    return re.sub(r"(\.\d{6})\d", r"\1", text)
