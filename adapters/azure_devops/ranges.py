"""Ranges of ids: what is too much for one query is asked for in parts, and none of it is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adapters.azure_devops.answers import Declined, Unreadable
from adapters.azure_devops.node import Node

LAST_ID = 2**31 - 1
"""No work item has a higher one."""
NARROWER, WIDER = 16, 4
NARROWEST = 100
MOST_REFUSALS = 100
"""Each of them took the server half a minute."""
_TOO_MUCH = re.compile(r"VS40233[57]")
"""A query ran longer than 30 s, or found more than 20,000 items."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one query gave: its answer, and the ids in it."""

    answer: Node
    ids: Sequence[int]


def in_ranges(ask: Callable[[int, int], Node], most: int) -> Iterator[Found]:
    """`ask` gives the ids above its first argument, up to its second, in their order, and at most `most` of them.

    A range that the server finds too much is narrowed, and the next one is tried wider again.
    """
    last, width, refusals = 0, LAST_ID, 0
    while last < LAST_ID:
        end = min(last + width, LAST_ID)
        try:
            answer = ask(last, end)
        except Declined as refusal:
            refusals += 1
            if width == NARROWEST or refusals > MOST_REFUSALS or not _TOO_MUCH.search(refusal.message):
                raise
            width = max(width // NARROWER, NARROWEST)
            continue
        ids = [node.number("id") for node in answer.nodes("workItems")]
        if any(after <= before for before, after in pairwise([last, *ids])):
            raise Unreadable(answer.asked, f"its ids do not go on from {last} in their order")
        yield Found(answer, ids)
        # A full page may have been cut short.
        last = ids[-1] if len(ids) >= most else end
        width = min(width * WIDER, LAST_ID)
