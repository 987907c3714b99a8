"""Whole characters: what JSON can spell and no text can hold, half of a pair of surrogates, is replaced at the door."""

from __future__ import annotations

import re

_MAY_BE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPED = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_UNKNOWN = rb"\ufffd"


def whole_characters(body: bytes) -> bytes:
    """JSON as it came, with the sign for an unknown character where one was cut in half."""
    if not _MAY_BE_HALF.search(body):
        return body
    return _ESCAPED.sub(lambda found: _UNKNOWN if found[1] else found[0], body)
