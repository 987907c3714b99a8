"""Column types: instants that know their zone, words that every database can hold, and JSON that proves itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

CHECKSUM = 8


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive one is refused: nobody could say which instant it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        # SQLite has no zones, and gives back what it was given without one.
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from outside. What no database takes (lone surrogates, NUL) is replaced rather than refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return holdable(value)


def holdable(text: str) -> str:
    """As every database gives it back."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


class Damaged(ValueError):
    """What stands in a column is not what was written there."""


class Proved(TypeDecorator[Any]):
    """JSON behind a checksum: no database notices that a bit of what it holds has changed on the disk."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        text = json.dumps(value)
        return _checksum(text) + text

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        if value is None:
            return None
        checksum, text = value[:CHECKSUM], value[CHECKSUM:]
        if checksum != _checksum(text):
            raise Damaged(f"a checksum of {checksum} stands before other {len(text)} characters")
        return json.loads(text)


def _checksum(text: str) -> str:
    return f"{crc32(text.encode(errors='replace')):0{CHECKSUM}x}"


def in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} is naive: an instant in the store says which zone it is in")
    return instant.astimezone(UTC)
