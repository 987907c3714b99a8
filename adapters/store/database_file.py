"""The database file: for its owner's eyes only, found sound before it is used, and noticed when it goes away."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from adapters.store.failures import START_AFRESH, StoreError, explained, unusable


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """One file on disk, known by its inode as well as by its name."""

    path: Path
    device: int
    inode: int

    def insist_on_it(self) -> None:
        """Writing into a file that was deleted succeeds, and nobody ever sees it again."""
        try:
            found = self.path.stat()
        except OSError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != (self.device, self.inode):
            why = "it was deleted or replaced while Shunter had it open"
            raise StoreError(self.path, why, "It is opened anew at the next start, and filled again.")


def open_file(path: Path) -> DatabaseFile:
    """Creates it where there is none. The files that SQLite puts beside it inherit its rights."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unusable(path, error) from error
    try:
        os.fchmod(descriptor, 0o600)
        found = os.fstat(descriptor)
    except OSError as error:
        raise unusable(path, error) from error
    finally:
        os.close(descriptor)
    _check(path)
    return DatabaseFile(path, found.st_dev, found.st_ino)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            verdict = [words for (words,) in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.Error as error:
        failed = explained(path, error)
        if failed is None:
            raise
        raise failed from error
    if verdict != ["ok"]:
        raise StoreError(path, f"it is damaged ({' '.join(' '.join(verdict).split())})", START_AFRESH)
