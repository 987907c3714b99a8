"""A keeper: what the data is kept by, in a file, in memory or on a server, as far as the two differ."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from adapters.store.failures import StoreError, StoreLost


class Keeper(Protocol):
    """Whatever it says no to, it says as StoreError; as StoreLost where it has to be opened again."""

    @property
    def where(self) -> Path | str: ...

    @property
    def turn(self) -> AbstractContextManager[object]:
        """What a thread holds during a transaction, where only one can be."""

    def open(self) -> Engine:
        """Found sound, and with whatever is needed for using it."""

    def insist(self) -> None:
        """What was opened is still what everybody else finds there."""

    def begin(self, connection: Connection, *, writes: bool, lasts: bool) -> None:
        """A transaction: of reading, in which nothing changes; or of writing, which are one at a time."""

    def explained(self, error: DBAPIError | sqlite3.Error) -> StoreError | None:
        """What an error means to a person; None where it can only be a mistake of ours."""

    def given_up(self, lost: StoreLost) -> StoreLost:
        """What was open is closed now; what has become of it, in words."""

    def keep_copy(self, of: str) -> None:
        """Of what is about to be changed for good; `of` says what it is a copy of."""

    def close(self) -> None: ...
