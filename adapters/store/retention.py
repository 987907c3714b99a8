"""Retention: the oldest rows of the ledger go, a portion at a time, and an anchor keeps the chain verifiable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, delete, exists, func, or_, select

from adapters.store.chain import add, locked
from adapters.store.chain_check import began
from adapters.store.ledger_tables import CHAINED, anchors, intents, outcomes, runs
from adapters.store.open_intents import is_open

REMOVED = (outcomes, intents, runs)
"""In this order; anchors stay, which are few."""
PORTION = 10_000
"""Rows at most: more than any day brings, and few enough that a clock that leaps takes no history with it."""


def remove_oldest(connection: Connection, before: datetime, at: datetime, portion: int) -> int:
    """The rows from before then, from the oldest on, up to the first that is younger or still open; how many."""
    last, _ = locked(connection)
    start = connection.scalar(select(func.max(anchors.c.upto))) or 0
    young = [_first(connection, table, start, before) for table in REMOVED]
    oldest = min([found - 1 for found in young if found is not None], default=last)
    # Where one write has waited for its end longer than a portion is long, all of it goes at once.
    cuts = (_whole(connection, min(oldest, limit)) for limit in (start + portion, oldest))
    cut = next((cut for cut in cuts if any(_is_in(connection, table, start, cut) for table in REMOVED)), None)
    if cut is None:
        return 0
    anchor = {"at": at, "began": began(connection), "upto": cut, "until": before, "head": _chain(connection, cut)}
    add(connection, anchors, [anchor], at)
    return sum(connection.execute(delete(table).where(table.c.sequence <= cut)).rowcount for table in REMOVED)


def _is_in(connection: Connection, table: Table, start: int, cut: int) -> bool:
    there = exists().where(table.c.sequence > start, table.c.sequence <= cut)
    return bool(connection.scalar(select(there)))


def _first(connection: Connection, table: Table, start: int, before: datetime) -> int | None:
    """The first row that is kept for its age."""
    found: int | None = connection.scalar(
        select(func.min(table.c.sequence)).where(table.c.sequence > start, table.c.at >= before)
    )
    return found


def _whole(connection: Connection, cut: int) -> int:
    """So far back that no write loses its beginning and keeps its end, and none that is open is lost."""
    later = exists().where(outcomes.c.intent == intents.c.id, outcomes.c.sequence > cut)
    torn = select(func.min(intents.c.sequence)).where(intents.c.sequence <= cut, or_(is_open(), later))
    first = connection.scalar(torn)
    return cut if first is None else _whole(connection, first - 1)


def _chain(connection: Connection, sequence: int) -> str:
    found = (connection.scalar(select(table.c.chain).where(table.c.sequence == sequence)) for table in CHAINED)
    return next(str(chain) for chain in found if chain is not None)
