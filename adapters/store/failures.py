"""Failures of the store: what is wrong with the database, where, and what a person can do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

START_AFRESH = (
    "Stop Shunter, delete the file together with those beside it that end in -wal and -shm, and start again: "
    "everything is read anew from Azure DevOps, and only the local record of reasons is lost."
)
_ON_SERVER = (
    "Stop every Shunter that uses it, and create the database anew, empty: everything is read anew from Azure DevOps, "
    "and only the local record of reasons is lost."
)
_CHECK_RIGHTS = "Shunter's account needs to read and write the file and its folder."
_PRIMARY = 0xFF
NO_TEXT = "Could not decode to UTF-8"
"""How the driver says that a row holds bytes which are no text; there is no code for it."""

_EXPLAINED = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space: the next run goes on from where this one stopped."),
    sqlite3.SQLITE_IOERR: ("the disk failed", "Look at the disk and its free space, then let the next run try again."),
    sqlite3.SQLITE_BUSY: ("another process keeps it busy", "The next run tries again; see which process has it open."),
    sqlite3.SQLITE_LOCKED: ("another process keeps it busy", "The next run tries again."),
    sqlite3.SQLITE_READONLY: ("it cannot be written", _CHECK_RIGHTS),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", _CHECK_RIGHTS),
    sqlite3.SQLITE_PERM: ("it cannot be opened", _CHECK_RIGHTS),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", START_AFRESH),
    sqlite3.SQLITE_NOTADB: ("it is damaged, or no database at all", START_AFRESH),
}


# A connection that was made while its file could not be written never writes, nor does one to a disk that went away.
_OPENED_ANEW = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR})


class StoreError(Exception):
    """The store cannot be used now. Of what was to be written, nothing was."""

    def __init__(self, where: Path | str, why: str, remedy: str) -> None:
        self.why = why
        super().__init__(f"store {where}: {why}. {remedy}")


class StoreLost(StoreError):
    """What was open is not there any more, or cannot be used any more: the next transaction opens the store anew."""


class StoreAway(StoreError):
    """The way to the server is interrupted, and with it whatever was held there."""


class StoreDamaged(StoreLost):
    """What it holds is not as it was written."""


class RowDamaged(StoreDamaged):
    """The database is whole by its own rules, and what a row of it holds is not as it was written."""


class MovedAside(StoreLost):
    """It was damaged, and lies under another name: the next transaction begins a new one."""


class StoreTaken(StoreError):
    """Another process acts on the same store."""


def explained(where: Path | str, error: DBAPIError | sqlite3.Error) -> StoreError | None:
    """What the database's error means to a person; None where it can only be a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if NO_TEXT in str(cause):
        return row_damaged(where)
    code = getattr(cause, "sqlite_errorcode", None)
    if not isinstance(code, int) or code & _PRIMARY not in _EXPLAINED:
        return None
    why, remedy = _EXPLAINED[code & _PRIMARY]
    return _kind_of(code & _PRIMARY)(where, f"{why} ({cause})", remedy)


@contextmanager
def in_words(where: Path) -> Iterator[None]:
    """An error of SQLite's that means something to a person is raised as that."""
    try:
        yield
    except sqlite3.Error as error:
        failed = explained(where, error)
        if failed is None:
            raise
        raise failed from error


def _kind_of(code: int) -> type[StoreError]:
    if _EXPLAINED[code][1] is START_AFRESH:
        return StoreDamaged
    return StoreLost if code in _OPENED_ANEW else StoreError


def start_afresh(where: Path | str) -> str:
    """How a person does that."""
    return START_AFRESH if isinstance(where, Path) else _ON_SERVER


def row_damaged(where: Path | str) -> RowDamaged:
    return RowDamaged(where, "it is damaged: a row does not hold what was written into it", start_afresh(where))


def foreign(where: Path | str) -> StoreError:
    return StoreError(where, "it is a database of something else", "Name another place for the store in the settings.")


def unusable(path: Path, error: OSError) -> StoreError:
    """What the system's refusal of a file means to a person."""
    if isinstance(error, FileNotFoundError):
        return StoreError(path, "its folder does not exist", f"Create {path.parent}, or name another in the settings.")
    return StoreError(path, f"it cannot be opened ({error.strerror})", _CHECK_RIGHTS)
