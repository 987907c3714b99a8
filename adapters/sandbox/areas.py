"""The tree of areas (or iterations) of the project, and how permissions name a node of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32


def identifier(path: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:node:{path.casefold()}"))


def number(group: str, path: str) -> int:
    """The id of a node, which a work item shows as the id of its area or iteration."""
    return crc32(f"{group}:{path.lower()}".encode()) >> 8


def with_those_above(path: str) -> tuple[str, ...]:
    """From the root down to the path itself."""
    parts = path.split("\\")
    return tuple("\\".join(parts[: length + 1]) for length in range(len(parts)))


@cache
def token(path: str) -> str:
    """A permission that is taken at a node is taken below it, since the token of each begins with those above."""
    return ":".join(f"vstfs:///Classification/Node/{identifier(node)}" for node in with_those_above(path))


def children(path: str, known: Iterable[str]) -> list[str]:
    return sorted(other for other in known if other.rpartition("\\")[0].casefold() == path.casefold())
