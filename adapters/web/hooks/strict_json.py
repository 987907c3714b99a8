"""Strict JSON: an object that has one meaning, is not deep, and holds no number that is none."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

DEEPEST = 20


class Misshapen(Exception):
    """The body is not such an object."""


def read_object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(
            body.decode(), object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite_number
        )
    except (ValueError, RecursionError) as error:
        raise Misshapen from error
    if not isinstance(read, dict) or _is_deep(read):
        raise Misshapen
    return read


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return read


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite_number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number is too large")
    return number


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for container in level for inner in _within(container)]
    return bool(level)


def _within(container: object) -> list[object]:
    match container:
        case dict():
            inner: list[object] = list(container.values())
        case list():
            inner = container
        case _:
            inner = []
    return [one for one in inner if isinstance(one, dict | list)]
