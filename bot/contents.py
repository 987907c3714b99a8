"""Contents: which fixes a release brings and contains, and what deploying it brings to an environment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.candidate_list import CandidateList
from bot.defect import Defect, Fix
from bot.number import Number

Fixes = frozenset[Fix]
NOTHING: Fixes = frozenset()


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of one party whose content is known, because a list of theirs was sealed.

    Membership is data: what was sealed, or `accepted` by name since, not what a version compares to. Only what
    came without any list (a baseline, a release that people raised `by_hand`) is told by the versions on the defects.
    """

    brought: Mapping[Number, Fixes] = field(default_factory=dict)
    by_version: tuple[Fix, ...] = ()
    floor: Number | None = None
    by_hand: frozenset[Number] = frozenset()
    accepted: Mapping[Number, Fixes] = field(default_factory=dict)

    @property
    def last_regular(self) -> Number | None:
        return max((number for number in self.brought if number.is_regular), default=None)

    @property
    def last_released(self) -> Number | None:
        """The last regular one, or what ran before any was known: the next has to be above it [M11]."""
        return max((n for n in (self.last_regular, self.floor) if n is not None), default=None)

    def contents(self, number: Number | None) -> Fixes:
        """Everything that a build of this number carries: what it brings, and what it is built on [M7.4]."""
        found: set[Fix] = set()
        while number is not None:
            found |= self.brings(number) if number in self.brought else self._up_to(number)
            number = self._base(number)
        return frozenset(found)

    def brings(self, number: Number) -> Fixes:
        """What it was agreed to bring, and what was found to be in it since."""
        return self.brought.get(number, NOTHING) | self.accepted.get(number, NOTHING)

    def with_release(self, number: Number, fixes: Fixes) -> Releases:
        """The same, and one release more: the draft."""
        return replace(self, brought={**self.brought, number: fixes})

    def _up_to(self, number: Number) -> Fixes:
        return self.brings(number) | {fix for fix in self.by_version if fix.number <= number}

    def _base(self, number: Number) -> Number | None:
        """The regular release before it; of an emergency, the number that it fixes [M12.8]."""
        if not number.is_regular:
            below = [n for n in self.brought if n.regular_base == number.regular_base and n < number]
            return max(below, default=number.regular_base)
        floor = () if self.floor is None else (self.floor,)
        return max((n for n in (*self.brought, *self.by_hand, *floor) if n.is_regular and n < number), default=None)


def releases_of(
    party: str,
    lists: Iterable[CandidateList],
    defects: Iterable[Defect],
    baselines: Iterable[Number],
    undelivered: Collection[tuple[Number, int]] = (),
    arrived: Iterable[Number] = (),
    accepted: Mapping[Number, Fixes] | None = None,
) -> Releases:
    """`defects` are the party's own; `baselines` what its environments ran before the first known deployment;
    `undelivered` the defects that a release promised and, by the party's own word, did not bring; `arrived` what
    was deployed somewhere, with a list or without."""
    brought: dict[Number, Fixes] = {}
    for sealed in lists:
        if sealed.party == party and sealed.is_sealed and sealed.number is not None:
            fixes = frozenset(e.fix for e in sealed.entries if (sealed.number, e.fix.defect) not in undelivered)
            brought[sealed.number] = brought.get(sealed.number, NOTHING) | fixes
    versions = (Fix(d.id, d.version) for d in defects if d.version is not None)
    by_version = tuple(fix for fix in versions if (fix.number, fix.defect) not in undelivered)
    by_hand = frozenset(arrived) - brought.keys()
    return Releases(brought, by_version, max(baselines, default=None), by_hand, accepted or {})


def latest_of_each(fixes: Iterable[Fix]) -> Fixes:
    """One fix a defect, its newest: a note names a defect that was fixed twice once."""
    ordered = sorted(fixes)
    superseded = {first for first, second in pairwise(ordered) if first.defect == second.defect}
    return frozenset(ordered) - superseded
