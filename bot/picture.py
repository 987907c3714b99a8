"""The picture: what follows at once from the facts, worked out once a run for every decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.answered import Answers, answered
from bot.approval import Approval, Deviation, counting_approval
from bot.candidate_list import CandidateList, ListState
from bot.contents import NOTHING, Fixes, Releases, releases_of
from bot.dates import spoken
from bot.debt import debt, emergency_fixes
from bot.defect import Defect, State
from bot.deployment import Deployment, arrivals, deployments
from bot.draft import Draft, draft_of
from bot.facts import Facts
from bot.misfit import misfit
from bot.next_list import NextList, next_list, standing_list
from bot.number import Number
from bot.party import Party
from bot.postponed import postponed
from bot.readiness import Prospect
from bot.rfc import Rfc, RfcState


@dataclass(frozen=True)
class Picture:
    """Facts, and what they amount to: what runs where, what each release contains, what each party drafts."""

    facts: Facts

    @cached_property
    def deployments(self) -> tuple[Deployment, ...]:
        return deployments(self.facts)

    def deployment_of(self, rfc: Rfc) -> Deployment | None:
        """Its own, whatever came of it; None before there is one."""
        return next((d for d in self.deployments if d.rfc.id == rfc.id), None)

    @cached_property
    def arrivals(self) -> Mapping[tuple[str, str], list[Deployment]]:
        return arrivals(self.deployments)

    def running(self, environment: str, party: str) -> Number | None:
        """The number that arrived last; before any arrival, the configured baseline."""
        arrived = self.arrivals.get((environment, party))
        if arrived:
            return arrived[-1].number
        owner = self.facts.programme.parties.get(party)
        return owner.baseline.get(environment) if owner else None

    def approval_of(self, rfc: Rfc) -> Approval | Deviation | None:
        """None where nobody has claimed an approval yet, or its history was not needed and so not read."""
        steps = self.facts.histories.get(rfc.id, ())
        if rfc.state in (RfcState.RAISED, RfcState.REJECTED, RfcState.WITHDRAWN) or not steps:
            return None
        judged = counting_approval(rfc, steps, self.facts.programme, self.facts.bot)
        changed = self._changed_since_approval(rfc) if isinstance(judged, Approval) else ""
        return Deviation(changed) if changed else judged

    def _changed_since_approval(self, rfc: Rfc) -> str:
        """Why it has to be approved again, in words, before Shunter has asked for that; empty where it has not."""
        sealed = self.facts.lists.get(rfc.list_id or 0)
        if sealed is None or rfc.state is not RfcState.APPROVED:
            return misfit(rfc, sealed)
        if sealed.state is ListState.RAISED and sealed.edition > rfc.edition:
            return f"its edition {sealed.edition} is on its way"
        moved = postponed(sealed, rfc, self.facts)
        if moved is not None:
            return f"its window was moved to {spoken(moved.window.start, self.facts.programme.zone)}"
        return misfit(rfc, sealed)

    def answers_of(self, rfc: Rfc) -> Answers:
        """What people said of its control points and of their readiness, and whether it counts."""
        return answered(rfc, self.facts.histories.get(rfc.id, ()), self.facts.programme, self.facts.bot)

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
    def releases(self) -> Mapping[str, Releases]:
        standing = [c for c in self.facts.lists.values() if not self.is_withdrawn(c)]
        return {
            p.name: releases_of(
                p.name, standing, self.of_party.get(p.name, ()), p.baseline.values(), self._undelivered(p.name)
            )
            for p in self.facts.programme.parties.values()
        }

    def _undelivered(self, party: str) -> frozenset[tuple[Number, int]]:
        """By release, what a deployment of it lacked."""
        told = (d for d in self.deployments if d.rfc.party == party and d.rfc.delivered is not None)
        return frozenset((d.number, id) for d in told for id in d.rfc.fixes if not d.delivers(id))

    def taken_numbers(self, environment: str, party: str) -> frozenset[Number]:
        """What an RFC has asked for here, whatever came of it: a changed build has a number of its own [M12.9]."""
        here = (r for r in self.facts.rfcs.values() if (r.environment, r.party) == (environment, party))
        return frozenset(r.number for r in here if r.number is not None and r.is_live)

    def is_withdrawn(self, candidate_list: CandidateList) -> bool:
        rfc = self.rfc_of_list.get(candidate_list.id)
        return rfc is not None and rfc.state is RfcState.WITHDRAWN

    @cached_property
    def drafts(self) -> Mapping[str, Draft]:
        return {p.name: self._draft(p) for p in self.facts.programme.parties.values()}

    def with_draft(self, party: str) -> Releases:
        """The party's releases, the draft among them where it has a number; it takes over every emergency's fix."""
        draft, known = self.drafts[party], self.releases[party]
        if draft.number is None:
            return known
        base = draft.fixes | known.contents(known.last_regular)
        return known.with_release(draft.number, draft.fixes | debt(draft.number, base, self.emergency_fixes(party)))

    def emergency_fixes(self, party: str) -> Fixes:
        """The fixes of the party's emergencies that run somewhere."""
        arrived = (d for (_, owner), found in self.arrivals.items() if owner == party for d in found)
        return emergency_fixes(self.releases[party], arrived)

    def open_lists(self, environment: str, party: str) -> list[CandidateList]:
        """The lists of this environment and party that are not closed, lowest id first."""
        return self._open.get((environment, party), [])

    @cached_property
    def _open(self) -> Mapping[tuple[str, str], list[CandidateList]]:
        found: dict[tuple[str, str], list[CandidateList]] = {}
        for _, c in sorted(self.facts.lists.items()):
            if c.is_open:
                found.setdefault((c.environment, c.party), []).append(c)
        return found

    def _draft(self, party: Party) -> Draft:
        programme, releases = self.facts.programme, self.releases[party.name]
        prospect = Prospect(
            programme=programme,
            party=party,
            releases=releases,
            sealed=releases.contents(releases.last_regular),
            defects=self.facts.defects,
            chosen=self._chosen_number(party.name),
            next_lists=self.next_lists(party),
        )
        return draft_of(prospect, (d for d in self.of_party.get(party.name, ()) if d.state is State.RESOLVED))

    def next_lists(self, party: Party) -> Mapping[str, NextList]:
        """By environment, where there is a window left: the list for which a fix can still become ready."""
        programme, sealed = self.facts.programme, self.releases[party.name].last_regular
        known = (programme.environments[e] for e in party.environments if e in programme.environments)
        found = {
            e.name: next_list(
                e,
                programme,
                standing_list(self.open_lists(e.name, party.name)),
                self.live_rfcs.get((e.name, party.name), ()),
                self.facts.now,
                sealed=sealed,
            )
            for e in known
        }
        return {name: coming for name, coming in found.items() if coming is not None}

    def _chosen_number(self, party: str) -> Number | None:
        """What a person set as number on a list of the party that is still only proposed."""
        proposed = (c for _, c in sorted(self.facts.lists.items()) if c.party == party and c.is_regular)
        sealed = self.releases[party].brought
        numbers = (c.chosen_number for c in proposed if c.state is ListState.PROPOSED and c.number not in sealed)
        return next((number for number in numbers if number is not None and self._can_be_next(number, party)), None)

    def _can_be_next(self, number: Number, party: str) -> bool:
        """Of a regular type, and above everything that was released [M11]; another number is shown as wrong."""
        owner, last = self.facts.programme.parties[party], self.releases[party].last_released
        environments = self.facts.programme.environments
        types = {environments[e].regular_type for e in owner.environments if e in environments}
        return number.type in types and (last is None or number > last)

    def held_in(self, environment: str, fixes: Iterable[int]) -> tuple[int, ...]:
        """Those of `fixes` that a person holds, everywhere or for this environment."""
        known = (self.facts.defects.get(id) for id in fixes)
        return tuple(sorted(d.id for d in known if d is not None and (d.is_held or d.is_held_in(environment))))

    def contents_running(self, environment: str, party: str) -> Fixes:
        number = self.running(environment, party)
        return self.releases[party].contents(number) if number is not None else NOTHING
