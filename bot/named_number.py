"""The release number that a name spells somewhere: `Release-5.2.16.0`, `dcc_5.2.16_20261130.1`."""

from __future__ import annotations

import re

from bot.number import Number, read_number

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+){2,3}(?!\d|\.\d)", re.ASCII)


_NOT_IT = re.compile(
    r"(?<![a-z])(?:rc|alpha|beta|pre|preview|prerelease|snapshot|nightly|dev|draft|pr|rollback|revert)(?![a-z])",
    re.ASCII | re.IGNORECASE,
)
"""Words by which a run says that it is not the release whose number it bears."""


def named_number(text: str) -> Number | None:
    """None where there is none, and where there are several: which of them is meant is never guessed at; nor where it
    is said to be something else than the release, such as a preview of it, or its rollback."""
    if _NOT_IT.search(text):
        return None
    found = {read_number(spelt) for spelt in _NUMBER.findall(text)}
    return found.pop() if len(found) == 1 else None
