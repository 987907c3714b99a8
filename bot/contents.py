"""Contents: which fixes a release brings and contains, and what deploying it brings to an environment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from bot.candidate_list import CandidateList
from bot.defect import Defect, Fix
from bot.number import Number, ReleaseType

Fixes = frozenset[Fix]
NOTHING: Fixes = frozenset()


@dataclass(frozen=True)
class Releases:
    """The releases of one party whose content is known, because a list of theirs was sealed.

    Membership is data: what was sealed, or `accepted` by name since, not what a version compares to. Only what
    came without any list (a baseline, a release that people raised `by_hand`) is told by the versions on the defects.
    `taken` are the numbers that were sealed or asked for, of releases that were given up too.
    """

    brought: Mapping[Number, Fixes] = field(default_factory=dict)
    by_version: tuple[Fix, ...] = ()
    floor: Number | None = None
    by_hand: frozenset[Number] = frozenset()
    accepted: Mapping[Number, Fixes] = field(default_factory=dict)
    arrived: Number | None = None
    taken: frozenset[Number] = frozenset()
    _known: dict[Number, Fixes] = field(default_factory=dict, repr=False, compare=False)

    def last_agreed(self, type_: ReleaseType) -> Number | None:
        """The last regular one that the next of this type has to be above [M11].

        A larger one is left aside while it has arrived nowhere: what is agreed for March does not end the patches
        of the weeks before.
        """
        return max((n for n in self.brought if n.is_regular and self._is_ahead_of(n, type_)), default=None)

    def last_released(self, type_: ReleaseType) -> Number | None:
        """The last agreed one, or what ran before any was known."""
        return max((n for n in (self.last_agreed(type_), self.floor) if n is not None), default=None)

    def can_be_next(self, number: Number) -> bool:
        """Above everything of its type that was released [M11]; what is agreed already is no next one."""
        last = self.last_released(number.type)
        return number not in self.brought and (last is None or number > last) and self.taken_above(number) is None

    def taken_above(self, number: Number) -> Number | None:
        """The last number that was taken, where this one is lower and was not taken before it: numbers increase."""
        if number in self.taken or not number.is_regular:
            return None
        above = (n for n in self.taken if n.is_regular and n > number and self._is_ahead_of(n, number.type))
        return max(above, default=None)

    def has_arrived(self, number: Number) -> bool:
        """Whether it, or a later one, has been deployed anywhere, whatever came of it."""
        return self.arrived is not None and number <= self.arrived

    def contents(self, number: Number | None) -> Fixes:
        """Everything that a build of this number carries: what it brings, and what it is built on [M7.4]."""
        if number is None:
            return NOTHING
        if number not in self._known:
            self._known[number] = self._carried_by(number)
        return self._known[number]

    def _carried_by(self, number: Number) -> Fixes:
        found: set[Fix] = set()
        below: Number | None = number
        while below is not None and below not in self._known:
            found |= self.brings(below) if below in self.brought else self._up_to(below)
            below = self._base(below)
        return self.contents(below).union(found)

    def brings(self, number: Number) -> Fixes:
        """What it was agreed to bring, and what was found to be in it since."""
        return self.brought.get(number, NOTHING) | self.accepted.get(number, NOTHING)

    def with_release(self, number: Number, fixes: Fixes) -> Releases:
        """The same, and one release more: the draft. It changes nothing of those below it."""
        below = {n: contents for n, contents in self._known.items() if n < number}
        return replace(self, brought={**self.brought, number: fixes}, _known=below)

    def _is_ahead_of(self, number: Number, type_: ReleaseType) -> bool:
        return not number.type.is_larger_than(type_) or self.has_arrived(number)

    def _up_to(self, number: Number) -> Fixes:
        return self.brings(number) | {fix for fix in self.by_version if fix.number <= number}

    def _base(self, number: Number) -> Number | None:
        """The regular release before it; of an emergency, the number that it fixes [M12.8]."""
        if not number.is_regular:
            below = [n for n in self.brought if n.regular_base == number.regular_base and n < number]
            return max(below, default=number.regular_base)
        place = bisect_left(self._line, number)
        return self._line[place - 1] if place else None

    @cached_property
    def _line(self) -> list[Number]:
        """The code line: the regular releases in order, and what ran before any was known."""
        regular = {n for n in (*self.brought, *self.by_hand) if n.is_regular}
        return sorted(regular if self.floor is None else regular | {self.floor})


def releases_of(
    party: str,
    lists: Iterable[CandidateList],
    defects: Iterable[Defect],
    baselines: Iterable[Number],
    undelivered: Collection[tuple[Number, int]] = (),
    deployed: Iterable[Number] = (),
    arrived: Iterable[Number] = (),
    accepted: Mapping[Number, Fixes] | None = None,
) -> Releases:
    """`defects` are the party's own; `baselines` what its environments ran before the first known deployment;
    `undelivered` the defects that a release promised and, by the party's own word, did not bring; `deployed` what
    has been deployed anywhere, whatever came of it, and `arrived` what stayed there, with a list or without."""
    brought: dict[Number, set[Fix]] = {}
    for sealed in lists:
        if sealed.party == party and sealed.is_sealed and sealed.number is not None:
            brought.setdefault(sealed.number, set()).update(entry.fix for entry in sealed.entries)
    delivered = {
        number: frozenset(fix for fix in fixes if (number, fix.defect) not in undelivered)
        for number, fixes in brought.items()
    }
    versions = (Fix(d.id, version) for d in defects if (version := d.version) is not None)
    return Releases(
        brought=delivered,
        by_version=tuple(fix for fix in versions if (fix.number, fix.defect) not in undelivered),
        floor=max(baselines, default=None),
        by_hand=frozenset(arrived) - delivered.keys(),
        accepted=accepted or {},
        arrived=max((n for n in deployed if n.is_regular), default=None),
    )


def latest_of_each(fixes: Iterable[Fix]) -> Fixes:
    """One fix a defect, its newest: a note names a defect that was fixed twice once."""
    ordered = sorted(fixes)
    superseded = {first for first, second in pairwise(ordered) if first.defect == second.defect}
    return frozenset(ordered) - superseded
