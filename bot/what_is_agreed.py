"""What is agreed: the lists whose content counts, what each party's releases contain by them, who asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.accepted import accepted_fix, accepted_fixes
from bot.candidate_list import CandidateList, Entry, ListState, role_in, still_sealed
from bot.contents import NOTHING, Fixes, Releases, releases_of
from bot.debt import emergency_fixes
from bot.number import Number
from bot.number_race import holder_of_number
from bot.party import Party
from bot.rfc import Rfc
from bot.shunter_numbers import taken_numbers
from bot.what_runs import WhatRuns


@dataclass(frozen=True)
class WhatIsAgreed(WhatRuns):
    """What runs, and what each release contains."""

    @cached_property
    def live_rfcs(self) -> Mapping[tuple[str, str], list[Rfc]]:
        """RFCs neither tried nor given up, by environment and party; not those whose list is agreed anew, nor those
        that people raised by hand: a list is still made for what they bring."""
        reopened = {c.id for c in self.facts.lists.values() if c.state is ListState.PROPOSED}
        waiting: dict[tuple[str, str], list[Rfc]] = {}
        for rfc in self.facts.rfcs.values():
            is_waiting = rfc.is_open and not rfc.is_by_hand and rfc.list_id not in reopened
            if is_waiting and rfc.number is not None and self.deployment_of(rfc) is None:
                waiting.setdefault((rfc.environment, rfc.party), []).append(rfc)
        return waiting

    @cached_property
    def releases(self) -> Mapping[str, Releases]:
        return {party.name: self._releases(party) for party in self.facts.programme.parties.values()}

    def _releases(self, party: Party) -> Releases:
        known = releases_of(
            party.name,
            (self._agreed[c.id] for c in self.sealed_lists.get(party.name, ()) if self.holder_of(c) is None),
            self.of_party.get(party.name, ()),
            party.baseline.values(),
            self._undelivered.get(party.name, frozenset()),
            deployed=(d.number for d in self.deployments if d.rfc.party == party.name),
            arrived=self._arrived(party.name),
            accepted=self._accepted.get(party.name, {}),
        )
        lists, rfcs = self.lists_of_party.get(party.name, ()), self.rfcs_of_party.get(party.name, ())
        return replace(known, taken=taken_numbers(lists, rfcs))

    @cached_property
    def _agreed(self) -> Mapping[int, CandidateList]:
        """The sealed lists, each as it was agreed."""
        return {c.id: self._as_agreed(c) for lists in self.sealed_lists.values() for c in lists}

    def _as_agreed(self, sealed: CandidateList) -> CandidateList:
        """With what somebody has taken off since its RFC was raised, which names it still: the build has it. And
        without what somebody has added to it.

        Where the list was sealed anew since, and its RFC was not yet, the seal tells whether this is what it was
        set over.
        """
        rfc = self.rfc_of_list.get(sealed.id)
        if rfc is None or rfc.number is None or still_sealed(sealed):
            return sealed
        gone = rfc.fixes - {entry.fix.defect for entry in sealed.entries}
        known = (self.facts.defects[id] for id in gone if id in self.facts.defects)
        fixes = {Entry(accepted_fix(one, rfc.number), role_in(sealed.environment, one)) for one in known}
        whole = replace(sealed, entries=sealed.entries | fixes)
        if rfc.seal != sealed.seal:
            return whole if still_sealed(whole) else sealed
        agreed = self.linked_when_sealed(rfc)
        if agreed is None:
            return whole
        return replace(whole, entries=frozenset(entry for entry in whole.entries if entry.fix.defect in agreed))

    def _arrived(self, party: str) -> frozenset[Number]:
        return frozenset(d.number for (_, owner), found in self.arrivals.items() if owner == party for d in found)

    @cached_property
    def _undelivered(self) -> Mapping[str, frozenset[tuple[Number, int]]]:
        """By party and release, what a deployment of it lacked."""
        told = [d for d in self.deployments if d.rfc.delivered is not None]
        return {
            party: frozenset(
                (d.number, id) for d in told if d.rfc.party == party for id in d.rfc.fixes if not d.delivers(id)
            )
            for party in {d.rfc.party for d in told}
        }

    @cached_property
    def _accepted(self) -> Mapping[str, Mapping[Number, Fixes]]:
        current = [d for d in self.deployments if d.is_current]
        return {
            party: accepted_fixes((d for d in current if d.rfc.party == party), self.facts.defects)
            for party in {d.rfc.party for d in current}
        }

    def holder_of(self, candidate_list: CandidateList, sealing: Sequence[CandidateList] = ()) -> CandidateList | None:
        """The list to which this one leaves its number, where both were agreed with it, for different content.

        `sealing`: the lists that are sealed at this moment.
        """
        owner = self.facts.programme.parties.get(candidate_list.party)
        if owner is None or candidate_list.number is None:
            return None
        agreed = (self._agreed[c.id] for c in self.sealed_lists.get(owner.name, ()))
        sealed = (*agreed, *(c for c in sealing if c.party == owner.name))
        told = self._told_since.get(owner.name, frozenset())
        without, histories = self._without_list[owner.name], self.facts.histories
        return holder_of_number(candidate_list, sealed, self.rfc_of_list, without, told, histories=histories)

    @cached_property
    def _without_list(self) -> Mapping[str, frozenset[Number]]:
        """By party, what ran before any list, and what has arrived since."""
        parties = self.facts.programme.parties.values()
        return {party.name: frozenset({*party.baseline.values(), *self._arrived(party.name)}) for party in parties}

    @cached_property
    def _told_since(self) -> Mapping[str, frozenset[tuple[Number, int]]]:
        """By party, in what a release differs from its lists, by what people said of it once it was deployed."""
        named = {
            party: {(number, fix.defect) for number, fixes in accepted.items() for fix in fixes}
            for party, accepted in self._accepted.items()
        }
        return {party: self._undelivered.get(party, frozenset()) | told for party, told in named.items()}

    @cached_property
    def sealed_lists(self) -> Mapping[str, tuple[CandidateList, ...]]:
        """By party, those whose content counts: not what was withdrawn."""
        return {
            party: tuple(c for c in lists if c.is_sealed and not self.is_withdrawn(c))
            for party, lists in self.lists_of_party.items()
        }

    def emergency_fixes(self, party: str) -> Fixes:
        """The fixes of the party's emergencies that run somewhere."""
        return self._emergency_fixes[party]

    @cached_property
    def _emergency_fixes(self) -> Mapping[str, Fixes]:
        arrived = [d for found in self.arrivals.values() for d in found]
        return {
            p: emergency_fixes(known, (d for d in arrived if d.rfc.party == p)) for p, known in self.releases.items()
        }

    def contents_running(self, environment: str, party: str) -> Fixes:
        return self._contents(self.running(environment, party), party)

    def contents_passed(self, environment: str, party: str) -> Fixes:
        return self._contents(self.passed(environment, party), party)

    def _contents(self, number: Number | None, party: str) -> Fixes:
        known = self.releases.get(party)
        return known.contents(number) if known is not None else NOTHING
