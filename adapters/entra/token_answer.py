"""The answer to a request for a token: the token, or in words why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from msal.exceptions import MsalError

from adapters.azure_devops.answers import SignedOut, Unreachable
from adapters.network.no_answer import why_no_answer
from adapters.redaction import redacted

ATTEMPTED = "signing in at Entra ID"
WORDS = 300
_PASSING = frozenset({"temporarily_unavailable", "server_error", "service_unavailable", "request_timeout"})


def token_of(ask: Callable[[], Mapping[str, Any] | None]) -> str:
    """MSAL tells most failures as a value and some as an error. SignedOut where another try cannot help."""
    try:
        answer = ask() or {}
    except requests.RequestException as error:
        raise Unreachable(ATTEMPTED, why_no_answer(error), may_have_arrived=False) from None
    except MsalError as error:
        raise Unreachable(ATTEMPTED, f"no usable answer ({_words(str(error))})", may_have_arrived=False) from None
    except (ValueError, KeyError):
        # MSAL's own words can quote what was sent.
        raise SignedOut(ATTEMPTED, "are sign_in.tenant and sign_in.authority right?", status=401) from None
    except (AttributeError, TypeError, RuntimeError) as error:
        # MSAL takes the shape of an answer for granted.
        raise Unreachable(ATTEMPTED, f"no usable answer ({type(error).__name__})", may_have_arrived=False) from None
    token = answer.get("access_token")
    if isinstance(token, str) and token:
        return token
    raise _refused(answer)


def _refused(answer: Mapping[str, Any]) -> SignedOut | Unreachable:
    error = _words(answer.get("error", "")) or "no token came"
    described = _words(answer.get("error_description", ""))
    why = f"{error}: {described}" if described else error
    if error in _PASSING:
        return Unreachable(ATTEMPTED, why, may_have_arrived=False)
    return SignedOut(ATTEMPTED, why, status=401)


def _words(text: object) -> str:
    """The first line of what the service says; correlation ids and times follow in others."""
    lines = redacted(str(text)).strip().splitlines()
    return "".join(c for c in lines[0] if c.isprintable())[:WORDS] if lines else ""
