"""An answer in words: short, plain text, and harmless to a browser."""

from __future__ import annotations

from werkzeug import Response

from adapters.web.security_headers import SECURITY_HEADERS


def answer(status: int, words: str, **headers: str) -> Response:
    """A header is named with _ for each hyphen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"{words}\n", status, headers={**SECURITY_HEADERS, **named}, mimetype="text/plain")
