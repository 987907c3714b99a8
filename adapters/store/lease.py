"""The lease: of the processes that share one database of a server one acts, for as long as it keeps the lease.

It is one row, and all times in it are the server's. Whoever takes it counts its epoch up, and every transaction that
writes looks first whether the epoch is still its own: a process that stood still meanwhile writes nothing more, and
so sends nothing, since what is to be sent is written down before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Connection, text

from adapters.logs import SHUNTER
from adapters.store.failures import StoreError, StoreLost, StoreTaken, foreign
from adapters.store.lease_row import LEASE
from adapters.store.server import Server
from adapters.store.server_connection import connected
from adapters.store.server_failures import explained_by_server
from adapters.store.this_process import this_process

TERM = timedelta(seconds=30)
"""How long it holds without being renewed: so long after its holder died another process acts, at the latest."""
SHARE = 3
"""So many times within its term it is renewed: one that fails is followed by another in time."""
PATIENCE = 5.0
"""Seconds that a process which ends waits for a server to take the lease back."""
KEYS = int.from_bytes(b"Shun")
_TAKING = 1
_TAKE_TURNS = f"SELECT pg_advisory_xact_lock({KEYS}, {_TAKING})"
_TABLES = f"SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '{LEASE}'"
_IS_OURS_OR_EMPTY = f"SELECT to_regclass('shunter_schema') IS NOT NULL OR NOT EXISTS ({_TABLES})"
_TABLE = (
    f"CREATE TABLE IF NOT EXISTS {LEASE} (id integer PRIMARY KEY CHECK (id = 1), holder text NOT NULL, "
    "process text NOT NULL, epoch bigint NOT NULL, until timestamptz NOT NULL)"
)
# One that ends later than any holder would say is from before the server's clock was set back.
_TAKE = (
    f"INSERT INTO {LEASE} AS lease VALUES (1, %(holder)s, %(process)s, 1, clock_timestamp() + %(term)s) "  # noqa: S608
    "ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, process = excluded.process, epoch = lease.epoch + 1, "
    "until = excluded.until WHERE lease.until NOT BETWEEN clock_timestamp() AND clock_timestamp() + 2 * %(term)s "
    "OR lease.holder = excluded.holder RETURNING epoch"
)
_WHO = f"SELECT process FROM {LEASE}"  # noqa: S608
_OURS = "holder = %(holder)s AND epoch = %(epoch)s"
_RENEW = f"UPDATE {LEASE} SET until = clock_timestamp() + %(term)s WHERE {_OURS}"  # noqa: S608
_GIVE = f"UPDATE {LEASE} SET until = clock_timestamp() WHERE {_OURS}"  # noqa: S608
# Whoever wants to take it waits until the transaction has ended that found it its own.
_INSIST = text(
    f"SELECT epoch FROM {LEASE} "  # noqa: S608
    "WHERE holder = :holder AND epoch = :epoch AND until > clock_timestamp() FOR SHARE"
)


class Lease:
    """For one process: taken by `take`, renewed by a thread of its own until it is given back."""

    def __init__(self, server: Server, term: timedelta = TERM, *, patience: float = PATIENCE) -> None:
        self._server, self._term, self._patience = server, term, patience
        self._holder = uuid4().hex
        self._epoch = self._latest = 0
        self._ended = Event()
        self._keeping: Thread | None = None

    def take(self) -> None:
        """`StoreTaken` where another process has it. Nothing is made in a database that holds something else."""
        with self._explained(), connected(self._server) as connection:
            connection.execute(_TAKE_TURNS)
            if connection.execute(_IS_OURS_OR_EMPTY).fetchone() != (True,):
                raise foreign(str(self._server))
            connection.execute(_TABLE)
            taken = connection.execute(_TAKE, self._values() | {"process": this_process()}).fetchone()
            if taken is None:
                raise self._taken(connection)
        self._epoch = self._latest = taken[0]
        self._keep()

    def insist(self, connection: Connection) -> None:
        """Asked in the transaction that is to write. A lease that was lost ends one transaction, and the next takes it
        again, unless another process has. `StoreLost` where another one has acted meanwhile, and does no more."""
        if not self._epoch:
            self._take_again()
        if connection.scalar(_INSIST, {"holder": self._holder, "epoch": self._epoch}) is None:
            self._epoch = 0
            why = "the lease was lost by which one process alone acts on it"
            raise StoreError(str(self._server), why, "The next run takes it again, unless another process has.")

    def doubt(self) -> None:
        """The server may know nothing of it any more: it is taken again before anything is written."""
        self._epoch = 0

    def give(self) -> None:
        """Another process may act at once, where the server still listens; otherwise after the lease's term. A server
        that says nothing is not waited for: the process has to end."""
        if self._keeping is None:
            return
        self._ended.set()
        giving = Thread(target=self._give_back, args=(self._keeping,), name="end of a lease", daemon=True)
        giving.start()
        giving.join(self._patience)
        self._epoch, self._keeping = 0, None

    def _give_back(self, keeping: Thread) -> None:
        """One that is in doubt too, where it still stands there."""
        values = self._values() | {"epoch": self._latest}
        keeping.join()  # else it might renew what has been given back
        with suppress(psycopg.Error), connected(self._server) as connection:
            connection.execute(_GIVE, values)

    def _take_again(self) -> None:
        """What was read before another one acted is not mixed with what is written after, nor are its tables taken to
        be as they were: it may have been of another version."""
        before = self._latest
        self.take()
        if self._latest != before + 1:
            why = "another process has acted on it meanwhile"
            raise StoreLost(str(self._server), why, "The next run opens it again, and goes on from there.")

    def _keep(self) -> None:
        if self._keeping is None or not self._keeping.is_alive():
            self._ended = Event()
            self._keeping = Thread(target=self._renew, args=(self._ended,), name="lease", daemon=True)
            self._keeping.start()

    def _renew(self, ended: Event) -> None:
        """Whether it was in time, every transaction that writes finds out by itself."""
        while not ended.wait((self._term / SHARE).total_seconds()):
            try:
                with connected(self._server) as connection:
                    connection.execute(_RENEW, self._values())
            except psycopg.Error:
                continue  # whoever writes says so
            except Exception as error:  # noqa: BLE001  (without this thread nobody acts any more)
                SHUNTER.error("the lease was not renewed", exc_info=error)

    def _values(self) -> dict[str, Any]:
        return {"holder": self._holder, "epoch": self._epoch, "term": self._term}

    def _taken(self, connection: psycopg.Connection[Any]) -> StoreTaken:
        found = connection.execute(_WHO).fetchone()
        who = found[0] if found else "another process"
        remedy = "Stop all services that share it first, or give this one a store of its own."
        return StoreTaken(str(self._server), f"{who} acts on it already", remedy)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            failed = explained_by_server(str(self._server), error)
            if failed is None:
                raise
            raise failed from error
