"""In memory: SQLite without a file, one connection that all threads share, gone when it is closed."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from threading import RLock

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from adapters.store.failures import StoreError, StoreLost, explained
from adapters.store.sqlite_transaction import begin_in_sqlite


class InMemory:
    where = "in memory"

    def __init__(self) -> None:
        self.turn: AbstractContextManager[object] = RLock()

    def open(self) -> Engine:
        settings = {"isolation_level": None, "check_same_thread": False}
        return create_engine("sqlite://", poolclass=StaticPool, connect_args=settings, hide_parameters=True)

    def insist(self) -> None:
        """Nobody else has it."""

    def begin(self, connection: Connection, *, writes: bool, lasts: bool) -> None:
        begin_in_sqlite(connection, writes=writes, lasts=lasts)

    def explained(self, error: DBAPIError | sqlite3.Error) -> StoreError | None:
        return explained(self.where, error)

    def given_up(self, lost: StoreLost) -> StoreLost:
        return lost

    def keep_copy(self, of: str) -> None:
        """It is gone anyway when it is closed."""

    def close(self) -> None:
        """Its engine has been."""
