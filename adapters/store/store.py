"""The store: mirror and ledger in one database, opened for looking or for acting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.logs import SHUNTER
from adapters.store.database import Database, database_in_memory
from adapters.store.failures import MovedAside
from adapters.store.in_file import InFile
from adapters.store.keeper import Keeper
from adapters.store.ledger import Ledger
from adapters.store.mirror import Mirror
from adapters.store.schema import preparation
from adapters.store.server import Server


@dataclass(frozen=True, slots=True)
class Store:
    """Two halves of one database."""

    mirror: Mirror
    ledger: Ledger


@contextmanager
def opened(place: Path | Server, *, to_act: bool = False) -> Iterator[Store]:
    """The store in this file or on this server, made where there is none. `StoreError` where it cannot be used.

    `to_act`: no other process may act on it meanwhile (`StoreTaken`); looking is always possible.
    """
    with closing(Database(_keeper(place, to_act=to_act), preparation(may_rebuild=to_act))) as database:
        try:
            database.open()
        except MovedAside as moved:
            SHUNTER.error("%s", moved)  # a service starts all the same
            database.open()
        yield Store(Mirror(database), Ledger(database))


@contextmanager
def in_memory() -> Iterator[Store]:
    """A store that is gone when it is left; until then all threads share it."""
    with closing(database_in_memory(preparation(may_rebuild=True))) as database:
        yield Store(Mirror(database), Ledger(database))


def _keeper(place: Path | Server, *, to_act: bool) -> Keeper:
    if isinstance(place, Path):
        return InFile(place.absolute(), to_act=to_act)
    # The driver takes a while to import, and who has a file needs none of it.
    from adapters.store.on_server import OnServer

    return OnServer(place, to_act=to_act)
