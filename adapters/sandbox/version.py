"""The version of the interface that a request names, in its Accept header or its query."""

from __future__ import annotations

import re

from adapters.sandbox.call import Call
from adapters.sandbox.problem import SERVICES, Problem
from adapters.sandbox.route import Route

RELEASED = (7, 1)
NEWEST = (7, 2)
OLDEST = (1, 0)

IN_ACCEPT = re.compile(r"api-version=([^;,\s]+)", re.IGNORECASE)
VERSION = re.compile(r"^(\d+)(?:\.(\d+))?(-preview(?:\.(\d+))?)?$")


def negotiated(call: Call, route: Route) -> str:
    """What the answer will say; a read that names none gets the newest that is released."""
    asked = call.query.get("api-version") or _accepted(call.headers.get("accept", ""))
    if asked:
        _check(asked, route)
        return asked
    if call.method != "GET":
        raise Problem(
            400,
            "VssVersionNotSpecifiedException",
            f'No api-version was supplied for the "{call.method}" request. The version must be supplied either'
            ' as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter'
            ' (e.g. "?api-version=1.0").',
            namespace=SERVICES,
        )
    return "7.1-preview" if route.preview_only else "7.1"


def _accepted(accept: str) -> str | None:
    found = IN_ACCEPT.search(accept)
    return found[1] if found else None


def _check(asked: str, route: Route) -> None:
    parts = VERSION.match(asked)
    version = (int(parts[1]), int(parts[2] or 0)) if parts else (0, 0)
    if parts is None or not OLDEST <= version <= NEWEST:
        raise _out_of_range(asked)
    if parts[3] is None and (route.preview_only or version > RELEASED):
        raise Problem(
            400,
            "VssInvalidPreviewVersionException",
            f'The requested version "{asked}" of the resource is under preview. The -preview flag must be'
            f' supplied in the api-version for such requests. For example: "{asked}-preview"',
            namespace=SERVICES,
        )
    if parts[4] is not None and int(parts[4]) > route.resource:
        raise _out_of_range(asked)


def _out_of_range(asked: str) -> Problem:
    return Problem(
        400,
        "VssVersionOutOfRangeException",
        f"The requested REST API version of {asked} is out of range for this server. The latest REST API"
        " version this server supports is 7.2.",
        namespace=SERVICES,
    )
