"""The store: mirror and ledger in one database, opened for looking or for acting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.store.database import Database, database_in, database_in_memory
from adapters.store.ledger import Ledger
from adapters.store.mirror import Mirror
from adapters.store.process_lock import ProcessLock
from adapters.store.schema import prepare


@dataclass(frozen=True, slots=True)
class Store:
    """Two halves of one database."""

    mirror: Mirror
    ledger: Ledger


@contextmanager
def opened(path: Path, *, to_act: bool = False) -> Iterator[Store]:
    """The store in this file, made where there is none. `StoreError` where it cannot be used.

    `to_act`: no other process may act on it meanwhile (`StoreTaken`); looking is always possible.
    """
    path = path.absolute()
    with ExitStack() as stack:
        if to_act:
            stack.enter_context(closing(ProcessLock(path)))
        database = stack.enter_context(closing(database_in(path)))
        yield _store(database, may_rebuild=to_act)


@contextmanager
def in_memory() -> Iterator[Store]:
    """A store that is gone when it is left; until then all threads share it."""
    with closing(database_in_memory()) as database:
        yield _store(database, may_rebuild=True)


def _store(database: Database, *, may_rebuild: bool) -> Store:
    prepare(database, may_rebuild=may_rebuild)
    return Store(Mirror(database), Ledger(database))
