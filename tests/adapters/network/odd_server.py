"""A server that answers every request in its own odd way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    write: Callable[[Handler], None]

    def do_GET(self) -> None:
        type(self).write(self)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        type(self).write(self)

    def do_OPTIONS(self) -> None:
        type(self).write(self)

    def log_message(self, *_: object) -> None:
        pass

    def says(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def odd_server(write: Callable[[Handler], None]) -> Iterator[str]:
    """Gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Odd", (Handler,), {"write": write}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
