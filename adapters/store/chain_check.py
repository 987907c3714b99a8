"""Checking the chain: whether every row of the ledger stands as it was written, and if not, where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from sqlalchemy import Connection, RowMapping, Table, func, select

from adapters.store.chain import link
from adapters.store.ledger_tables import CHAINED, anchors, head, intents
from bot.written import HEAD

Placed = tuple[int, str, RowMapping]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in words where it breaks. `began`: when this store did, None where it holds nothing or cannot
    tell; `removed_until`: rows older than that were removed for their age. `heads`: what marks name, of every row."""

    rows: int
    began: datetime | None
    removed_until: datetime | None
    breaks: tuple[str, ...]
    heads: frozenset[str]


def began(connection: Connection) -> datetime | None:
    """By its latest anchor; or, where that could not tell, by the first intent."""
    told: datetime | None = connection.scalar(select(anchors.c.began).order_by(anchors.c.sequence.desc()).limit(1))
    first: datetime | None = connection.scalar(select(func.min(intents.c.at)))
    return told or first


def check(connection: Connection) -> Checked:
    anchor = connection.execute(select(anchors).order_by(anchors.c.sequence.desc()).limit(1)).first()
    start, former = (anchor.upto, anchor.head) if anchor is not None else (0, "")
    walk = _Walk(start, former, [], set())
    for place, table, row in merge(*(_rows(connection, table, start) for table in CHAINED), key=lambda r: r[:2]):
        walk.over(place, table, row)
    walk.end(*connection.execute(select(head.c.sequence, head.c.chain)).one())
    return Checked(
        rows=len(walk.heads),
        began=began(connection),
        removed_until=anchor.until if anchor is not None else None,
        breaks=tuple(walk.breaks),
        heads=frozenset(walk.heads),
    )


def _rows(connection: Connection, table: Table, after: int) -> Iterator[Placed]:
    ordered = select(table).where(table.c.sequence > after).order_by(table.c.sequence)
    return ((row["sequence"], table.name, row) for row in connection.execute(ordered).mappings())


@dataclass(slots=True)
class _Walk:
    """From row to row. Each is held against the chain that stands on the one before, so that one break is told once."""

    last: int
    former: str
    breaks: list[str]
    heads: set[str]

    def over(self, place: int, table: str, row: RowMapping) -> None:
        if place == self.last:
            self.breaks.append(f"row {place} ({table}): there are two of this number, one of them inserted")
        elif place > self.last + 1:
            self.breaks.append(f"{_rows_from(self.last + 1, place - 1)} gone, before row {place} ({table})")
        elif link(self.former, table, dict(row)) != row["chain"]:
            self.breaks.append(f"row {place} ({table}): it, or the row before it, is not what was written")
        self.last, self.former = place, str(row["chain"])
        self.heads.add(self.former[:HEAD])

    def end(self, place: int, chain: str) -> None:
        if place > self.last:
            self.breaks.append(f"{_rows_from(self.last + 1, place)} gone, at the end")
        elif place < self.last:
            self.breaks.append(f"{_rows_from(place + 1, self.last)} inserted, at the end")
        elif place and chain != self.former:
            self.breaks.append(f"row {place}: it is not the one with which the ledger ended")


def _rows_from(first: int, last: int) -> str:
    return f"row {first} is" if first == last else f"rows {first} to {last} are"
