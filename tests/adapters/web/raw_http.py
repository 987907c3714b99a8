"""Raw HTTP: bytes over a socket of this machine, as no well-behaved client would send them."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 10


@dataclass(frozen=True)
class Answer:
    """`head`: the lines of the answer before its body. All empty where the connection was closed without one."""

    status: int
    head: bytes = b""
    body: bytes = b""


def answer_to(port: int, parts: Iterable[bytes]) -> Answer:
    """Sends one part after the other, whatever comes of it, and reads until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        # A server that has heard enough closes: the rest cannot be sent, and what it said can still be read.
        with suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
        got = bytearray()
        with suppress(ConnectionError):
            while more := connection.recv(65_536):
                got += more
    head, _, body = bytes(got).partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]) if head else 0, head, body)


def request(body: bytes = b"{}", *lines: str, method: str = "POST", path: str = "/hooks", length: int = -1) -> bytes:
    """A request that asks for the connection to be closed; `length` is said in place of the true one."""
    head = [
        f"{method} {path} HTTP/1.1",
        "Host: shunter.example",
        "Connection: close",
        f"Content-Length: {len(body) if length < 0 else length}",
        *lines,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
