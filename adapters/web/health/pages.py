"""The pages: two that say yes or no to what keeps Shunter running, and the numbers for what watches it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from wsgiref.types import StartResponse, WSGIEnvironment

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from werkzeug import Request, Response

from adapters.readable import readable
from adapters.redaction import redacted
from adapters.web.answer import answer
from adapters.web.security_headers import SECURITY_HEADERS

ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
Why = Callable[[], Sequence[str]]
"""Why not, in words; nothing where all is well."""


class HealthPages:
    """A WSGI application that tells everybody the same, and changes nothing."""

    def __init__(self, why_hung: Why, why_not_ready: Why, registry: CollectorRegistry) -> None:
        self._pages: dict[str, Callable[[Request], Response]] = {
            ALIVE: lambda _: _verdict("alive", why_hung()),
            READY: lambda _: _verdict("ready", why_not_ready()),
            METRICS: lambda request: _numbers(registry, request),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = self._answered(Request(environ))
        response.headers.update(SECURITY_HEADERS)
        return response(environ, start_response)

    def _answered(self, request: Request) -> Response:
        page = self._pages.get(request.path)
        if page is None:
            return answer(404, f"There is {ALIVE}, {READY} and {METRICS}.")
        if request.method not in ("GET", "HEAD"):
            return answer(405, "Only GET and HEAD are answered.", Allow="GET, HEAD")
        return page(request)


def _verdict(what: str, why: Sequence[str]) -> Response:
    told = {what: not why, "why": [readable(redacted(words)) for words in why]}
    return Response(f"{json.dumps(told)}\n", 503 if why else 200, mimetype="application/json")


def _numbers(registry: CollectorRegistry, request: Request) -> Response:
    try:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    except (TypeError, ValueError):  # of a version that is none
        encode, content_type = choose_encoder("")
    return Response(encode(registry), content_type=content_type)
