"""Rehearsed lists: for each past window the list as it would have been agreed, beside what people released."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bot.candidate_list import Entry, Role
from bot.dates import spoken
from bot.difference import Difference, What
from bot.environment import Environment
from bot.facts import Facts
from bot.party import Party
from bot.past import Past
from bot.past_windows import RaisedFor, past_windows
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, propose_for
from bot.raised_by_hand import ARRIVED, as_if_listed, released_by
from bot.rfc import Rfc
from bot.why_differs import why_extra, why_missing
from bot.window import Window, agree_by


@dataclass(frozen=True, slots=True)
class RehearsedList:
    """One window of one environment, for one party. `same` holds the fixes that both have."""

    environment: str
    party: str
    window: Window
    proposed: Proposal | NoProposal
    rfcs: tuple[Rfc, ...]
    same: frozenset[int]
    differences: tuple[Difference, ...]


def rehearse_lists(
    past: Past, raised: RaisedFor, environments: Collection[str], parties: Collection[str]
) -> Iterator[RehearsedList]:
    """What stands on the proposal when the notice of its window runs out counts as agreed."""
    programme = raised.facts.programme
    for name, environment in programme.environments.items():
        for window in past_windows(environment, programme, past.since, past.until) if name in environments else ():
            picture = _at_cut_off(environment, window, past, raised)
            for party in programme.parties.values():
                if party.name in parties and name in party.environments:
                    yield _rehearsed(environment, party, window, picture, past, raised)


def compare(listed: frozenset[Entry], released: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """What people's release lacks, and what it has besides. A fix that is only carried need not be named again."""
    named = frozenset(entry.fix.defect for entry in listed)
    owed = frozenset(entry.fix.defect for entry in listed if entry.role is not Role.CARRIED)
    return owed - released, released - named


def _at_cut_off(environment: Environment, window: Window, past: Past, raised: RaisedFor) -> Picture:
    """What arrived is built on, and what was still under way; the RFCs of this window are what is compared."""
    programme = raised.facts.programme
    facts = past.as_of(agree_by(window, programme))
    known = {id: rfc for id, rfc in facts.rfcs.items() if _is_known(rfc, environment, window, facts, raised)}
    return Picture(as_if_listed(replace(facts, rfcs=known)))


def _is_known(rfc: Rfc, environment: Environment, window: Window, facts: Facts, raised: RaisedFor) -> bool:
    """What people had raised early for a window still to come, elsewhere, would not have stood there yet."""
    own = raised.window_of.get(rfc.id, rfc.window)
    if rfc.environment == environment.name and own == window:
        return False
    if rfc.state in ARRIVED:
        return True
    return own.start < window.start if rfc.environment == environment.name else own.start <= facts.now


def _rehearsed(
    environment: Environment, party: Party, window: Window, picture: Picture, past: Past, raised: RaisedFor
) -> RehearsedList:
    proposed = _for_this_window(propose_for(environment, party, picture), window, picture)
    rfcs = raised.by_window.get((environment.name, party.name, window), ())
    listed = proposed.entries if isinstance(proposed, Proposal) else frozenset()
    released = frozenset(id for rfc in rfcs for id in released_by(rfc, raised.facts))
    missing, extra = compare(listed, released)
    reasons = {
        What.MISSING: {id: why_missing(id, proposed, rfcs, window, picture, past, raised) for id in missing},
        What.EXTRA: {id: why_extra(id, proposed, picture, past) for id in extra},
    }
    differences = tuple(
        _difference(id, what, why, environment.name, party.name, window, picture, raised)
        for what, found in reasons.items()
        for id, why in sorted(found.items())
    )
    same = frozenset(entry.fix.defect for entry in listed) & released
    return RehearsedList(environment.name, party.name, window, proposed, rfcs, same, differences)


def _for_this_window(found: Proposal | NoProposal, window: Window, picture: Picture) -> Proposal | NoProposal:
    if isinstance(found, NoProposal) or found.window == window:
        return found
    zone = picture.facts.programme.zone
    words = f"its list stands for the window of {spoken(found.window.start, zone)}"
    return NoProposal(found.environment, found.party, words)


def _difference(
    id: int, what: What, why: str, environment: str, party: str, window: Window, picture: Picture, raised: RaisedFor
) -> Difference:
    defect = picture.facts.defects.get(id) or raised.facts.defects[id]
    return Difference(window.start, environment, party, what, id, defect.severity, why, defect.title)
