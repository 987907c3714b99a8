"""A damaged file: told from what is not ours, and moved aside whole, so that what it still holds can be looked at."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from adapters.store.failures import START_AFRESH, MovedAside, StoreDamaged, StoreLost
from adapters.store.file_copy import free_name

_HEADER, _NUMBER_AT = b"SQLite format 3\0", 68  # https://sqlite.org/fileformat2.html#the_database_header
_NUMBER = b"Shun"
_BESIDE = ("-wal", "-shm")


def number_it(connection: sqlite3.Connection) -> None:
    """So that it is known as Shunter's, however damaged it may be behind its first bytes."""
    connection.execute(f"PRAGMA application_id = {int.from_bytes(_NUMBER)}")


def bears_our_number(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(_NUMBER_AT + len(_NUMBER))
    except OSError:
        return False
    return start.startswith(_HEADER) and start[_NUMBER_AT:] == _NUMBER


def move_aside(path: Path, damaged: StoreDamaged) -> StoreLost:
    """What became of it. The name tells when, by the clock of this machine."""
    aside = free_name(path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))
    try:
        path.rename(aside)
        for part in _BESIDE:
            with suppress(FileNotFoundError):
                path.with_name(path.name + part).rename(aside.with_name(aside.name + part))
    except OSError as error:
        why = f"{damaged.why}, and it cannot be moved aside ({error.strerror})"
        return StoreLost(path, why, START_AFRESH)
    remedy = (
        f"It was moved aside to {aside}, with the reasons that it still holds; a new one is begun, and everything is "
        "read anew from Azure DevOps. Look at the disk: a database does not get damaged by itself."
    )
    return MovedAside(path, damaged.why, remedy)
