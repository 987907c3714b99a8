"""The database: transactions that either stand on the disk or never were, and failures in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from adapters.store.database_file import DatabaseFile, open_file
from adapters.store.failures import explained

BUSY_TIMEOUT = 30
"""Seconds that a transaction waits for another process to finish its own."""
IN_MEMORY = "in memory"


class Database:
    """SQLite, in a file or in memory. Any thread may use it; transactions are not nested."""

    def __init__(self, engine: Engine, file: DatabaseFile | None) -> None:
        self._engine = engine
        self._file = file
        # In memory all threads share one connection, and so take turns.
        self._turn: AbstractContextManager[object] = RLock() if file is None else nullcontext()

    def reading(self) -> AbstractContextManager[Connection]:
        """One state of the database, whatever others write meanwhile."""
        return self._transaction("BEGIN", "FULL")

    def writing(self, *, is_lasting: bool = True) -> AbstractContextManager[Connection]:
        """All of it or nothing; on the disk by the time that the block is left.

        Not `is_lasting`: the latest such transactions may be lost with the machine's power, and no time is
        spent on waiting for the disk.
        """
        return self._transaction("BEGIN IMMEDIATE", "FULL" if is_lasting else "NORMAL")

    def close(self) -> None:
        self._engine.dispose()

    @property
    def where(self) -> Path | str:
        return self._file.path if self._file else IN_MEMORY

    @contextmanager
    def _transaction(self, begin: str, synchronous: str) -> Iterator[Connection]:
        if self._file is not None:
            self._file.insist_on_it()
        try:
            with self._turn, self._engine.connect() as connection, connection.begin():
                _settle(connection, "foreign_keys", "ON")
                _settle(connection, "synchronous", synchronous)
                connection.exec_driver_sql(begin)
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            failed = explained(self.where, error)
            if failed is None:
                raise
            raise failed from error


def _settle(connection: Connection, pragma: str, value: str) -> None:
    """A setting lasts as long as the connection to the file, which is used again and again."""
    if connection.info.get(pragma) != value:
        connection.exec_driver_sql(f"PRAGMA {pragma} = {value}")
        connection.info[pragma] = value


def database_in(path: Path) -> Database:
    """`StoreError` where the file cannot be used as it is."""
    file = open_file(path)
    # Without an isolation level the driver leaves BEGIN to us: its own would come too late for a first read.
    settings = {"isolation_level": None, "timeout": BUSY_TIMEOUT}
    url = URL.create("sqlite", database=str(path))
    return Database(create_engine(url, connect_args=settings, hide_parameters=True), file)


def database_in_memory() -> Database:
    settings = {"isolation_level": None, "check_same_thread": False}
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args=settings, hide_parameters=True)
    return Database(engine, None)
