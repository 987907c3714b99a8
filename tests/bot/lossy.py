"""Lossy pictures: they lose fixes on the way, as a fault in a rule would, so that the sums over them are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.draft import Drafts
from bot.picture import Picture
from bot.proposal import Proposal


@dataclass(frozen=True)
class Forgetful(Picture):
    """Its proposals for one environment do not name what their release brings."""

    where: str = ""

    def once(self, question, *about):  # type: ignore[no-untyped-def]
        answer = super().once(question, *about)
        if not isinstance(answer, Mapping):
            return answer
        return {key: self._emptied(found) for key, found in answer.items()}

    def _emptied(self, found: object) -> object:
        return tuple(map(self._one, found)) if isinstance(found, tuple) else found

    def _one(self, found: object) -> object:
        if isinstance(found, Proposal) and found.environment == self.where:
            return replace(found, entries=frozenset())
        return found


@dataclass(frozen=True)
class Losing(Picture):
    """The rules say nothing about the fixes of one party that they ought to leave out."""

    party: str = ""

    @cached_property
    def drafts(self) -> Mapping[str, Drafts]:
        found = super().drafts
        return {**found, self.party: replace(found[self.party], left_out=())}
