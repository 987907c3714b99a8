"""The register: lists, RFCs and defects by what they are asked for, gone through once a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.candidate_list import CandidateList, Key, ListState
from bot.defect import Defect
from bot.facts import Facts
from bot.known_issues import known_issues
from bot.number import Number
from bot.rfc import Rfc, RfcState


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
    def proposed_lists(self) -> list[CandidateList]:
        """The regular lists that nobody has agreed yet, lowest id first."""
        proposed = (c for _, c in sorted(self.facts.lists.items()) if c.state is ListState.PROPOSED)
        return [c for c in proposed if c.is_regular]

    @cached_property
    def live_rfcs(self) -> Mapping[tuple[str, str], list[Rfc]]:
        """RFCs neither deployed nor given up, by environment and party; not those whose list is agreed anew."""
        under_way = (RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED)
        reopened = {c.id for c in self.facts.lists.values() if c.state is ListState.PROPOSED}
        waiting: dict[tuple[str, str], list[Rfc]] = {}
        for rfc in self.facts.rfcs.values():
            if rfc.state in under_way and rfc.number is not None and rfc.list_id not in reopened:
                waiting.setdefault((rfc.environment, rfc.party), []).append(rfc)
        return waiting

    @cached_property
    def rfc_of_list(self) -> Mapping[int, Rfc]:
        """The RFC of each list: the lowest id where there should ever be two."""
        return {r.list_id: r for _, r in sorted(self.facts.rfcs.items(), reverse=True) if r.list_id is not None}

    @cached_property
    def of_party(self) -> Mapping[str, tuple[Defect, ...]]:
        """Every defect and change request, whatever its state, by resolving party."""
        owned: dict[str, list[Defect]] = {}
        for _, defect in sorted(self.facts.defects.items()):
            owned.setdefault(defect.party, []).append(defect)
        return {party: tuple(defects) for party, defects in owned.items()}

    @cached_property
    def known_issues(self) -> Mapping[str, tuple[Defect, ...]]:
        return known_issues(self.facts.defects.values())

    def taken_numbers(self, environment: str, party: str) -> frozenset[Number]:
        """What an RFC has asked for here, whatever came of it: a changed build has a number of its own [M12.9]."""
        return self._taken.get((environment, party), frozenset())

    @cached_property
    def _taken(self) -> Mapping[tuple[str, str], frozenset[Number]]:
        taken: dict[tuple[str, str], set[Number]] = {}
        for key in self.rfc_of_key:
            if key.number is not None:
                taken.setdefault((key.environment, key.party), set()).add(key.number)
        return {place: frozenset(numbers) for place, numbers in taken.items()}

    @cached_property
    def rfc_of_key(self) -> Mapping[Key, Rfc]:
        """The RFC that has taken each key: the lowest id where there should ever be two."""
        return {r.key: r for _, r in sorted(self.facts.rfcs.items(), reverse=True) if r.is_live}

    def is_withdrawn(self, candidate_list: CandidateList) -> bool:
        rfc = self.rfc_of_list.get(candidate_list.id)
        return rfc is not None and rfc.state is RfcState.WITHDRAWN

    def held_in(self, environment: str, fixes: Iterable[int]) -> tuple[int, ...]:
        """Those of `fixes` that a person holds, everywhere or for this environment."""
        known = (self.facts.defects.get(id) for id in fixes)
        return tuple(sorted(d.id for d in known if d is not None and (d.is_held or d.is_held_in(environment))))
