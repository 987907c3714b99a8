"""An endpoint of service hooks on this machine: it keeps what it gets and answers as it is told."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Endpoint:
    """`answers`: for the next posts, one each; after them it is always 200."""

    url: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def signed_in_as(self) -> list[str]:
        """`user:password` of each post."""
        return [b64decode(sent["authorization"].removeprefix("Basic ")).decode() for sent in self.headers]

    @property
    def told(self) -> list[str]:
        return [post["eventType"] for post in self.posts]


@contextmanager
def listening() -> Iterator[Endpoint]:
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            endpoint.posts.append(json.loads(body))
            endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(endpoint.answers.pop(0) if endpoint.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The endpoint keeps what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/hooks"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
