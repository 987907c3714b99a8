"""Failures of the store: what is wrong with the database, where, and what a person can do about it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

START_AFRESH = (
    "Stop Shunter, delete the file together with those beside it that end in -wal and -shm, and start again: "
    "everything is read anew from Azure DevOps, and only the local record of reasons is lost."
)
_CHECK_RIGHTS = "Shunter's account needs to read and write the file and its folder."
_PRIMARY = 0xFF

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


class StoreError(Exception):
    """The store cannot be used now. Of what was to be written, nothing was."""

    def __init__(self, where: Path | str, why: str, remedy: str) -> None:
        self.why = why
        super().__init__(f"store {where}: {why}. {remedy}")


class StoreLost(StoreError):
    """What was open is not there any more, or cannot be used any more: the next transaction opens the store anew."""


class StoreDamaged(StoreLost):
    """What it holds is not as it was written."""


class MovedAside(StoreLost):
    """It was damaged, and lies under another name: the next transaction begins a new one."""


class StoreTaken(StoreError):
    """Another process acts on the same store."""


def explained(where: Path | str, error: DBAPIError | sqlite3.Error) -> StoreError | None:
    """What the database's error means to a person; None where it can only be a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if not isinstance(code, int) or code & _PRIMARY not in _EXPLAINED:
        return None
    why, remedy = _EXPLAINED[code & _PRIMARY]
    kind = StoreDamaged if remedy is START_AFRESH else StoreError
    return kind(where, f"{why} ({cause})", remedy)


def unusable(path: Path, error: OSError) -> StoreError:
    """What the system's refusal of a file means to a person."""
    if isinstance(error, FileNotFoundError):
        return StoreError(path, "its folder does not exist", f"Create {path.parent}, or name another in the settings.")
    return StoreError(path, f"it cannot be opened ({error.strerror})", _CHECK_RIGHTS)
