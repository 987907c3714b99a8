"""The database: transactions that either stand or never were, failures in plain words, and opened again by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from adapters.store.column_types import Damaged
from adapters.store.failures import StoreLost, row_damaged
from adapters.store.in_memory import InMemory
from adapters.store.keeper import Keeper

Prepare = Callable[[Connection, Keeper], None]
"""Makes a database that was opened fit for use, in one transaction."""


class Database:
    """Any thread may use it; transactions are not nested.

    What was open and is gone (a file deleted, tables dropped, a damaged file) fails the transaction that finds out,
    so that nothing that was read before is mixed with what is there now; the next one opens it again.
    """

    def __init__(self, keeper: Keeper, prepare: Prepare = lambda *_: None) -> None:
        self._keeper, self._prepare = keeper, prepare
        self._engine: Engine | None = None
        self._opening = RLock()

    def open(self) -> None:
        """Now, rather than by the first transaction. `StoreError` where it cannot be used as it is."""
        self._opened()

    def reading(self) -> AbstractContextManager[Connection]:
        """One state of the database, whatever others write meanwhile."""
        return self._transaction(writes=False, lasts=True)

    def writing(self, *, is_lasting: bool = True) -> AbstractContextManager[Connection]:
        """All of it or nothing; on the disk by the time that the block is left.

        Not `is_lasting`: the latest such transactions may be lost with the machine's power, and no time is
        spent on waiting for the disk.
        """
        return self._transaction(writes=True, lasts=is_lasting)

    def close(self) -> None:
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            self._keeper.close()

    @property
    def where(self) -> Path | str:
        return self._keeper.where

    @contextmanager
    def _transaction(self, *, writes: bool, lasts: bool) -> Iterator[Connection]:
        engine = self._opened()
        with self._in_words(engine):
            self._keeper.insist()
            with self._begun(engine, writes=writes, lasts=lasts) as connection:
                yield connection
            if writes and lasts:
                self._keeper.insist()

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = self._keeper.open()
                try:
                    with self._in_words(engine), self._begun(engine, writes=True, lasts=True) as connection:
                        self._prepare(connection, self._keeper)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    @contextmanager
    def _begun(self, engine: Engine, *, writes: bool, lasts: bool) -> Iterator[Connection]:
        with self._keeper.turn, engine.connect() as connection:
            self._keeper.begin(connection, writes=writes, lasts=lasts)
            yield connection
            connection.commit()

    @contextmanager
    def _in_words(self, engine: Engine) -> Iterator[None]:
        try:
            yield
        except StoreLost as lost:
            raise self._given_up(engine, lost) from lost
        except (Damaged, JSONDecodeError) as error:
            raise self._given_up(engine, row_damaged(self.where)) from error
        except (DBAPIError, sqlite3.Error) as error:
            failed = self._keeper.explained(error)
            if failed is None:
                raise
            raise self._given_up(engine, failed) if isinstance(failed, StoreLost) else failed from error

    def _given_up(self, engine: Engine, lost: StoreLost) -> StoreLost:
        with self._opening:
            engine.dispose()
            if self._engine is not None and self._engine is not engine:
                return lost  # another thread has found out before, and opened it again
            self._engine = None
            return self._keeper.given_up(lost)


def database_in_memory(prepare: Prepare = lambda *_: None) -> Database:
    return Database(InMemory(), prepare)
