"""Lists that are given page by page, whose next page is named in a header of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from adapters.sandbox.answer import Answer, of_list
from adapters.sandbox.call import Call

T = TypeVar("T")
TOKEN = "X-MS-ContinuationToken"  # noqa: S105 - the name of a header


def page_after(call: Call, found: Sequence[T], *, size: int, key: Callable[[T], int]) -> tuple[Sequence[T], str]:
    """The elements from the one whose key is the token of the call, and the token of the next page if there is one."""
    token = call.number("continuationToken")
    start = 0 if token is None else next((n for n, one in enumerate(found) if key(one) == token), len(found))
    rest = found[start + size : start + size + 1]
    return found[start : start + size], str(key(rest[0])) if rest else ""


def of_page(value: Sequence[Any], token: str) -> Answer:
    answer = of_list(value)
    return replace(answer, headers={TOKEN: token}) if token else answer
