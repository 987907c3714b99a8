"""The picture: what follows at once from the facts, worked out once a run for every decision."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from bot.answered import Answers, answered
from bot.approval import Approval, Deviation
from bot.contents import Releases
from bot.debt import debt
from bot.defect import State
from bot.draft import Drafts, drafts_of
from bot.next_list import NextList, next_list
from bot.number import REGULAR_TYPES, ReleaseType
from bot.party import Party
from bot.party_windows import windows_of
from bot.present_approval import present_approval
from bot.prospect import Prospect, not_arrived, rolled_back
from bot.rfc import Rfc
from bot.settled_numbers import Numbering, types_named
from bot.standing_list import standing_list
from bot.what_is_agreed import WhatIsAgreed

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Picture(WhatIsAgreed):
    """What runs and what is agreed, what that makes each party draft, and how it is with approval and answers."""

    _answers: dict[tuple[Hashable, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, question: Callable[..., Answer], *about: Hashable) -> Answer:
        """The answer to what several decisions ask of this picture, worked out for the first of them."""
        asked = (question, *about)
        if asked not in self._answers:
            self._answers[asked] = question(self, *about)
        answer: Answer = self._answers[asked]
        return answer

    def approval_of(self, rfc: Rfc) -> Approval | Deviation | None:
        return present_approval(rfc, self.facts)

    def answers_of(self, rfc: Rfc) -> Answers:
        """What people said of its control points and of their readiness, and whether it counts."""
        return answered(rfc, self.facts.histories.get(rfc.id, ()), self.facts.programme, self.facts.bot)

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
