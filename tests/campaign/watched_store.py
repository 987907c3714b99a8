"""A watched store: a real database in memory, in which something may happen before and after each commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from adapters.store.database import Database
from adapters.store.in_memory import InMemory
from adapters.store.ledger import Ledger
from adapters.store.mirror import Mirror
from adapters.store.schema import preparation
from adapters.store.store import Store
from tests.campaign.moment import Moment

Happening = Callable[[Moment, bool], None]
"""At a moment, and whether the commit it is about has been made by then."""
AROUND = {
    "": (Moment.KEEPING, Moment.KEEPING),
    "intent": (Moment.BEFORE_INTENT, Moment.INTENT_KEPT),
    "result": (Moment.ANSWERED, Moment.RESULT_KEPT),
}


class WatchedDatabase(Database):
    """`happening` is called before each commit, where it may keep it from being made, and after it."""

    def __init__(self) -> None:
        super().__init__(InMemory(), preparation(may_rebuild=True))
        self.happening: Happening = lambda *_: None
        self.about = ""

    def writing(self, *, is_lasting: bool = True) -> AbstractContextManager[Connection]:
        return self._watched(super().writing(is_lasting=is_lasting), *AROUND[self.about])

    @contextmanager
    def _watched(
        self, transaction: AbstractContextManager[Connection], before: Moment, after: Moment
    ) -> Iterator[Connection]:
        with transaction as connection:
            yield connection
            self.happening(before, False)
        self.happening(after, True)


class WatchedLedger(Ledger):
    """It says which of its commits are about the intent of a write, and which about what came of it."""

    def __init__(self, database: WatchedDatabase) -> None:
        super().__init__(database)
        self._watched = database

    def intend(self, *given: Any, **named: Any) -> tuple[str, ...]:
        with self._about("intent"):
            return super().intend(*given, **named)

    def conclude(self, *given: Any, **named: Any) -> None:
        with self._about("result"):
            super().conclude(*given, **named)

    @contextmanager
    def _about(self, what: str) -> Iterator[None]:
        before, self._watched.about = self._watched.about, what
        try:
            yield
        finally:
            self._watched.about = before


@dataclass
class WatchedStore:
    """One replica's database. `opened` is what a process that starts has of it."""

    database: WatchedDatabase
    connection: sqlite3.Connection
    blank: bytes

    def opened(self) -> Store:
        return Store(Mirror(self.database), WatchedLedger(self.database))

    def is_lost(self) -> None:
        self.connection.deserialize(self.blank)

    def holds(self, everything: bytes) -> None:
        self.connection.deserialize(everything)

    def everything(self) -> bytes:
        return self.connection.serialize()


def watched_store() -> WatchedStore:
    database = WatchedDatabase()
    with database.reading() as transaction:
        connection = transaction.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return WatchedStore(database, connection, connection.serialize())


def disk_full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
