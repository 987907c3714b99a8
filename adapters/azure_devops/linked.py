"""What is linked to what, seen from both ends, whichever end was reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from adapters.azure_devops.rows import LinkRow

_DIRECTION = re.compile(r"-(Forward|Reverse)$")
_OPPOSITE = {"Forward": "Reverse", "Reverse": "Forward"}

Targets = Mapping[tuple[int, str], frozenset[int]]


def linked(links: Iterable[LinkRow]) -> Targets:
    """The targets of each item, by its id and the link type.

    A later row undoes an earlier one: links come in the order in which they were made and taken away.
    """
    standing: dict[tuple[int, str, int], bool] = {}
    for link in links:
        rel, opposite = both_ways(link.rel)
        standing[link.source, rel, link.target] = link.is_active
        standing[link.target, opposite, link.source] = link.is_active
    found: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for (source, rel, target), is_active in standing.items():
        if is_active:
            found[source, rel].add(target)
    return {key: frozenset(targets) for key, targets in found.items()}


def both_ways(rel: str) -> tuple[str, str]:
    """The link type from either end. Without a direction it is the forward one, or has none (Related)."""
    found = _DIRECTION.search(rel)
    if found is not None:
        stem = rel[: found.start()]
        return rel, f"{stem}-{_OPPOSITE[found[1]]}"
    return (rel, rel) if rel.endswith(".Related") else (f"{rel}-Forward", f"{rel}-Reverse")
