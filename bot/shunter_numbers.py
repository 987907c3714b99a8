"""Shunter's numbers: the next one of a type, where a party leaves the numbering of its releases to Shunter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.candidate_list import CandidateList
from bot.contents import Releases
from bot.number import Number, ReleaseType
from bot.rfc import Rfc


def taken_numbers(lists: Iterable[CandidateList], rfcs: Iterable[Rfc]) -> frozenset[Number]:
    """Of one party: what a list was sealed with, or an RFC asks or asked for. One that was withdrawn stays taken."""
    sealed = (c.number for c in lists if c.is_sealed)
    asked = (r.number for r in rfcs)
    return frozenset(number for number in (*sealed, *asked) if number is not None)


def next_number(
    type_: ReleaseType,
    taken: Iterable[Number],
    releases: Releases,
    *,
    ahead: Mapping[Number, datetime],
    window: datetime,
) -> Number:
    """The number after all that are taken and come before a release of this type in this window [M11].

    A larger release comes before once it has arrived somewhere, or when its own window is the earlier one: what
    is agreed for March takes no number from the patches of the weeks before.
    """
    counted = [
        number
        for number in taken
        if number.is_regular
        and (
            not number.type.is_larger_than(type_)
            or releases.has_arrived(number)
            or (number in ahead and ahead[number] <= window)
        )
    ]
    last = max([*counted, *([releases.floor] if releases.floor is not None else [])], default=None)
    if last is not None:
        return last.next(type_)
    first = Number(1)
    return first if type_ is ReleaseType.MAJOR else first.next(type_)
