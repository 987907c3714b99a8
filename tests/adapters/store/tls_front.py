"""A front of TLS: shows a certificate for a PostgreSQL that was built without, as its protocol has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from socket import create_connection, socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from ssl import SSLContext, SSLSocket
from threading import Thread

from tests.postgres import HERE

ASKED, AGREED = b"\0\0\0\x08\x04\xd2\x16\x2f", b"S"
"""https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST"""


@contextmanager
def fronted(port: int, shown: SSLContext) -> Iterator[int]:
    """The port at which it listens, for what listens at `port`."""

    class Front(BaseRequestHandler):
        def handle(self) -> None:
            if self.request.recv(len(ASKED)) != ASKED:
                return
            self.request.sendall(AGREED)
            try:
                outside = shown.wrap_socket(self.request, server_side=True)
            except OSError:
                return  # the other end does not believe it
            with outside, create_connection((HERE, port)) as inside:
                relay(outside, inside)

    with ThreadingTCPServer((HERE, 0), Front) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            serving.join()


def relay(outside: SSLSocket, inside: socket) -> None:
    while True:
        ready = [outside] if outside.pending() else select([outside, inside], [], [])[0]
        for one in ready:
            data = one.recv(65_536)
            if not data:
                return
            (inside if one is outside else outside).sendall(data)
