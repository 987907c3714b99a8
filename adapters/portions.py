"""Portions: as many of a sequence as go into one request, or one statement, after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def portions(parts: Sequence[Part], most: int) -> Iterator[Sequence[Part]]:
    """In their order, each of `most` but the last; none of nothing."""
    return (parts[start : start + most] for start in range(0, len(parts), most))
