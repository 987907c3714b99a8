"""Rehearsed lists: for each past window the list as it would have been agreed, beside what people released."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.candidate_list import Entry, Role
from bot.defect import Fix
from bot.difference import Difference, What
from bot.past import Past
from bot.past_windows import RaisedFor, past_windows
from bot.proposal import NoProposal, Proposal
from bot.rehearsed_window import RehearsedWindow, picture_at_cut_off
from bot.rfc import Rfc
from bot.why_differs import why_extra, why_missing
from bot.window import Window


@dataclass(frozen=True, slots=True)
class RehearsedList:
    """What came of one window, for one party. `same` holds the fixes that both have; `still_missing` those that were
    missing before, and count no second time."""

    environment: str
    party: str
    window: Window
    proposed: Proposal | NoProposal
    rfcs: tuple[Rfc, ...]
    same: frozenset[int]
    still_missing: frozenset[int]
    differences: tuple[Difference, ...]


def rehearse_lists(
    past: Past, raised: RaisedFor, environments: Collection[str], parties: Collection[str]
) -> Iterator[RehearsedList]:
    """One for each window in which there was something to release, by Shunter or by people."""
    told: set[tuple[str, Fix]] = set()
    for window in _windows(past, raised, environments, parties):
        found = _rehearsed(window, told)
        if found.rfcs or isinstance(found.proposed, Proposal):
            yield found


def compare(listed: frozenset[Entry], released: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """What people's release lacks, and what it has besides. A fix that is only carried need not be named again."""
    named = frozenset(entry.fix.defect for entry in listed)
    owed = frozenset(entry.fix.defect for entry in listed if entry.role is not Role.CARRIED)
    return owed - released, released - named


def _windows(
    past: Past, raised: RaisedFor, environments: Collection[str], parties: Collection[str]
) -> Iterator[RehearsedWindow]:
    programme = raised.facts.programme
    for name in environments:
        environment = programme.environments[name]
        for window in past_windows(environment, programme, past.since, past.until):
            picture = picture_at_cut_off(environment, window, past, raised)
            for party in (programme.parties[party] for party in parties):
                if name in party.environments:
                    yield RehearsedWindow(environment, party, window, picture, past, raised)


def _rehearsed(window: RehearsedWindow, told: set[tuple[str, Fix]]) -> RehearsedList:
    """A fix that was due and not released stays due: it is told once, for the first window that it could have taken."""
    environment = window.environment.name
    listed = window.proposed.entries if isinstance(window.proposed, Proposal) else frozenset[Entry]()
    missing, extra = compare(listed, window.released)
    due = {(environment, entry.fix) for entry in listed if entry.fix.defect in missing}
    again = frozenset(fix.defect for _, fix in due & told)
    told |= due
    differences = [_difference(id, What.MISSING, why_missing(id, window), window) for id in sorted(missing - again)]
    differences += [_difference(id, What.EXTRA, why_extra(id, window), window) for id in sorted(extra)]
    return RehearsedList(
        environment=environment,
        party=window.party.name,
        window=window.window,
        proposed=window.proposed,
        rfcs=window.rfcs,
        same=frozenset(entry.fix.defect for entry in listed) & window.released,
        still_missing=again,
        differences=tuple(differences),
    )


def _difference(id: int, what: What, why: str, window: RehearsedWindow) -> Difference:
    defect = window.picture.facts.defects.get(id) or window.raised.facts.defects[id]
    return Difference(
        at=window.window.start,
        environment=window.environment.name,
        party=window.party.name,
        what=what,
        defect=id,
        severity=defect.severity,
        why=why,
        title=defect.title,
    )
