"""The passwords of the sender: any of those that hold now, as the subscription sends it."""

from __future__ import annotations

from collections.abc import Collection
from hmac import compare_digest

from werkzeug import Request

from adapters.configuration.secret import Secret

HEADER = "X-Shunter-Password"


def shows_one(request: Request, passwords: Collection[Secret]) -> bool:
    """By basic authentication, under whatever user name, or in the header."""
    sent = request.headers.get(HEADER, ""), _basic(request)
    return any(compare_digest(one.encode(), known.reveal().encode()) for one in sent for known in passwords)


def _basic(request: Request) -> str:
    authorization = request.authorization
    return (authorization.password or "") if authorization is not None and authorization.type == "basic" else ""
