"""A connection to a server: encrypted where it leaves the machine, bounded in every wait, by these settings alone."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from adapters.configuration.secret import Secret
from adapters.store.server import Server
from adapters.store.this_process import this_process

_WAITS = {
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    # A process that stands still in the middle of its transaction keeps nobody else waiting for ever.
    "idle_in_transaction_session_timeout": "60s",
    "idle_session_timeout": "0",
}
_NETWORK = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
# What libpq would else take from the environment, or from files in somebody's home.
_NOT_ASKED = {"hostaddr": "", "passfile": f"{os.devnull}/none", "gssencmode": "disable"}
LONGEST_NAME = 63


def connected(server: Server) -> psycopg.Connection[Any]:
    """`psycopg.Error` where it cannot be. A password that was replaced meanwhile is read anew."""
    try:
        return _connected(server)
    except psycopg.OperationalError:
        if server.password is None or not server.password.renew():
            raise
        return _connected(server)


def settings_of(server: Server) -> dict[str, Any]:
    """Without the password."""
    return {
        "host": server.host,
        "port": server.port,
        "user": server.user,
        "dbname": server.database,
        "application_name": f"shunter, {this_process()}"[:LONGEST_NAME],
        "options": " ".join(f"-c {name}={wait}" for name, wait in _WAITS.items()),
        **_NETWORK,
        **_NOT_ASKED,
        **_trust(server),
    }


def _trust(server: Server) -> dict[str, str]:
    if not server.must_prove_itself:
        return {"sslmode": "disable" if server.is_socket else "prefer"}
    return {"sslmode": "verify-full", "sslrootcert": server.ca_file or DEFAULT_CA_BUNDLE_PATH, "sslcrl": ""}


def _connected(server: Server) -> psycopg.Connection[Any]:
    password: Secret | None = server.password
    # Prepared statements would outlive a failover behind a proxy of connections, and a change of the tables.
    return psycopg.connect(
        **settings_of(server), password=password.reveal() if password else "", prepare_threshold=None
    )
