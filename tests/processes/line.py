"""The line between one process and the server: whoever watches it may cut it, hold it or slow it at any moment."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from tests.processes.message import Message, read_message

HERE = "127.0.0.1"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Moment(Enum):
    """How far a request has come. Each is the last before which whatever is done then cannot be undone."""

    ARRIVED = "arrived, not applied"
    APPLIED = "applied, not answered"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Passing:
    """A request on the line: the how-maniest of this process it is, and how far it has come."""

    number: int
    operation: str
    is_write: bool
    moment: Moment


class Cut(ConnectionError):
    """Raised by a watcher: the line is cut at this moment, with a reset."""


Watcher = Callable[[Passing], object]
Deliver = Callable[[socket.socket, bytes], None]


class Line:
    """The process connects to `port`. `watchers` are called in the thread of the connection, and may take their time.

    `deliver`: how answers are sent; a new one holds for the answers from then on.
    """

    def __init__(self, upstream: int) -> None:
        self.watchers: list[Watcher] = []
        self.deliver: Deliver = plainly
        self.port = 0
        self.requests = 0
        self._upstream = upstream
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listening: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}"

    def up(self) -> None:
        """Again on the same port, where it was up before."""
        listening = socket.create_server((HERE, self.port), backlog=64)
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._start(self._accept, listening)

    def down(self) -> None:
        """Every connection is broken off, and a new one is refused."""
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self.down()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "a connection of the line did not end"

    def _start(self, target: Callable[[socket.socket], None], connection: socket.socket) -> None:
        thread = threading.Thread(target=target, args=(connection,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            self._start(self._connected, connection)

    def _connected(self, client: socket.socket) -> None:
        with ExitStack() as stack:
            stack.enter_context(client)
            server = stack.enter_context(socket.create_connection((HERE, self._upstream)))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open |= {client, server}
            try:
                self._pass_on(client, server)
            except OSError:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            finally:
                with self._lock:
                    self._open -= {client, server}

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with client.makefile("rb") as asked, server.makefile("rb") as answered:
            while (request := read_message(asked)) is not None:
                with self._lock:
                    self.requests += 1
                    number = self.requests
                self._tell(number, request, Moment.ARRIVED)
                server.sendall(request.bytes)
                answer = read_message(answered)
                if answer is None:
                    raise Cut("the server has broken off")
                self._tell(number, request, Moment.APPLIED)
                self.deliver(client, answer.bytes)
                self._tell(number, request, Moment.ANSWERED)

    def _tell(self, number: int, request: Message, moment: Moment) -> None:
        passing = Passing(number, request.operation, request.is_write, moment)
        for watcher in tuple(self.watchers):
            watcher(passing)


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """To the server at this address; it is up until the block is left."""
    line = Line(urlsplit(url).port or 0)
    line.up()
    try:
        yield line
    finally:
        line.end()


def plainly(client: socket.socket, answer: bytes) -> None:
    client.sendall(answer)


def half_then_a_reset(client: socket.socket, answer: bytes) -> None:
    client.sendall(answer[: len(answer) // 2])
    raise Cut("in the middle of an answer")


def half_then_silence(client: socket.socket, answer: bytes) -> None:
    """Until the process has had enough."""
    client.sendall(answer[: len(answer) // 2])
    client.recv(1)
    raise Cut("after the silence")


def slowly(client: socket.socket, answer: bytes) -> None:
    """In twenty pieces, over a second."""
    piece = len(answer) // 20 + 1
    for start in range(0, len(answer), piece):
        client.sendall(answer[start : start + piece])
        time.sleep(0.05)
