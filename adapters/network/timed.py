"""A time for the whole answer: a server that sends a byte now and then is given up, however lively it looks."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPResponse
from threading import Lock
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

Pools = Mapping[str, type[HTTPConnectionPool]]


class TimedAdapter(HTTPAdapter):
    """The time-outs of `requests` are for each piece that arrives; `seconds` is for all of them, headers included."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._awaited = _Awaited()
        self._pools = _pools(seconds, monotonic, self._awaited)
        super().__init__()

    def hang_up(self) -> None:
        """Answers that are waited for come to an end as if the server had broken off. Any thread may say so."""
        self._awaited.break_off()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


class _Awaited:
    """The sockets on which answers are, or were, waited for, as long as anybody has them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def add(self, sock: socket.socket) -> None:
        with self._lock:
            self._sockets.add(sock)

    def break_off(self) -> None:
        """Not as TLS would say good-bye: another thread reads there."""
        with self._lock:
            for sock in tuple(self._sockets):
                with suppress(OSError):
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _pools(seconds: float, monotonic: Callable[[], float], awaited: _Awaited) -> Pools:
    class Answer(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            awaited.add(sock)
            super().__init__(_Until(sock, monotonic() + seconds, monotonic), *args, **kwargs)  # type: ignore[arg-type]

    class Plain(HTTPConnection):
        response_class = Answer

    class Secure(HTTPSConnection):
        response_class = Answer

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Until:
    """A socket as http.client asks for it: something that makes a file to read from."""

    def __init__(self, sock: socket.socket, until: float, monotonic: Callable[[], float]) -> None:
        self._sock, self._until, self._monotonic = sock, until, monotonic

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._until, self._monotonic))


class _Reader(io.RawIOBase):
    """Waits for the next piece as long as the socket would, and never past `until`."""

    def __init__(self, sock: socket.socket, until: float, monotonic: Callable[[], float]) -> None:
        self._sock, self._until, self._monotonic = sock, until, monotonic
        self._patience = sock.gettimeout()
        self._file = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - self._monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left if self._patience is None else min(left, self._patience))
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()
