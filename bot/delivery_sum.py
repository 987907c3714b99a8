"""The delivery sum: for each environment of a party, where every fix of its newest release is, in exactly one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from bot.contents import Fixes, latest_of_each
from bot.defect import Fix
from bot.not_conserved import NotConserved, Sum
from bot.number import Number
from bot.picture import Picture
from bot.proposal import Proposal, proposals
from bot.standing_list import WITHOUT_RFC

Newest = Mapping[int, Number]
"""Of each defect that is fixed somewhere, the newest fix of it that is there."""


class Delivery(Enum):
    """Where a fix is for one environment; the first that holds."""

    RUNS = "runs there"
    IN_RFC = "in an RFC under way there"
    ON_LIST = "on a list there"
    LEFT_OUT_THERE = "its release is left out there"
    LEFT_OUT = "its defect is left out of every release"


def lost_on_the_way(environment: str, party: str, picture: Picture) -> Iterator[NotConserved]:
    """A fix is left out there because its release is: whatever release is proposed there takes all of its own along
    [M7.4]."""
    known = _of_newest_release(party, picture)
    found = delivery_sum(environment, party, picture)
    waiting = frozenset(fix for fix in known if found[fix.defect] is Delivery.LEFT_OUT_THERE)
    for proposal in _proposed(environment, party, picture):
        lost = sorted(fix.defect for fix in waiting & picture.with_draft(party).contents(proposal.number))
        if lost:
            named = ", ".join(map(str, lost[:10]))
            words = f"{party} {proposal.number} carries fixes to {environment} that its list would not name ({named})"
            yield NotConserved(Sum.DELIVERY, party, environment, words)


def delivery_sum(environment: str, party: str, picture: Picture) -> Mapping[int, Delivery]:
    """By defect: all that the newest release carries, its draft included, and what the drafts leave out."""
    places = tuple(_places(environment, party, picture))
    left_out = {verdict.defect for verdict in picture.drafts[party].left_out}
    found: dict[int, Delivery] = dict.fromkeys(left_out, Delivery.LEFT_OUT)
    for fix in _of_newest_release(party, picture):
        there = (delivery for delivery, newest in places if _has(newest, fix))
        found[fix.defect] = next(there, Delivery.LEFT_OUT_THERE)
    return found


def _of_newest_release(party: str, picture: Picture) -> Fixes:
    known = picture.with_draft(party)
    newest = max((n for n in known.brought if n.is_regular), default=known.floor)
    return latest_of_each(known.contents(newest))


def _places(environment: str, party: str, picture: Picture) -> Iterator[tuple[Delivery, Newest]]:
    releases = picture.with_draft(party)
    yield Delivery.RUNS, _newest(picture.contents_running(environment, party))
    live = picture.live_rfcs.get((environment, party), ())
    yield Delivery.IN_RFC, _newest(fix for rfc in live for fix in releases.contents(rfc.number))
    yield Delivery.ON_LIST, _newest(fix for fixes in _listed(environment, party, picture) for fix in fixes)


def _listed(environment: str, party: str, picture: Picture) -> Iterator[Fixes]:
    """On the lists as they are, and as this run proposes them."""
    for candidate_list in picture.open_lists(environment, party):
        if candidate_list.state in WITHOUT_RFC:
            yield frozenset(entry.fix for entry in candidate_list.entries)
    for proposal in _proposed(environment, party, picture):
        yield frozenset(entry.fix for entry in proposal.entries)


def _proposed(environment: str, party: str, picture: Picture) -> Iterator[Proposal]:
    return (found for found in proposals(picture)[environment, party] if isinstance(found, Proposal))


def _has(newest: Newest, fix: Fix) -> bool:
    return fix.defect in newest and fix.number <= newest[fix.defect]


def _newest(fixes: Iterable[Fix]) -> Newest:
    found: dict[int, Number] = {}
    for fix in fixes:
        found[fix.defect] = max(fix.number, found.get(fix.defect, fix.number))
    return found
