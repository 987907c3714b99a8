"""JSON, strictly: UTF-8, each key of an object once, and no number that is none."""

from __future__ import annotations

import json
from math import isfinite
from typing import NoReturn


def strict_json(body: bytes) -> object:
    """ValueError for what two readers could understand differently, RecursionError for what is nested too deeply."""
    return _DECODER.decode(body.decode())


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number is larger than any that can be held")
    return number


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_no_number)
