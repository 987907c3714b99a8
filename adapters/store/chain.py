"""The chain: each row of the ledger is hashed together with the one before it, so that none is altered unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from adapters.store.column_types import holdable, in_utc
from adapters.store.ledger_tables import NOTHING, anchors, head

Row = Mapping[str, Any]
_LOCKED = select(head.c.sequence, head.c.chain).with_for_update()
_MOVED = update(head)


def add(connection: Connection, table: Table, rows: Iterable[Row], at: datetime | None) -> None:
    """In their order, after whatever any process has added before. `at` is when; a new store begins with it."""
    last, former = locked(connection)
    if last == 0:
        began = {"at": at, "began": at, "upto": 0, "until": None, "head": NOTHING}
        last, former = _added(connection, anchors, [began], last, former)
    last, former = _added(connection, table, rows, last, former)
    connection.execute(_MOVED, {"sequence": last, "chain": former})


def locked(connection: Connection) -> tuple[int, str]:
    """The last row's number and chain; until the transaction ends nobody else adds one."""
    last, former = connection.execute(_LOCKED).one()
    return int(last), str(former)


def _added(connection: Connection, table: Table, rows: Iterable[Row], last: int, former: str) -> tuple[int, str]:
    chained = []
    for row in rows:
        last += 1
        whole = {column.name: row.get(column.name) for column in table.columns} | {"sequence": last}
        former = link(former, table.name, whole)
        chained.append(whole | {"chain": former})
    if chained:
        connection.execute(insert(table), chained)
    return last, former


def link(former: str, table: str, row: Row) -> str:
    """The chain of a row that stands after `former`: over every column but this one, however a database holds it."""
    values = {name: value for name, value in row.items() if name != "chain"}
    return sha256(json.dumps([former, table, _plain(values)], sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case str():
            return holdable(value)
        case datetime():
            return in_utc(value).isoformat()
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
