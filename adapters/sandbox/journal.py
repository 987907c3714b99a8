"""What was asked of the server and what it answered: for counting requests and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """`path` and `query` as sent; `status` 0: the connection ended without an answer. Sizes are of bodies.

    `connection` tells requests apart that came over different ones: the client's port; 0 without a socket.
    """

    operation: str
    method: str
    path: str
    query: str
    sign_in: str
    status: int
    bytes_in: int
    bytes_out: int
    at: datetime
    fault: bool = False
    connection: int = 0
