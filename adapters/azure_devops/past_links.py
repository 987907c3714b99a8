"""Past links: which work items were linked to one at any instant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from adapters.azure_devops.linked import both_ways
from adapters.azure_devops.rows import DatedLink, Relation

_Told: TypeAlias = list[tuple[datetime, bool]]


class PastLinks:
    """Links as the feed tells of them, seen from both their ends."""

    def __init__(self, changes: Iterable[DatedLink]) -> None:
        self._of: dict[int, dict[tuple[str, int], _Told]] = {}
        for change in sorted(changes, key=lambda change: change.at):
            rel, opposite = both_ways(change.link.rel)
            self._note(change.link.source, rel, change.link.target, change)
            self._note(change.link.target, opposite, change.link.source, change)

    def of(self, id: int, at: datetime, rels: Collection[str] = ()) -> tuple[Relation, ...]:
        """Those that stood at that instant, of the types `rels` or of all."""
        known = self._of.get(id, {})
        return tuple(
            Relation(rel, target)
            for (rel, target), told in known.items()
            if (not rels or rel in rels) and _stood(told, at)
        )

    def _note(self, id: int, rel: str, target: int, change: DatedLink) -> None:
        self._of.setdefault(id, {}).setdefault((rel, target), []).append((change.at, change.link.is_active))


def _stood(told: Sequence[tuple[datetime, bool]], at: datetime) -> bool:
    """A link of which the feed tells nothing but that it was taken away stood until then."""
    known = [is_active for when, is_active in told if when <= at]
    return known[-1] if known else not told[0][1]
