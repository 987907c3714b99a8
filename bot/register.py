"""The register: lists, RFCs and defects by what they are asked for, gone through once a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bot.candidate_list import CandidateList, Key, ListState
from bot.defect import Defect
from bot.facts import Facts
from bot.history import linked_when_sealed
from bot.known_issues import known_issues
from bot.number import Number
from bot.raised_for import lists_of_rfcs, rfcs_of_lists
from bot.rfc import Rfc, RfcState
from bot.second_lists import second_lists
from bot.second_rfcs import second_rfcs

Owned = TypeVar("Owned", CandidateList, Defect, Rfc)


@dataclass(frozen=True)
class Register:
    """The facts, with what stands where among them: by environment and party, by key, by the item it belongs to."""

    facts: Facts

    def open_lists(self, environment: str, party: str) -> list[CandidateList]:
        """The lists of this environment and party that are not closed, lowest id first."""
        return [c for c in self.lists_of(environment, party) if c.is_open]

    def lists_of(self, environment: str, party: str) -> list[CandidateList]:
        """All the lists there ever were of this environment and party, lowest id first."""
        return self._lists.get((environment, party), [])

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], list[CandidateList]]:
        found: dict[tuple[str, str], list[CandidateList]] = {}
        for _, c in sorted(self.facts.lists.items()):
            found.setdefault((c.environment, c.party), []).append(c)
        return found

    @cached_property
    def moved_by(self) -> Mapping[int, tuple[Defect, ...]]:
        """What each RFC brought to its testers."""
        return self.facts.moved_by()

    @cached_property
    def lists_of_party(self) -> Mapping[str, tuple[CandidateList, ...]]:
        """All the lists there ever were of each party, lowest id first."""
        return _by_party(self.facts.lists)

    @cached_property
    def rfcs_of_party(self) -> Mapping[str, tuple[Rfc, ...]]:
        return _by_party(self.facts.rfcs)

    @cached_property
    def list_of_rfc(self) -> Mapping[int, CandidateList]:
        """The list that each RFC stands for, where it stands for one."""
        return lists_of_rfcs(self.facts)

    def linked_when_sealed(self, rfc: Rfc) -> frozenset[int] | None:
        """To which fixes the RFC was linked when it got its seal; None where its history was not read."""
        return linked_when_sealed(rfc.seal, self.facts.histories.get(rfc.id, ()))

    @cached_property
    def rfc_of_list(self) -> Mapping[int, Rfc]:
        """The RFC of each list."""
        return rfcs_of_lists(self.facts, self.list_of_rfc)

    @cached_property
    def of_party(self) -> Mapping[str, tuple[Defect, ...]]:
        """Every defect and change request, whatever its state, by resolving party."""
        return _by_party(self.facts.defects)

    @cached_property
    def known_issues(self) -> Mapping[str, tuple[Defect, ...]]:
        return known_issues(self.facts.defects.values())

    def taken_numbers(self, environment: str, party: str) -> frozenset[Number]:
        """What an RFC has asked for here, whatever came of it: a changed build has a number of its own [M12.9].
        One that is not there any more may come back: its list keeps its number."""
        return self._taken.get((environment, party), frozenset())

    @cached_property
    def _taken(self) -> Mapping[tuple[str, str], frozenset[Number]]:
        taken: dict[tuple[str, str], set[Number]] = {}
        for rfc in self.facts.rfcs.values():
            if rfc.number is not None and rfc.is_live and (rfc.is_over or not rfc.is_by_hand):
                taken.setdefault((rfc.environment, rfc.party), set()).add(rfc.number)
        for c in self.facts.lists.values():
            if c.number is not None and self.has_lost_its_rfc(c):
                taken.setdefault((c.environment, c.party), set()).add(c.number)
        return {place: frozenset(numbers) for place, numbers in taken.items()}

    def has_lost_its_rfc(self, candidate_list: CandidateList) -> bool:
        """Whether one was raised for it that somebody has deleted, or that cannot be seen."""
        was_raised = candidate_list.state is ListState.RAISED or (
            candidate_list.state is ListState.CLOSED and bool(candidate_list.claim)
        )
        return was_raised and candidate_list.is_sealed and candidate_list.id not in self.rfc_of_list

    @cached_property
    def rfc_of_key(self) -> Mapping[Key, Rfc]:
        """The RFC that has taken each key: the lowest id where there should ever be two."""
        return {r.key: r for _, r in sorted(self.facts.rfcs.items(), reverse=True) if r.is_live}

    @cached_property
    def second_rfcs(self) -> Mapping[int, Rfc]:
        """By the id of each second one for its key, the RFC that stands."""
        return second_rfcs(self.facts)

    @cached_property
    def second_lists(self) -> Mapping[int, CandidateList]:
        """By the id of each list that waits beside another for the same, the one that stands."""
        return second_lists(self.facts)

    @cached_property
    def first_linked(self) -> Mapping[int, Rfc]:
        """Of the RFCs that are linked to each list and stand, the lowest id."""
        linked = (r for _, r in sorted(self.facts.rfcs.items(), reverse=True) if r.is_live)
        return {r.list_id: r for r in linked if r.list_id is not None}

    def is_withdrawn(self, candidate_list: CandidateList) -> bool:
        rfc = self.rfc_of_list.get(candidate_list.id)
        return rfc is not None and rfc.state is RfcState.WITHDRAWN

    def held_in(self, environment: str, fixes: Iterable[int]) -> tuple[int, ...]:
        """Those of `fixes` that a person holds, everywhere or for this environment."""
        place = self.facts.programme.environments.get(environment)
        names = place.covers if place is not None else {environment}
        known = (self.facts.defects.get(id) for id in fixes)
        return tuple(sorted(d.id for d in known if d is not None and (d.is_held or d.is_held_in(names))))


def _by_party(items: Mapping[int, Owned]) -> Mapping[str, tuple[Owned, ...]]:
    """Lowest id first."""
    found: dict[str, list[Owned]] = {}
    for _, item in sorted(items.items()):
        found.setdefault(item.party, []).append(item)
    return {party: tuple(owned) for party, owned in found.items()}
