"""Between WSGI and the server's own words: a request taken apart, an answer put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request, Response

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call

NOWHERE: tuple[str, ...] = ()


def read(environ: WSGIEnvironment, organisation: str) -> Call:
    request = Request(environ)
    return call_of(
        request.method,
        str(environ.get("REQUEST_URI") or quote(request.path)),
        request.query_string.decode("latin-1"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        host=request.host_url.rstrip("/"),
        organisation=organisation,
        connection=int(environ.get("REMOTE_PORT", 0)),
    )


def call_of(
    method: str,
    uri: str,
    query: str,
    *,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    organisation: str,
    connection: int = 0,
) -> Call:
    """The path is split before it is decoded, so that a name may hold a slash. Names of headers are in lower case."""
    target = urlsplit(uri)
    segments = tuple(unquote(segment) for segment in target.path.split("/") if segment)
    if not segments or segments[0].casefold() != organisation.casefold():
        scope, route = segments, NOWHERE
    else:
        scope, route = _around_apis(segments[1:])
    pairs = [(name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True)]
    return Call(
        method=method,
        path=target.path,
        scope=scope,
        route=route,
        query_string=query,
        query=dict(pairs),
        repeated=len(dict(pairs)) < len(pairs),
        headers=headers,
        body=body,
        base=f"{host}/{organisation}",
        connection=connection,
    )


def respond(
    answer: Answer, headers: Mapping[str, str], environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    response = Response(answer.body, status=answer.status, headers=dict(headers))
    if not answer.content_type:
        del response.headers["Content-Type"]
    return response(environ, start_response)


def no_such_route(call: Call) -> Answer:
    text = (
        f"The controller for path '{call.path}' was not found or does not implement IController."
        f" (The sandbox does not know {call.method} on this path.)"
    )
    return Answer(404, text.encode(), "text/plain; charset=utf-8", {"X-TFS-ServiceError": quote(text, safe="")})


def _around_apis(segments: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before `_apis`, and what after; no route at all without it."""
    for place, segment in enumerate(segments):
        if segment.lower() == "_apis":
            return segments[:place], ("_apis", *segments[place + 1 :])
    return segments, ()
