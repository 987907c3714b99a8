"""Settled numbers: those of a party's next releases that stand before any fix is looked at, and who wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.candidate_list import CandidateList, ListState
from bot.contents import Releases
from bot.defect import Defect
from bot.facts import Facts
from bot.number import REGULAR_TYPES, Number, ReleaseType
from bot.party import Numbers, Party
from bot.prospect import By, Settled, Windows, by_window, first_start
from bot.rfc import Rfc
from bot.shunter_numbers import next_number, taken_numbers


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the next numbers of one party rest on; `lists` and `rfcs` are the party's own, `ahead` as in `Prospect`, and
    `named` the types of which a resolved fix names a version that is still to come."""

    party: Party
    facts: Facts
    lists: Sequence[CandidateList]
    rfcs: Sequence[Rfc]
    releases: Releases
    windows: Windows
    ahead: Mapping[Number, datetime]
    rfc_of_list: Mapping[int, Rfc]
    named: frozenset[ReleaseType]

    def settled(self) -> Mapping[ReleaseType, Settled]:
        """In the order of their windows: what comes before has its number already. A person's choice counts most."""
        found: dict[ReleaseType, Settled] = {}
        for type_ in by_window(self.windows):
            number = self._chosen(type_) or self._announced(type_) or self._by_shunter(type_, found.values())
            if number is not None:
                found[type_] = number
        return found

    def _chosen(self, type_: ReleaseType) -> Settled | None:
        """What a person set as number on a list of the party that is still only proposed."""
        numbers = (c.chosen_number for c in self._proposed(type_))
        chosen = (n for n in numbers if n is not None and n.type is type_ and self.releases.can_be_next(n))
        return next((Settled(number, By.PERSON) for number in chosen), None)

    def _announced(self, type_: ReleaseType) -> Settled | None:
        """What the settings name for the first of the party's windows whose number is not agreed yet."""
        environments = (self.facts.programme.environments.get(e) for e in self.party.environments)
        dated = (d for e in environments if e is not None for d in e.dated if d.type is type_)
        ahead = sorted((d for d in dated if d.start > self.facts.now), key=lambda d: d.start)
        numbers = (d.numbers.get(self.party.name) for d in ahead)
        announced = (n for n in numbers if n is not None and self.releases.can_be_next(n))
        return next((Settled(number, By.SETTINGS) for number in announced), None)

    def _by_shunter(self, type_: ReleaseType, before: Iterable[Settled]) -> Settled | None:
        """None where nobody has asked for a release of this type: of bundled fixes Shunter makes no major one."""
        if self.party.numbers is not Numbers.SHUNTER:
            return None
        again = self._asked_again(type_)
        if again is None and type_ not in self.named | self._regular_types():
            return None
        number = again or next_number(
            type_,
            {*self._taken(), *(s.number for s in before)},
            self.releases,
            ahead={**self.ahead, **{s.number: first_start(self.windows, s.number.type) for s in before}},
            window=first_start(self.windows, type_),
        )
        return Settled(number, By.SHUNTER)

    def _regular_types(self) -> frozenset[ReleaseType]:
        environments = self.facts.programme.environments
        return frozenset(environments[name].regular_type for name in self.party.environments if name in environments)

    def _asked_again(self, type_: ReleaseType) -> Number | None:
        """What a list stands for whose RFC was rejected: the same build keeps its number [M12.9]."""
        rfcs = (self.rfc_of_list.get(c.id) for c in self._proposed(type_))
        numbers = (r.number for r in rfcs if r is not None and not r.is_over)
        return next((n for n in numbers if n is not None and n not in self.releases.brought), None)

    def _proposed(self, type_: ReleaseType) -> Iterable[CandidateList]:
        return (c for c in self.lists if c.type is type_ and c.state is ListState.PROPOSED)

    def _taken(self) -> frozenset[Number]:
        return taken_numbers(self.lists, self.rfcs)


def types_named(resolved: Iterable[Defect], releases: Releases) -> frozenset[ReleaseType]:
    """By the versions of resolved fixes, those of a release that is not agreed yet."""
    versions = (d.version for d in resolved if d.version is not None and d.version.is_regular)
    last = {type_: releases.last_released(type_) for type_ in REGULAR_TYPES}
    return frozenset(v.type for v in versions if (before := last[v.type]) is None or v > before)
