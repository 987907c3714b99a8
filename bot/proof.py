"""Proof: the heads of the ledger that stand in Azure DevOps, held against the ledger itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SLACK = timedelta(hours=1)
"""A mark is written after the row that it names: so long, at the most, with every wait in between."""


@dataclass(frozen=True, slots=True)
class Head:
    """One that Shunter wrote on a list or RFC, in its revision `rev`."""

    id: int
    rev: int
    at: datetime
    run: str
    head: str

    def __str__(self) -> str:
        return f"revision {self.rev} of work item {self.id} names head {self.head} (run {self.run})"


@dataclass(frozen=True, slots=True)
class Compared:
    """`known` stand in the ledger; `unknown` should and do not. `earlier` are from before the store began, `removed`
    from when rows stood in it that are gone for their age: neither says anything."""

    known: tuple[Head, ...]
    unknown: tuple[Head, ...]
    earlier: tuple[Head, ...]
    removed: tuple[Head, ...]


def compare(
    written: Iterable[Head], known: Collection[str], began: datetime | None, removed_until: datetime | None
) -> Compared:
    sorts: dict[str, list[Head]] = {"known": [], "unknown": [], "earlier": [], "removed": []}
    for one in written:
        sorts[_sort(one, known, began, removed_until)].append(one)
    return Compared(**{sort: tuple(found) for sort, found in sorts.items()})


def _sort(one: Head, known: Collection[str], began: datetime | None, removed_until: datetime | None) -> str:
    if one.head in known:
        return "known"
    if began is None or one.at < began:
        return "earlier"
    if removed_until is not None and one.at < removed_until + SLACK:
        return "removed"
    return "unknown"
