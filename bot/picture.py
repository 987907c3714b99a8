"""The picture: what follows at once from the facts, worked out once a run for every decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from bot.accepted import accepted_fixes
from bot.answered import Answers, answered
from bot.approval import Approval, Deviation, counting_approval
from bot.candidate_list import CandidateList, ListState
from bot.contents import NOTHING, Fixes, Releases, releases_of
from bot.dates import spoken
from bot.debt import debt, emergency_fixes
from bot.defect import State
from bot.deployment import Deployment, arrivals
from bot.deployments import deployments
from bot.draft import Drafts, drafts_of
from bot.misfit import misfit
from bot.next_list import NextList, next_list
from bot.number import REGULAR_TYPES, Number, ReleaseType
from bot.number_race import holder_of_number
from bot.party import Numbers, Party
from bot.party_windows import windows_of
from bot.postponed import postponed
from bot.prospect import Prospect, not_arrived, rolled_back
from bot.register import Register
from bot.rfc import Rfc, RfcState
from bot.settled_numbers import Numbering, types_named
from bot.standing_list import standing_list

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Picture(Register):
    """Facts, and what they amount to: what runs where, what each release contains, what each party drafts."""

    _answers: dict[Callable[[Picture], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, question: Callable[[Picture], Answer]) -> Answer:
        """The answer to what several decisions ask of this picture, worked out for the first of them."""
        if question not in self._answers:
            self._answers[question] = question(self)
        answer: Answer = self._answers[question]
        return answer

    @cached_property
    def deployments(self) -> tuple[Deployment, ...]:
        return deployments(self.facts)

    def deployment_of(self, rfc: Rfc) -> Deployment | None:
        """That of its present attempt, whatever came of it; None before there is one."""
        return next((d for d in self.deployments_of(rfc) if d.is_current), None)

    def deployments_of(self, rfc: Rfc) -> tuple[Deployment, ...]:
        """Those of all its attempts, oldest first."""
        return tuple(self._of_rfc.get(rfc.id, ()))

    @cached_property
    def _of_rfc(self) -> Mapping[int, list[Deployment]]:
        found: dict[int, list[Deployment]] = {}
        for deployment in self.deployments:
            found.setdefault(deployment.rfc.id, []).append(deployment)
        return {id: sorted(told, key=lambda d: d.attempt) for id, told in found.items()}

    @cached_property
    def arrivals(self) -> Mapping[tuple[str, str], list[Deployment]]:
        return arrivals(self.deployments, self.facts.now)

    def running(self, environment: str, party: str) -> Number | None:
        """The number that arrived last; before any arrival, the configured baseline."""
        return self._last(self.arrivals.get((environment, party), ()), environment, party)

    def passed(self, environment: str, party: str) -> Number | None:
        """The same, of what has passed its smoke test, where the environment asks for one [C5.5]."""
        arrived = [d for d in self.arrivals.get((environment, party), ()) if d.smoke is None]
        return self._last(arrived, environment, party)

    def _last(self, arrived: Sequence[Deployment], environment: str, party: str) -> Number | None:
        owner = self.facts.programme.parties.get(party)
        before = owner.baseline.get(environment) if owner else None
        return arrived[-1].number if arrived else before

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
        """RFCs neither tried nor given up, by environment and party; not those whose list is agreed anew, nor those
        that people raised by hand: a list is still made for what they bring."""
        under_way = (RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED)
        reopened = {c.id for c in self.facts.lists.values() if c.state is ListState.PROPOSED}
        waiting: dict[tuple[str, str], list[Rfc]] = {}
        for rfc in self.facts.rfcs.values():
            is_waiting = rfc.state in under_way and not rfc.is_by_hand and rfc.list_id not in reopened
            if is_waiting and rfc.number is not None and self.deployment_of(rfc) is None:
                waiting.setdefault((rfc.environment, rfc.party), []).append(rfc)
        return waiting

    @cached_property
    def releases(self) -> Mapping[str, Releases]:
        return {party.name: self._releases(party) for party in self.facts.programme.parties.values()}

    def _releases(self, party: Party) -> Releases:
        return releases_of(
            party.name,
            (c for c in self.sealed_lists.get(party.name, ()) if self.holder_of(c) is None),
            self.of_party.get(party.name, ()),
            party.baseline.values(),
            self._undelivered(party.name),
            deployed=(d.number for d in self.deployments if d.rfc.party == party.name),
            arrived=(d.number for (_, owner), found in self.arrivals.items() if owner == party.name for d in found),
            accepted=accepted_fixes(
                (d for d in self.deployments if d.rfc.party == party.name and d.is_current), self.facts.defects
            ),
        )

    def _undelivered(self, party: str) -> frozenset[tuple[Number, int]]:
        """By release, what a deployment of it lacked."""
        told = (d for d in self.deployments if d.rfc.party == party and d.rfc.delivered is not None)
        return frozenset((d.number, id) for d in told for id in d.rfc.fixes if not d.delivers(id))

    def holder_of(self, candidate_list: CandidateList, sealing: Sequence[CandidateList] = ()) -> CandidateList | None:
        """The list to which this one leaves its number, where Shunter numbers and both were agreed with it.


        `sealing`: the lists that are sealed at this moment.
        """
        owner = self.facts.programme.parties.get(candidate_list.party)
        if owner is None or owner.numbers is not Numbers.SHUNTER:
            return None
        sealed = (*self.sealed_lists.get(owner.name, ()), *(c for c in sealing if c.party == owner.name))
        return holder_of_number(candidate_list, sealed, self.rfc_of_list, max(owner.baseline.values(), default=None))

    @cached_property
    def sealed_lists(self) -> Mapping[str, tuple[CandidateList, ...]]:
        """By party, those whose content counts: not what was withdrawn."""
        return {
            party: tuple(c for c in lists if c.is_sealed and not self.is_withdrawn(c))
            for party, lists in self.lists_of_party.items()
        }

    @cached_property
    def drafts(self) -> Mapping[str, Drafts]:
        return {p.name: self._drafts(p) for p in self.facts.programme.parties.values()}

    def with_draft(self, party: str) -> Releases:
        """The party's releases, its drafts that have a number among them; each takes over every emergency's fix."""
        return self._with_drafts[party]

    @cached_property
    def _with_drafts(self) -> Mapping[str, Releases]:
        return {party: self._with_drafts_of(party) for party in self.drafts}

    def _with_drafts_of(self, party: str) -> Releases:
        known = self.releases[party]
        drafted = [(d.number, d.fixes) for d in self.drafts[party].by_type.values() if d.number is not None]
        for number, fixes in sorted(drafted):
            contents = known.with_release(number, fixes).contents(number)
            known = known.with_release(number, fixes | debt(number, contents, self.emergency_fixes(party)))
        return known

    def emergency_fixes(self, party: str) -> Fixes:
        """The fixes of the party's emergencies that run somewhere."""
        return self._emergency_fixes[party]

    @cached_property
    def _emergency_fixes(self) -> Mapping[str, Fixes]:
        arrived = [d for found in self.arrivals.values() for d in found]
        return {
            p: emergency_fixes(known, (d for d in arrived if d.rfc.party == p)) for p, known in self.releases.items()
        }

    def _drafts(self, party: Party) -> Drafts:
        lists, rfcs = self.lists_of_party.get(party.name, ()), self.rfcs_of_party.get(party.name, ())
        releases, windows = self.releases[party.name], windows_of(party, self.facts, lists)
        ahead = not_arrived(self.sealed_lists.get(party.name, ()), releases)
        resolved = [d for d in self.of_party.get(party.name, ()) if d.state is State.RESOLVED]
        named = types_named(resolved, releases)
        numbering = Numbering(party, self.facts, lists, rfcs, releases, windows, ahead, self.rfc_of_list, named)
        prospect = Prospect(
            programme=self.facts.programme,
            party=party,
            releases=releases,
            defects=self.facts.defects,
            windows=windows,
            next_lists={type_: self.next_lists(party, type_) for type_ in windows},
            sealed={type_: releases.contents(releases.last_agreed(type_)) for type_ in REGULAR_TYPES},
            settled=numbering.settled(),
            ahead=ahead,
            undone=rolled_back(party.name, self.deployments),
        )
        return drafts_of(prospect, resolved)

    def next_lists(self, party: Party, type_: ReleaseType) -> Mapping[str, NextList]:
        """By environment, where there is a window left: the list for which a fix can still become ready."""
        known, sealed = self.facts.programme.environments, self.releases[party.name].last_agreed(type_)
        found = {
            name: next_list(
                known[name],
                standing_list(self.open_lists(name, party.name), type_),
                self.live_rfcs.get((name, party.name), ()),
                self.facts,
                type=type_,
                sealed=sealed,
            )
            for name in party.environments
            if name in known
        }
        return {name: coming for name, coming in found.items() if coming is not None}

    def contents_running(self, environment: str, party: str) -> Fixes:
        return self._contents(self.running(environment, party), party)

    def contents_passed(self, environment: str, party: str) -> Fixes:
        return self._contents(self.passed(environment, party), party)

    def _contents(self, number: Number | None, party: str) -> Fixes:
        known = self.releases.get(party)
        return known.contents(number) if known is not None else NOTHING
