"""Certificates of a made-up authority, and servers that show them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, TLSVersion
from threading import Thread
from typing import Any

import trustme
from werkzeug.serving import WSGIRequestHandler, make_server

HERE = "127.0.0.1"


class Authority:
    """`file` names it to whoever trusts it."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = folder / "trusted.pem"
        self._authority.cert_pem.write_to_path(self.file)

    def good(self, *names: str) -> SSLContext:
        return _shown(self._authority.issue_cert(*(names or (HERE,))))

    def for_another_host(self) -> SSLContext:
        return _shown(self._authority.issue_cert("another.example"))

    def expired(self) -> SSLContext:
        return self._valid_in(2020)

    def not_yet(self) -> SSLContext:
        return self._valid_in(2090)

    def _valid_in(self, year: int) -> SSLContext:
        first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        return _shown(self._authority.issue_cert(HERE, not_before=first, not_after=last))

    def signed_by_itself(self) -> SSLContext:
        return _shown(trustme.CA().issue_cert(HERE))

    def only(self, version: TLSVersion) -> SSLContext:
        context = self.good()
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            context.minimum_version = context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")  # else this machine refuses to speak it, for reasons of its own
        return context


def _shown(certificate: trustme.LeafCert) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_args: object) -> None:
        pass


@contextmanager
def secure_server(app: Any, context: SSLContext) -> Iterator[int]:
    """Gives the port on which `app` is served."""
    server = make_server(HERE, 0, app, threaded=True, request_handler=_Quiet, ssl_context=context)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
