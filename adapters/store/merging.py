"""Merging: what is known of a work item once it has been read again, in whatever order the readings arrive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from adapters.azure_devops.rows import ItemRow


def merged(known: ItemRow | None, read: ItemRow) -> ItemRow:
    """The higher revision. Of two readings of one revision the later, with what only the earlier had asked for."""
    if known is None or read.rev > known.rev:
        return read
    if read.rev < known.rev:
        return known
    relations = known.relations if read.relations is None else read.relations
    return replace(read, fields={**known.fields, **read.fields}, relations=relations)


def newest(rows: Iterable[ItemRow]) -> dict[int, ItemRow]:
    """One row for each work item."""
    found: dict[int, ItemRow] = {}
    for row in rows:
        found[row.id] = merged(found.get(row.id), row)
    return found
