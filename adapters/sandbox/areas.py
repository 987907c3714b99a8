"""The tree of areas (or iterations) of the project, and how permissions name a node of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5


def identifier(path: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:node:{path.casefold()}"))


def with_those_above(path: str) -> tuple[str, ...]:
    """From the root down to the path itself."""
    parts = path.split("\\")
    return tuple("\\".join(parts[: length + 1]) for length in range(len(parts)))


def token(path: str) -> str:
    """A permission that is taken at a node is taken below it, since the token of each begins with those above."""
    return ":".join(f"vstfs:///Classification/Node/{identifier(node)}" for node in with_those_above(path))


def children(path: str, known: Iterable[str]) -> list[str]:
    return sorted(other for other in known if other.rpartition("\\")[0].casefold() == path.casefold())
