"""The embedded Azure DevOps as a transport of `requests`, without a socket."""

from __future__ import annotations

from http.client import responses
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError
from urllib3.response import HTTPResponse

from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.faults import NoAnswer, Reset, Unreachable
from adapters.sandbox.wire import call_of


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
            answer, headers = self._azure.answer_to(_call(request, self._azure.organisation.name))
        except Unreachable as error:
            raise _never_connected(request, error) from error
        except Reset as error:
            aborted = ProtocolError("Connection aborted.", error)
            raise requests.ConnectionError(aborted, request=request) from error
        except NoAnswer as error:
            raise requests.ReadTimeout(f"Read timed out. (read timeout={timeout})", request=request) from error
        raw = HTTPResponse(
            BytesIO(answer.body),
            HTTPHeaderDict(headers, **{"Content-Length": str(len(answer.body))}),
            answer.status,
            reason=responses.get(answer.status),
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _call(request: requests.PreparedRequest, organisation: str) -> Call:
    target = urlsplit(request.url or "")
    content = _content(request.body)
    sent = {name.lower(): _text(value) for name, value in request.headers.items()}
    return call_of(
        request.method or "",
        target.path,
        target.query,
        headers=sent | {"host": target.netloc, "content-length": str(len(content))},
        body=content,
        host=f"{target.scheme}://{target.netloc}",
        organisation=organisation,
    )


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
