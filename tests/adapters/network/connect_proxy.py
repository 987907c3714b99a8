"""A proxy that tunnels: it knows some hosts by name, and notes what it was asked for and told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = "127.0.0.1"


@dataclass
class Proxy:
    """`hosts` are the ports here behind the names that it knows; `refuses` is the status with which it says no."""

    hosts: Mapping[str, int]
    refuses: int = 0
    url: str = ""
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@contextmanager
def connect_proxy(hosts: Mapping[str, int]) -> Iterator[Proxy]:
    proxy = Proxy(hosts)
    server = ThreadingHTTPServer((HERE, 0), type("Tunnelling", (_Tunnel,), {"proxy": proxy}))
    server.daemon_threads = True
    proxy.url = f"http://{HERE}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Tunnel(BaseHTTPRequestHandler):
    proxy: Proxy

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        self.proxy.asked.append(self.path)
        self.proxy.told.append(str(self.headers))
        if self.proxy.refuses or host not in self.proxy.hosts:
            self.send_error(self.proxy.refuses or 502)
            return
        with socket.create_connection((HERE, self.proxy.hosts[host])) as server:
            self.send_response(200, "Connection established")
            self.end_headers()
            back = threading.Thread(target=_pass_on, args=(server, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, server)
            back.join()
        self.close_connection = True

    def do_GET(self) -> None:
        """What is not tunnelled would be readable here."""
        self.proxy.asked.append(self.path)
        self.proxy.told.append(str(self.headers))
        self.send_error(501)

    def do_POST(self) -> None:
        self.do_GET()

    def do_PATCH(self) -> None:
        self.do_GET()

    def do_OPTIONS(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
