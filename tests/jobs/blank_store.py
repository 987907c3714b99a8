"""Blank stores: a database in memory is made once, and set back to how it was made for each story that takes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adapters.store.database import Database, database_in_memory
from adapters.store.ledger import Ledger
from adapters.store.mirror import Mirror
from adapters.store.schema import preparation
from adapters.store.store import Store


@dataclass(frozen=True)
class _Made:
    """`blank`: the whole database, as it was when nothing had been written."""

    database: Database
    connection: sqlite3.Connection
    blank: bytes


_free: list[_Made] = []


@contextmanager
def blank_store() -> Iterator[Store]:
    """Nobody else has it until it is left."""
    made = _free.pop() if _free else _make()
    made.connection.deserialize(made.blank)
    try:
        yield Store(Mirror(made.database), Ledger(made.database))
    finally:
        _free.append(made)


def close_all() -> None:
    while _free:
        _free.pop().database.close()


def _make() -> _Made:
    database = database_in_memory(preparation(may_rebuild=True))
    with database.reading() as transaction:
        connection = transaction.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return _Made(database, connection, connection.serialize())
