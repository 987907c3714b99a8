"""The acting lock: at most one process at a time acts on one database of a server."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy import Connection, text

from adapters.store.failures import StoreError, StoreTaken
from adapters.store.server import Server
from adapters.store.server_connection import connected
from adapters.store.server_failures import explained_by_server

KEYS = int.from_bytes(b"Shun")
_ACTING = 1
_HELD = f"locktype = 'advisory' AND classid = {KEYS} AND objid = {_ACTING} AND granted"
_TAKE = f"SELECT pg_try_advisory_lock({KEYS}, {_ACTING})"
_GIVE = f"SELECT pg_advisory_unlock({KEYS}, {_ACTING})"
_HOLDER = f"SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE {_HELD}"  # noqa: S608
_IS_OURS = text(f"SELECT count(*) FROM pg_locks WHERE {_HELD} AND pid = :pid")  # noqa: S608


class ActingLock:
    """Held by a connection of its own until that ends, however it ends."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: psycopg.Connection[Any] | None = None

    def take(self) -> None:
        """Again, where the connection was lost."""
        self.close()
        try:
            self._connection = connected(self._server)
            self._connection.autocommit = True
            is_ours = self._connection.execute(_TAKE).fetchone() == (True,)
            holder = None if is_ours else self._connection.execute(_HOLDER).fetchone()
        except psycopg.Error as error:
            failed = explained_by_server(str(self._server), error)
            if failed is None:
                raise
            raise failed from error
        if not is_ours:
            self.close()
            who = holder[0] if holder and holder[0] else "another process"
            remedy = "Stop that one first, or give this one a store of its own."
            raise StoreTaken(str(self._server), f"{who} acts on it already", remedy)

    def insist(self, connection: Connection) -> None:
        """Asked in the transaction that is to write: whoever lost the lock may not be the only one any more. That ends
        one transaction, and the next takes it again."""
        if self._connection is None:
            self.take()
        elif connection.scalar(_IS_OURS, {"pid": self._connection.info.backend_pid}) != 1:
            self.close()
            why = "the connection was lost by which Shunter alone acts on it"
            raise StoreError(str(self._server), why, "The next run takes it again, unless another process has.")

    def give(self) -> None:
        """At once, where the server still listens: it may take a while to notice a connection's end."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute(_GIVE)
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None
