"""Vetting: an answer of Azure DevOps counts only if it is 200 or 201 and JSON; any other is a failure by name."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Mapping
from typing import NoReturn

import requests
import urllib3

from adapters.azure_devops.answers import Declined, SignedOut, Throttled, TooLarge, Unreachable, Unreadable
from adapters.azure_devops.node import Json
from adapters.azure_devops.pace import retry_after
from adapters.network.strict_json import strict_json
from adapters.network.whole_body import TooMuch, TooSlow, Unusable, whole_body
from adapters.network.whole_characters import whole_characters
from adapters.redaction import redacted

BODY_LIMIT = 64 * 1024 * 1024
BODY_SECONDS = 35.0
"""A whole body has to be here by then; with the time-outs of the gateway one request takes at most 100 s."""
WORDS = 500
SAFE = frozenset({"GET", "OPTIONS", "HEAD"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_TOO_MANY_REVISIONS = re.compile(r"only work items with up to [\d,.]+ revisions")
_LOST_RACE = re.compile(r"TF26071|VS403351")
"""Somebody was faster; and the revision is not the one that was named. For both only the words are known."""


def vet(response: requests.Response, attempted: str, monotonic: Callable[[], float] = time.monotonic) -> Json:
    """The JSON of a good answer. The body is read here, whole, and left on `response` for whoever reads it next."""
    body = _body(response, attempted, monotonic)
    # The SDK parses the body again, and stumbles over the byte order mark that some answers of ADO carry.
    response.raw = io.BytesIO(body)
    if response.status_code not in (200, 201):
        _decline(response, body, attempted)
    kind = response.headers.get("Content-Type", "").lower()
    if "html" in kind:
        raise _signed_out(response, attempted, "a web page came instead of data")
    if "json" not in kind:
        what = _words(kind) or "of no named type"
        raise Unreadable(attempted, f"the answer is {what}, not JSON", activity_id=activity_id(response))
    return _parsed(body, response, attempted)


def _parsed(body: bytes, response: requests.Response, attempted: str) -> Json:
    try:
        return strict_json(body)
    except (ValueError, RecursionError):
        raise Unreadable(attempted, "the answer is cut off or not JSON", activity_id=activity_id(response)) from None


def _body(response: requests.Response, attempted: str, monotonic: Callable[[], float]) -> bytes:
    try:
        body = whole_body(response, BODY_LIMIT, BODY_SECONDS, monotonic)
    except TooMuch as error:
        raise TooLarge(attempted, f"the answer {error}", activity_id=activity_id(response)) from None
    except TooSlow as error:
        raise _broken_off(response, attempted, f"the answer {error}") from None
    except Unusable as error:
        raise Unreadable(attempted, f"the answer {error}", activity_id=activity_id(response)) from None
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _broken_off(response, attempted, f"the answer broke off ({type(error).__name__})") from None
    return whole_characters(body.removeprefix(b"\xef\xbb\xbf"))


def _broken_off(response: requests.Response, attempted: str, why: str) -> Unreachable:
    return Unreachable(attempted, why, may_have_arrived=_is_write(response), activity_id=activity_id(response))


def _decline(response: requests.Response, body: bytes, attempted: str) -> NoReturn:
    status, id = response.status_code, activity_id(response)
    if status == 429:
        raise Throttled(attempted, "throttled", retry_after=retry_after(response.headers), activity_id=id)
    raise failure(status, _error(body), attempted, is_write=_is_write(response), activity_id=id)


def failure(
    status: int, error: Mapping[str, Json], attempted: str, *, is_write: bool, activity_id: str = ""
) -> SignedOut | Unreachable | Declined:
    """What an answer other than 200, 201 and 429 means, by its status and the error in its body."""
    message = _words(error.get("message")) or f"answered {status} without a reason"
    if status in (203, 401) or 300 <= status < 400:
        why = message if _words(error.get("message")) else f"{message}: the token is wrong, has ended, or lacks a scope"
        return SignedOut(attempted, f"signed out: {why}", status=status, activity_id=activity_id)
    is_decided = _TOO_MANY_REVISIONS.search(message) or is_lost_race(message)
    if (status >= 500 or status == 408) and not is_decided:
        return Unreachable(attempted, f"{status}: {message}", may_have_arrived=is_write, activity_id=activity_id)
    return Declined(
        attempted,
        status=status,
        message=message,
        type_key=_words(error.get("typeKey")),
        error_code=_number(error.get("errorCode")),
        activity_id=activity_id,
    )


def is_lost_race(message: str) -> bool:
    return _LOST_RACE.search(message) is not None


def _error(body: bytes) -> Mapping[str, Json]:
    """The error of a body of either shape; model binding and parts of a batch use the second."""
    try:
        return error_in(strict_json(body))
    except (ValueError, RecursionError):
        return {}


def error_in(parsed: Json) -> Mapping[str, Json]:
    if not isinstance(parsed, dict):
        return {}
    inner = parsed.get("value")
    if isinstance(inner, dict) and "message" not in parsed:
        return {"message": inner.get("Message", inner.get("message")), **inner}
    return parsed


def _words(text: Json) -> str:
    """Text of the server, fit for one line of a log."""
    return _UNPRINTABLE.sub(" ", redacted(text)).strip()[:WORDS] if isinstance(text, str) else ""


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _is_write(response: requests.Response) -> bool:
    return response.request.method not in SAFE


def activity_id(response: requests.Response) -> str:
    return _words(response.headers.get("ActivityId", ""))


def _signed_out(response: requests.Response, attempted: str, why: str) -> SignedOut:
    return SignedOut(attempted, f"signed out: {why}", status=response.status_code, activity_id=activity_id(response))
