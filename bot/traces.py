"""Traces: which deployments, lists and notes name each resolved defect, gone through once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.accepted import can_be_accepted
from bot.candidate_list import CandidateList, Entry, Role, still_sealed
from bot.defect import Defect, Fix
from bot.delivered import retested_by, retests
from bot.deployment import Deployment
from bot.outcome import Outcome
from bot.picture import Picture
from bot.rfc import Rfc, RfcState


@dataclass(frozen=True)
class Traces:
    """By defect, but for `noted`; of several the one that counts for where it is."""

    picture: Picture

    @cached_property
    def delivered(self) -> Mapping[int, Deployment]:
        """By which deployment its fix came to where it was found, whether that counts or not."""
        return {f.id: d for f, d in self._promised if d.delivers(f.id) and d.outcome is not Outcome.ROLLED_BACK}

    @cached_property
    def missing(self) -> Mapping[int, Deployment]:
        """Which deployment was to bring its fix and, by the party's own word, did not."""
        return {f.id: d for f, d in self._promised if not d.delivers(f.id)}

    @cached_property
    def rolled_back(self) -> Mapping[int, Deployment]:
        return {f.id: d for f, d in self._promised if d.outcome is Outcome.ROLLED_BACK}

    @cached_property
    def unpromised(self) -> Mapping[int, Deployment]:
        """Which deployment brought its fix by the party's word alone."""
        named = {(defect.id, d.rfc.id) for defect, d in self._promised}
        return {
            id: d
            for d in reversed(self.picture.deployments)
            if d.outcome is Outcome.SUCCEEDED
            for id in d.rfc.delivered or ()
            if (id, d.rfc.id) not in named and can_be_accepted(id, d.rfc, self._resolved)
        }

    @cached_property
    def waiting(self) -> Mapping[int, CandidateList]:
        """The open list that brings its fix, where that still leads to a deployment."""
        facts = self.picture.facts
        return {
            e.fix.defect: c
            for _, c in sorted(facts.lists.items(), reverse=True)
            if c.is_open and _is_under_way(self.picture.rfc_of_list.get(c.id))
            for e in c.entries
            if retests(c, e, facts.defects.get(e.fix.defect)) and self._was_agreed(e, c)
        }

    @cached_property
    def taken_off(self) -> Mapping[int, tuple[Rfc, CandidateList]]:
        """The RFC that still names it for where it was found, and its list, from which somebody has taken it since."""
        return {
            id: (rfc, sealed)
            for _, rfc in sorted(self.picture.facts.rfcs.items())
            if not _is_given_up(rfc) and (sealed := _changed_since(rfc, self.picture)) is not None
            for id in rfc.fixes - {entry.fix.defect for entry in sealed.entries}
            if _waits_for(rfc, self._resolved.get(id))
        }

    @cached_property
    def noted(self) -> Collection[tuple[str, Fix]]:
        """By environment, the fixes that a note of a release that still counts names for retest there."""
        back = (d.rfc.id for d in self.picture.deployments if d.outcome is Outcome.ROLLED_BACK)
        undone = {c.id for rfc in back if (c := self.picture.list_of_rfc.get(rfc)) is not None}
        sealed = (c for c in self.picture.facts.lists.values() if c.is_sealed and c.id not in undone)
        return {
            (c.environment, e.fix)
            for c in sealed
            if not self.picture.is_withdrawn(c)
            for e in c.entries
            if e.role is Role.RETEST_HERE and e.fix.defect in self._resolved and self._was_agreed(e, c)
        }

    def _was_agreed(self, entry: Entry, sealed: CandidateList) -> bool:
        """What somebody has added since its RFC got its seal was not, as far as that is known."""
        rfc = self.picture.rfc_of_list.get(sealed.id)
        if rfc is None or still_sealed(sealed):
            return True
        agreed = self.picture.linked_when_sealed(rfc)
        return agreed is None or entry.fix.defect in agreed

    @cached_property
    def _resolved(self) -> Mapping[int, Defect]:
        return {defect.id: defect for defect in self.picture.facts.resolved_defects}

    @cached_property
    def _promised(self) -> Sequence[tuple[Defect, Deployment]]:
        return tuple(self._told())

    def _told(self) -> Iterator[tuple[Defect, Deployment]]:
        """The latest last, and none that counts for nothing behind one that does."""
        for deployment in sorted(self.picture.deployments, key=lambda d: not d.incomplete):
            yield from ((defect, deployment) for defect in retested_by(deployment, self._resolved, self.picture))


def _is_under_way(rfc: Rfc | None) -> bool:
    """Whether the list of this RFC still leads to a deployment; one without an RFC does."""
    return rfc is None or not rfc.is_over


def _is_given_up(rfc: Rfc) -> bool:
    return not rfc.is_live or rfc.state in (RfcState.WITHDRAWN, RfcState.REJECTED, RfcState.ROLLED_BACK)


def _changed_since(rfc: Rfc, picture: Picture) -> CandidateList | None:
    """Its list, where that bears the same seal and is not any more as it was sealed."""
    sealed = picture.list_of_rfc.get(rfc.id)
    if sealed is None or not sealed.is_sealed or sealed.seal != rfc.seal or still_sealed(sealed):
        return None
    return sealed


def _waits_for(rfc: Rfc, defect: Defect | None) -> bool:
    """Whether it was found where the RFC goes, and for no later build than this one."""
    if defect is None or defect.delivered_by == rfc.id or rfc.number is None:
        return False
    is_there = defect.was_found_in(rfc.environment) and defect.party == rfc.party
    return is_there and (defect.version is None or defect.version <= rfc.number)
