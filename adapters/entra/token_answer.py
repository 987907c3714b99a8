"""The answer to a request for a token: the token, or in words why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from msal.exceptions import MsalError

from adapters.azure_devops.answers import SignedOut, Unreachable
from adapters.network.no_answer import why_no_answer

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
        raise Unreachable(ATTEMPTED, f"no usable answer ({error})", may_have_arrived=False) from None
    except (ValueError, KeyError):
        # MSAL's own words can quote what was sent.
        raise SignedOut(ATTEMPTED, "are sign_in.tenant and sign_in.authority right?", status=401) from None
    token = answer.get("access_token")
    if isinstance(token, str) and token:
        return token
    raise _refused(answer)


def _refused(answer: Mapping[str, Any]) -> SignedOut | Unreachable:
    error = str(answer.get("error", "")) or "no token came"
    described = str(answer.get("error_description", "")).strip().splitlines()
    why = f"{error}: {described[0][:WORDS]}" if described else error
    if error in _PASSING:
        return Unreachable(ATTEMPTED, why, may_have_arrived=False)
    return SignedOut(ATTEMPTED, why, status=401)
