"""The embedded Azure DevOps on a port of this machine: HTTP/1.1, connections kept alive."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from io import BytesIO, StringIO
from threading import Lock, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

from werkzeug.test import run_wsgi_app

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import NoAnswer

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@contextmanager
def served(azure: Azure, *, port: int = 0) -> Iterator[str]:
    """Gives the address of the organisation; `port` 0 takes any free one. Ends every connection on leaving."""
    server = _Server(azure, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    azure.organisation.address = f"http://127.0.0.1:{server.server_port}/{azure.organisation.name}"
    try:
        yield azure.organisation.address
    finally:
        server.shutdown()
        server.end_connections()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, azure: Azure, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.azure = azure
        self.base_environ = {
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server_port),
            "SCRIPT_NAME": "",
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REMOTE_HOST": "",
            "CONTENT_LENGTH": "",
        }
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    def server_bind(self) -> None:
        """Without asking for the name of this host, which can take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        with self._lock:
            for connection in self._open:
                # One that its own thread is breaking off at this moment may be closed already.
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 20
    server: _Server

    def handle(self) -> None:
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def handle_one_request(self) -> None:
        try:
            self.raw_requestline = self.rfile.readline(65_537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            self._answer()
        except NoAnswer:
            self._stay_silent()
        except ConnectionError:
            self._break_off()

    def log_message(self, *_: object) -> None:
        """The journal tells what was asked."""

    def _answer(self) -> None:
        environ = self.get_environ() | self._of_http(self._body())
        body, status, headers = run_wsgi_app(self.server.azure, environ, buffered=True)
        content = b"".join(body)
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        self.wfile.write(head + (b"" if self.command == "HEAD" else content))
        self.wfile.flush()

    def _of_http(self, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_URI": self.path,
            "REMOTE_PORT": str(self.client_address[1]),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.input_terminated": True,
            "wsgi.errors": StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass

    def _stay_silent(self) -> None:
        """Until the client has had enough, or the server stops."""
        self.close_connection = True
        try:
            self.connection.recv(1)
        except OSError:
            return

    def _break_off(self) -> None:
        """With a reset, as a broken network does; an orderly close would look like an empty answer."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.connection.close()
