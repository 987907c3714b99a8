"""A server: where a PostgreSQL is, and as whom Shunter speaks to it."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.configuration.plain_url import is_loopback
from adapters.configuration.secret import Secret


@dataclass(frozen=True, slots=True)
class Server:
    """`host` is a name, an address, or the folder of its socket. `password` is None where it asks for none.

    `ca_file`: the certificates of those who may vouch for it; empty: the public authorities.
    """

    host: str
    port: int
    user: str
    database: str
    password: Secret | None = None
    ca_file: str = ""

    @property
    def is_socket(self) -> bool:
        return self.host.startswith("/")

    @property
    def must_prove_itself(self) -> bool:
        """By a certificate: everything that leaves this machine is encrypted, and goes to whom it is meant for."""
        return not self.is_socket and (bool(self.ca_file) or not is_loopback(self.host))

    def __str__(self) -> str:
        where = f"{self.host}:{self.port}" if not self.is_socket else self.host
        return f"{self.database} on {where}"
