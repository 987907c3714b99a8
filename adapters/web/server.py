"""The server: one port, HTTP/1.1, and a bound on everything that a sender could make large, long or slow."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.utilities import Error


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of a body and of all headers together, connections at a time, and how long a request may take to arrive.

    `patience`: seconds from its first byte to its last; also how long a connection may be idle.
    """

    body: int = 256 * 1024
    headers: int = 16 * 1024
    connections: int = 50
    patience: float = 5.0


BOUNDS = Bounds()


@contextmanager
def listening(application: WSGIApplication, address: str, port: int, bounds: Bounds = BOUNDS) -> Iterator[int]:
    """Gives the port: 0 takes any free one. On leaving, the port and every connection are closed at once.

    Raises OSError where the port cannot be had. A request comes to `application` when it is whole.
    """
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns of every sender that is refused
    server = _server(application, address, port, bounds)
    closing = Event()
    thread = Thread(target=_serve, args=(server, closing), name="web", daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        closing.set()
        server.pull_trigger()
        thread.join()
        server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(server.map)


def _server(application: WSGIApplication, address: str, port: int, bounds: Bounds) -> _Server:
    listener = _listener(address, port)
    settings = Adjustments(
        sockets=[listener],
        ident=None,
        connection_limit=bounds.connections + 2,  # the port and the server's own pipe count
        max_request_header_size=bounds.headers,
        max_request_body_size=bounds.body + 1,  # it refuses what is as large
        log_socket_errors=False,
        threads=2,
    )
    settings.channel_timeout = bounds.patience
    what = listener.family, listener.type, listener.proto, listener.getsockname()
    return _Server(application, {}, _sock=listener, adj=settings, sockinfo=what, bind_socket=False)


def _listener(address: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET, backlog=128
        )
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise OSError(error.errno, f"nothing can listen on {address}, port {port}: {why}") from error


def _serve(server: _Server, closing: Event) -> None:
    while not closing.is_set():
        server.maintenance(time.time())
        wasyncore.loop(server.adj.channel_timeout / 5, use_poll=True, map=server.map, count=1)


class _Parser(HTTPRequestParser):
    """Refuses what two servers in a row could read as two different requests."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # a length of thousands of digits
            raise ParsingError("Content-Length is invalid") from error
        # Waitress takes the coding off the headers when it goes by it: one that is left is of HTTP/1.0.
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Its length is not clear")


class _TooSlow(Error):
    code = 408
    reason = "Request Timeout"


class _Channel(HTTPChannel):
    """One connection. Waitress by itself only ends those that are idle, not those that trickle.

    `began`: when the first byte of the request under way came, by the clock that nobody sets.
    """

    parser_class = _Parser
    request: Any
    began = 0.0

    def received(self, data: bytes) -> bool:
        before = self.request
        is_taken = super().received(data)
        if self.request is not before:
            self.began = time.monotonic()
        return bool(is_taken)

    def lose_patience(self, cutoff: float) -> None:
        with self.requests_lock:
            late = self.request
            if late is None or self.requests or self.began > cutoff:
                return
            late.error, late.completed = _TooSlow("It did not arrive in time"), True
            self.request = None
            self.requests.append(late)
        self.server.add_task(self)


class _Server(TcpWSGIServer):
    channel_class = _Channel

    @property
    def map(self) -> dict[int, Any]:
        """All sockets that the loop looks after."""
        found: dict[int, Any] = self._map
        return found

    def maintenance(self, now: float) -> None:
        """As waitress has it, over a copy: a thread that answers takes its connection out meanwhile."""
        for channel in list(self.active_channels.values()):
            channel.lose_patience(time.monotonic() - self.adj.channel_timeout)
            if not channel.requests and channel.last_activity < now - self.adj.channel_timeout:
                channel.will_close = True
