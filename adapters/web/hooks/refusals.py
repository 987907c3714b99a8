"""The refusals: few, short, and the same for everybody whom they concern."""

from __future__ import annotations

from werkzeug import Response

from adapters.web.answer import answer

AGAIN_AFTER = "10"


def not_now() -> Response:
    """The one refusal after which the sender tries again, and holds nothing against us."""
    return answer(503, "Not now.", Retry_After=AGAIN_AFTER)


def not_signed_in() -> Response:
    """Whatever was wrong with the password."""
    return answer(401, "Not signed in.", WWW_Authenticate='Basic realm="hooks", charset="UTF-8"')
