"""Coming: what is on its way to an environment, as RFC or list, and which fixes will be there with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.candidate_list import CandidateList
from bot.contents import Fixes
from bot.dates import spoken
from bot.defect import Fix
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, proposals
from bot.rfc import Rfc
from bot.standing_list import WITHOUT_RFC, standing_list
from bot.window import Window


@dataclass(frozen=True, slots=True)
class Coming:
    """One RFC or list; `when` tells its window in words, `fixes` is all that the environment has once it arrives."""

    item: str
    what: str
    when: str
    window: Window
    fixes: Fixes

    def brings(self, fix: Fix) -> bool:
        return has(self.fixes, fix)


def has(fixes: Iterable[Fix], wanted: Fix) -> bool:
    """Whether they hold this fix, or a later one of the same defect."""
    return any(fix.defect == wanted.defect and fix.number >= wanted.number for fix in fixes)


def coming(environment: str, party: str, picture: Picture) -> tuple[Coming, ...]:
    """In the order of their windows; of one window the RFC first."""
    rfcs = [_by_rfc(rfc, picture) for rfc in picture.live_rfcs.get((environment, party), ())]
    lists = [_by_list(c, picture) for c in picture.open_lists(environment, party) if c.state in WITHOUT_RFC]
    return tuple(sorted([*rfcs, *lists, *_by_next_run(environment, party, picture)], key=lambda c: c.window.start))


def why_nothing_comes(environment: str, party: str, picture: Picture) -> str:
    """Why no list of the regular type is proposed there; empty where one of any type is."""
    found = proposals(picture)[environment, party]
    refusals = [p.words for p in found if isinstance(p, NoProposal)]
    return refusals[0] if len(refusals) == len(found) else ""


def _by_rfc(rfc: Rfc, picture: Picture) -> Coming:
    fixes = picture.with_draft(rfc.party).contents(rfc.number)
    what = f"({rfc.state.value}) for {rfc.party} {rfc.number}"
    return Coming(f"RFC {rfc.id}", what, _when(rfc.window, picture), rfc.window, fixes)


def _by_list(candidate_list: CandidateList, picture: Picture) -> Coming:
    release = f"{candidate_list.party} {candidate_list.number or '(no number yet)'}"
    what = f"({candidate_list.state.value}) for {release}"
    fixes = frozenset(entry.fix for entry in candidate_list.entries)
    when = _when(candidate_list.window, picture)
    return Coming(f"list {candidate_list.id}", what, when, candidate_list.window, fixes)


def _by_next_run(environment: str, party: str, picture: Picture) -> tuple[Coming, ...]:
    """The lists that the next run creates, where there are none yet."""
    open_lists = picture.open_lists(environment, party)
    found = (p for p in proposals(picture)[environment, party] if isinstance(p, Proposal))
    new = (p for p in found if standing_list(open_lists, p.window.type) is None)
    return tuple(_by_proposal(proposal, picture) for proposal in new)


def _by_proposal(proposal: Proposal, picture: Picture) -> Coming:
    fixes = frozenset(entry.fix for entry in proposal.entries)
    what = f"(proposed by the next run) for {proposal.party} {proposal.number}"
    return Coming("a list", what, _when(proposal.window, picture), proposal.window, fixes)


def _when(window: Window, picture: Picture) -> str:
    start = spoken(window.start, picture.facts.programme.zone)
    return f"whose window of {start} has passed" if window.end < picture.facts.now else f"window {start}"
