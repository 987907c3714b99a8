"""The answers: few, short, and the same for everybody whom they concern."""

from __future__ import annotations

from werkzeug import Response

AGAIN_AFTER = "10"


def answer(status: int, words: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"{words}\n", status, headers=named, mimetype="text/plain")


def not_now() -> Response:
    """The one refusal after which the sender tries again, and holds nothing against us."""
    return answer(503, "Not now.", Retry_After=AGAIN_AFTER)


def not_signed_in() -> Response:
    """Whatever was wrong with the password."""
    return answer(401, "Not signed in.", WWW_Authenticate='Basic realm="hooks", charset="UTF-8"')
