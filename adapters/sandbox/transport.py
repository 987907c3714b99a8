"""The embedded Azure DevOps as a transport of `requests`, without a socket."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError
from urllib3.response import HTTPResponse
from werkzeug.test import run_wsgi_app

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import NoAnswer, Reset, Unreachable


class InProcess(HTTPAdapter):
    """Mount it on a session: `session.mount("http://sandbox", InProcess(azure))`."""

    def __init__(self, azure: Azure) -> None:
        super().__init__()
        self._azure = azure

    def send(
        self, request: requests.PreparedRequest, *_: Any, timeout: Any = None, **_others: Any
    ) -> requests.Response:
        """Streaming, certificates and proxies mean nothing here."""
        try:
            body, status, headers = run_wsgi_app(self._azure, _environ(request), buffered=True)
        except Unreachable as error:
            raise _never_connected(request, error) from error
        except Reset as error:
            aborted = ProtocolError("Connection aborted.", error)
            raise requests.ConnectionError(aborted, request=request) from error
        except NoAnswer as error:
            raise requests.ReadTimeout(f"Read timed out. (read timeout={timeout})", request=request) from error
        content = b"".join(body)
        code, reason = status.split(" ", 1)
        raw = HTTPResponse(
            BytesIO(content),
            HTTPHeaderDict(headers),
            int(code),
            reason=reason,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    target = urlsplit(request.url or "")
    content = _content(request.body)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(target.path, "latin-1"),
        "QUERY_STRING": target.query,
        "REQUEST_URI": target.path + (f"?{target.query}" if target.query else ""),
        "SERVER_NAME": target.hostname,
        "SERVER_PORT": str(target.port or 80),
        "HTTP_HOST": target.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": str(request.headers.get("Content-Type", "")),
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": target.scheme,
        "wsgi.input": BytesIO(content),
        "wsgi.input_terminated": True,
        "wsgi.errors": StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    plain = {name.upper().replace("-", "_"): _text(value) for name, value in request.headers.items()}
    kept_apart = {"CONTENT_TYPE", "CONTENT_LENGTH", "HOST"}
    return environ | {f"HTTP_{name}": value for name, value in plain.items() if name not in kept_apart}


def _content(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _never_connected(request: requests.PreparedRequest, error: Unreachable) -> requests.ConnectionError:
    """Built as the real transport builds it, so that a client can see that nothing was sent."""
    pool: Any = None
    reason = NewConnectionError(pool, f"Failed to establish a new connection: {error!r}")
    return requests.ConnectionError(MaxRetryError(pool, request.url or "", reason), request=request)
