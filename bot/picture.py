"""The picture: what follows at once from the facts, worked out once a run for every decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from bot.answered import Answers, answered
from bot.approval import Approval, Deviation, counting_approval
from bot.contents import NOTHING, Fixes, Releases, releases_of
from bot.dates import spoken
from bot.debt import debt, emergency_fixes
from bot.defect import State
from bot.deployment import Deployment, arrivals, deployments
from bot.draft import Draft, draft_of
from bot.number import Number
from bot.party import Party
from bot.readiness import Prospect
from bot.register import Register
from bot.rfc import Rfc, RfcState
from bot.window import Window, agree_by, next_window

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
        """Its own, whatever came of it; None before there is one."""
        return self._by_rfc.get(rfc.id)

    @cached_property
    def _by_rfc(self) -> Mapping[int, Deployment]:
        return {deployment.rfc.id: deployment for deployment in self.deployments}

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
        return counting_approval(rfc, steps, self.facts.programme, self.facts.bot)

    def answers_of(self, rfc: Rfc) -> Answers:
        """What people said of its control points and of their readiness, and whether it counts."""
        return answered(rfc, self.facts.histories.get(rfc.id, ()), self.facts.programme, self.facts.bot)

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

    @cached_property
    def next_windows(self) -> Mapping[str, Window]:
        found = {
            e.name: next_window(e, self.facts.programme, self.facts.now)
            for e in self.facts.programme.environments.values()
        }
        return {name: window for name, window in found.items() if window is not None}

    @cached_property
    def drafts(self) -> Mapping[str, Draft]:
        return {p.name: self._draft(p) for p in self.facts.programme.parties.values()}

    def with_draft(self, party: str) -> Releases:
        """The party's releases, the draft among them where it has a number; it takes over every emergency's fix."""
        return self._with_drafts[party]

    @cached_property
    def _with_drafts(self) -> Mapping[str, Releases]:
        return {party: self._with_draft(draft, self.releases[party]) for party, draft in self.drafts.items()}

    def _with_draft(self, draft: Draft, known: Releases) -> Releases:
        if draft.number is None:
            return known
        base = draft.fixes | known.contents(known.last_regular)
        owed = debt(draft.number, base, self.emergency_fixes(draft.party.name))
        return known.with_release(draft.number, draft.fixes | owed)

    def emergency_fixes(self, party: str) -> Fixes:
        """The fixes of the party's emergencies that run somewhere."""
        return self._emergency_fixes[party]

    @cached_property
    def _emergency_fixes(self) -> Mapping[str, Fixes]:
        arrived = [d for found in self.arrivals.values() for d in found]
        return {
            p: emergency_fixes(known, (d for d in arrived if d.rfc.party == p)) for p, known in self.releases.items()
        }

    def _draft(self, party: Party) -> Draft:
        programme, releases = self.facts.programme, self.releases[party.name]
        windows = {e: self.next_windows[e] for e in party.environments if e in self.next_windows}
        days = {e: self._day(w) for e, w in windows.items()}
        deadlines = {e: spoken(agree_by(w, programme), programme.zone) for e, w in windows.items()}
        prospect = Prospect(
            programme=programme,
            party=party,
            releases=releases,
            sealed=releases.contents(releases.last_regular),
            defects=self.facts.defects,
            chosen=self._chosen_number(party.name),
            days=days,
            deadlines=deadlines,
        )
        return draft_of(prospect, (d for d in self.of_party.get(party.name, ()) if d.state is State.RESOLVED))

    def _day(self, window: Window) -> date:
        return window.start.astimezone(self.facts.programme.zone).date()

    def _chosen_number(self, party: str) -> Number | None:
        """What a person set as number on a list of the party that is still only proposed."""
        sealed = self.releases[party].brought
        numbers = (c.chosen_number for c in self.proposed_lists if c.party == party and c.number not in sealed)
        return next((number for number in numbers if number is not None and self._can_be_next(number, party)), None)

    def _can_be_next(self, number: Number, party: str) -> bool:
        """Of a regular type, and above everything that was released [M11]; another number is shown as wrong."""
        owner, last = self.facts.programme.parties[party], self.releases[party].last_released
        environments = self.facts.programme.environments
        types = {environments[e].regular_type for e in owner.environments if e in environments}
        return number.type in types and (last is None or number > last)

    def contents_running(self, environment: str, party: str) -> Fixes:
        number = self.running(environment, party)
        return self.releases[party].contents(number) if number is not None else NOTHING
