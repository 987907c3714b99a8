"""An object in strict JSON that is not deep: a body from a sender who may be anybody."""

from __future__ import annotations

from typing import Any

from adapters.network.strict_json import strict_json

DEEPEST = 20


class Misshapen(Exception):
    """The body is not such an object."""


def read_object(body: bytes) -> dict[str, Any]:
    try:
        read = strict_json(body)
    except (ValueError, RecursionError) as error:
        raise Misshapen from error
    if not isinstance(read, dict) or _is_deep(read):
        raise Misshapen
    return read


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
