"""In a file: SQLite, for its owner's eyes only, found sound before it is used, and noticed when it goes away."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from errno import EISDIR
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from adapters.store.damaged_file import bears_our_number, move_aside, number_it
from adapters.store.failures import (
    START_AFRESH,
    RowDamaged,
    StoreDamaged,
    StoreError,
    StoreLost,
    explained,
    in_words,
    unusable,
)
from adapters.store.file_copy import copied, free_name
from adapters.store.process_lock import ProcessLock
from adapters.store.sqlite_transaction import begin_in_sqlite
from adapters.store.verdict import verdict

BUSY_TIMEOUT = 30
"""Seconds that a transaction waits for another process to finish its own."""
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
Known: TypeAlias = tuple[int, int]
"""A file as it is known besides by its name: by device and inode."""


class InFile:
    """`to_act`: no other process may act on it meanwhile (`StoreTaken`), and a damaged one is moved aside."""

    def __init__(self, path: Path, *, to_act: bool) -> None:
        self.where = path
        self.turn: AbstractContextManager[object] = nullcontext()
        self._lock = ProcessLock(path) if to_act else None
        self._known: Known | None = None
        self._was_used = False

    def open(self) -> Engine:
        if self._lock is not None:
            self._lock.renew()
        known = _made_private(self.where)
        if known != self._known:
            self._known, self._was_used = known, False
        try:
            _check(self.where, "quick_check")
        except StoreDamaged as damaged:
            raise self.given_up(damaged) from damaged
        settings = {"isolation_level": None, "timeout": BUSY_TIMEOUT}
        url = URL.create("sqlite", database=str(self.where))
        return create_engine(url, connect_args=settings, hide_parameters=True)

    def insist(self) -> None:
        """Writing into a file that was deleted succeeds, and nobody ever sees it again."""
        try:
            found = _known(self.where.stat())
        except OSError:
            found = None
        if found is None or found != self._known:
            why = "it was deleted or replaced while Shunter had it open"
            raise StoreLost(self.where, why, "What is there then is opened by the next run, and filled again.")
        self._was_used = True

    def begin(self, connection: Connection, *, writes: bool, lasts: bool) -> None:
        begin_in_sqlite(connection, writes=writes, lasts=lasts)

    def explained(self, error: DBAPIError | sqlite3.Error) -> StoreError | None:
        return explained(self.where, error)

    def given_up(self, lost: StoreLost) -> StoreLost:
        """A damaged one is moved aside, where it is surely ours and nobody else acts on it: all of it can be read
        again, but for the reasons, which are kept in what lies aside."""
        if not isinstance(lost, StoreDamaged) or self._lock is None:
            return lost
        if not (self._was_used or bears_our_number(self.where)):
            return lost
        if isinstance(lost, RowDamaged):
            return move_aside(self.where, lost)
        try:
            _check(self.where, "integrity_check")
        except StoreDamaged as damaged:
            return move_aside(self.where, damaged)
        except StoreError:
            return lost
        return StoreLost(self.where, f"{lost.why}, and looked at again it is sound", "The next run goes on with it.")

    def keep_copy(self, of: str) -> None:
        copied(self.where, free_name(self.where.with_name(f"{self.where.name}.{of}")))

    def close(self) -> None:
        if self._lock is not None:
            self._lock.close()


def _made_private(path: Path) -> Known:
    """Made where there is none. The files that SQLite puts beside it inherit its rights."""
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        # Not by opening it: to close what is open a second time ends all locks that this process has on it.
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if found.st_mode & OF_OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~OF_OTHERS)
        return _known(found)
    except OSError as error:
        raise unusable(path, error) from error


def _known(found: os.stat_result) -> Known:
    return found.st_dev, found.st_ino


def _check(path: Path, check: str) -> None:
    with in_words(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if path.stat().st_size == 0:
            number_it(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        faults = verdict(connection, check)
    if faults:
        raise StoreDamaged(path, f"it is damaged ({faults})", START_AFRESH)
