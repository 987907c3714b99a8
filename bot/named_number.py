"""The release number that a name spells somewhere: `Release-5.2.16.0`, `dcc_5.2.16_20261130.1`."""

from __future__ import annotations

import re

from bot.number import Number, read_number

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+){2,3}(?!\d|\.\d)", re.ASCII)


def named_number(text: str) -> Number | None:
    """None where there is none, and where there are several: which of them is meant is never guessed at."""
    found = {read_number(spelt) for spelt in _NUMBER.findall(text)}
    return found.pop() if len(found) == 1 else None
