"""Pages that follow one another by the token in a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.node import Node

MOST = 200
"""Pages of one reading: more than any month has, so that a token that leads nowhere ends."""


def paged(ask: Callable[[str], Node]) -> Iterator[Node]:
    """Each as it is taken; the first with an empty token."""
    page = ask("")
    yield page
    seen = {""}
    while page.next_page:
        if page.next_page in seen or len(seen) == MOST:
            raise Unreadable(page.asked, f"its pages come to no end: page {len(seen)} names another one")
        seen.add(page.next_page)
        page = ask(page.next_page)
        yield page
