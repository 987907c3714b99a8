"""On a server: PostgreSQL, whose connections are looked at before they are used, and made anew when they were lost."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from adapters.store.failures import StoreAway, StoreError, StoreLost
from adapters.store.lease import KEYS, Lease
from adapters.store.server import Server
from adapters.store.server_connection import connected
from adapters.store.server_failures import explained_by_server

_WRITING = 2
# Whoever stands still in the middle of writing keeps nobody from taking over once the lease has run out.
_STANDS_STILL = "20s"
_BEGIN_WRITING = text(
    f"SELECT pg_advisory_xact_lock({KEYS}, {_WRITING}), set_config('synchronous_commit', :commit, true), "
    f"set_config('idle_in_transaction_session_timeout', '{_STANDS_STILL}', true)"
)
_IDENTITY = text("SELECT CAST(to_regclass('shunter_schema') AS oid)")


class OnServer:
    """`to_act`: no other process may act on it meanwhile (`StoreTaken`).

    Writers take turns, as they do in a file: so none of them ever has to be repeated.
    """

    def __init__(self, server: Server, *, to_act: bool) -> None:
        self.where = str(server)
        self.turn: AbstractContextManager[object] = nullcontext()
        self._server = server
        self._lease = Lease(server) if to_act else None
        self._identity: Any = None

    def open(self) -> Engine:
        self._identity = None
        if self._lease is not None:
            self._lease.take()
        return create_engine(
            "postgresql+psycopg://", creator=lambda: connected(self._server), pool_pre_ping=True, hide_parameters=True
        )

    def insist(self) -> None:
        """Asked within the transaction."""

    def begin(self, connection: Connection, *, writes: bool, lasts: bool) -> None:
        connection.execution_options(isolation_level="READ COMMITTED" if writes else "REPEATABLE READ")
        if writes:
            connection.execute(_BEGIN_WRITING, {"commit": "on" if lasts else "off"})
        if writes and self._lease is not None:
            self._lease.insist(connection)
        self._insist_on_tables(connection)

    def explained(self, error: DBAPIError | sqlite3.Error) -> StoreError | None:
        failed = explained_by_server(self.where, error)
        if isinstance(failed, StoreAway) and self._lease is not None:
            self._lease.doubt()
        return failed

    def given_up(self, lost: StoreLost) -> StoreLost:
        return lost

    def keep_copy(self, of: str) -> None:
        """Its administrator's tools do that, before a new version is installed."""

    def close(self) -> None:
        if self._lease is not None:
            self._lease.give()

    def _insist_on_tables(self, connection: Connection) -> None:
        """A database that was made anew, or restored, has the same name and is another one."""
        found = connection.scalar(_IDENTITY)
        if self._identity is not None and found != self._identity:
            why = "its tables were deleted or replaced while Shunter used them"
            raise StoreLost(self.where, why, "What is there then is opened by the next run, and filled again.")
        self._identity = found
