"""S2: a number of a party stands for one content, the same on all its lists; regular ones increase, and what is
deployed is not changed any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from bot.number import Number, read_number
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import accepted, entries_at, ids_in, key_of, sealings
from tests.campaign.checker.deployed import why_not_deployed
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.violation import Violation


def s2_numbers(history: History, since: int) -> Iterator[Violation]:
    """At every sealing."""
    for change in history.by_bot(since, f.LIST):
        if change.text(f.SEAL) and change.sets(f.SEAL):
            yield from (Violation("S2", change.at, change.item, words) for words in _objections(change, history))


def s2_one_content_in_the_end(history: History) -> Iterator[Violation]:
    """What each list that is sealed brings of its own number, compared with the others of that number: of fixes that
    are still there, and where no party has said that it delivered something else, nor a release manager that it brought
    more. Whether it brings what came to a list or was taken off since, where its RFC was deleted, nobody can tell; and
    what lay in the recycle bin when a list was sealed, that list cannot name."""
    brought: defaultdict[tuple[str, Number], list[tuple[int, frozenset[int]]]] = defaultdict(list)
    aside: defaultdict[tuple[str, Number], set[int]] = defaultdict(set)
    for id, fields in history.items(f.LIST, history.end):
        _, party, number = key_of(fields)
        sealed = sealings(id, history, history.end)
        if number is not None and sealed and fields.get(f.SEAL) and fields.get(f.STATE) in (f.AGREED, f.RAISED):
            own = _own(id, number, history, sealed[-1].place)
            aside[party, number] |= _ever_accepted_on(id, history) | _absent(history, sealed[-1].place)
            if not _has_rfc(id, history):
                aside[party, number] |= own ^ _own(id, number, history, history.end)
            own = frozenset(fix for fix in own if _is_still_fixed_by(fix, number, history))
            brought[party, number].append((id, own))
    for (party, number), lists in brought.items():
        aside[party, number] |= _delivered_otherwise(party, number, brought[party, number], history)
        for (one, its), (other, others) in pairwise(lists):
            if (its ^ others) - aside[party, number]:
                words = f"{party} {number} brings {sorted(its)} by list {one} and {sorted(others)} by list {other}"
                yield Violation("S2", history.now, other, words)


def _objections(change: Change, history: History) -> Iterator[str]:
    _, party, number = key_of(change.after)
    if number is None:
        yield "it was sealed without a number"
        return
    before, asked = _sealed_before(change, party, history), _asked_for(party, history, change.place)
    held = {
        n for n, lists in before.items() if n in asked or any(_is_sealed_with(n, c, history, change) for c in lists)
    }
    if number.is_regular and number not in before and (above := [n for n in held if n.is_regular and n > number]):
        yield f"{number} was sealed for the first time after {max(above)}"
    own, known = _own(change.item, number, history, change.place), history.known_by(change)
    was = before.get(number, {}).get(change.item)
    if was is not None and _own(change.item, number, history, was) == own:
        return  # sealed anew for another window, with the same content
    for list_, place in before.get(number, {}).items():
        if list_ != change.item and _is_deployed_as_sealed(list_, history, known):
            there = _own(list_, number, history, place) | _accepted_on(list_, history, known) | _absent(history, place)
            if added := sorted(own - there):
                yield f"{number} was deployed by list {list_}, and now brings {added} too"


def _sealed_before(change: Change, party: str, history: History) -> dict[Number, dict[int, int]]:
    """By number, the lists that were sealed with it, each with the place of the last time."""
    found: dict[Number, dict[int, int]] = {}
    for id, fields in history.items(f.LIST, change.place):
        for sealing in sealings(id, history, change.place):
            number = key_of(sealing.after)[2]
            if number is not None and key_of(fields)[1] == party:
                found.setdefault(number, {})[id] = sealing.place
    return found


def _absent(history: History, place: int) -> frozenset[int]:
    """The defects that are there now, and lay in the recycle bin then."""
    there = (id for id, _ in history.items(f.DEFECT, history.end))
    return frozenset(id for id in there if history.of(id, place) and not history.stood(id, place))


def _asked_for(party: str, history: History, place: int) -> frozenset[Number]:
    """What the RFCs of the party bear, whatever came of them. Of one that was deleted its list may tell."""
    keys = (key_of(fields) for _, fields in history.items(f.RFC, place))
    return frozenset(number for _, owner, number in keys if owner == party and number is not None)


def _is_sealed_with(number: Number, list_: int, history: History, change: Change) -> bool:
    """A number that went back to proposed before anybody was asked for it is free again."""
    stood = history.stood(list_, change.place)
    is_agreed = text_of(stood, f.STATE) in (f.AGREED, f.RAISED)
    return is_agreed and bool(text_of(stood, f.SEAL)) and key_of(stood)[2] == number


def _own(list_: int, number: Number, history: History, place: int) -> frozenset[int]:
    """The fixes on it whose build is this very one."""
    entries = entries_at(list_, history, place)
    return frozenset(id for id, (fixed_in, role) in entries.items() if fixed_in == number and role != f.CARRIED)


def _is_deployed_as_sealed(list_: int, history: History, place: int) -> bool:
    """A list whose RFC was rejected has no content until it is agreed anew, whatever people deploy by that RFC; one
    that was deleted tells what it was sealed with."""
    for rfc in _rfcs_of(list_, history, place):
        reported = [c.place for c in history.revisions(rfc, place) if c.sets(f.STATE) and c.text(f.STATE) == f.DEPLOYED]
        stood = history.stood(list_, reported[-1]) if reported else {}
        if not why_not_deployed(rfc, history, place) and (not stood or text_of(stood, f.SEAL)):
            return True
    return False


def _accepted_on(list_: int, history: History, place: int) -> frozenset[int]:
    """What a release manager has named since as brought by it too."""
    return frozenset(id for rfc in _rfcs_of(list_, history, place) for id in accepted(rfc, history, place))


def _ever_accepted_on(list_: int, history: History) -> frozenset[int]:
    """Also what is not named there any more: another list may have been sealed with it meanwhile."""
    places = (change.place + 1 for rfc in _rfcs_of(list_, history, history.end) for change in history.revisions(rfc))
    return frozenset(id for place in places for id in _accepted_on(list_, history, place))


def _has_rfc(list_: int, history: History) -> bool:
    return any(_rfcs_of(list_, history, history.end))


def _rfcs_of(list_: int, history: History, place: int) -> Iterator[int]:
    return (id for id, fields in history.items(f.RFC, place) if fields.get(f.LIST_OF_RFC) == list_)


def _is_still_fixed_by(fix: int, number: Number, history: History) -> bool:
    stood = history.stood(fix, history.end)
    return bool(stood) and read_number(text_of(stood, f.VERSION)) in (None, number)


def _delivered_otherwise(
    party: str, number: Number, lists: list[tuple[int, frozenset[int]]], history: History
) -> frozenset[int]:
    """In what the lists differ from what an RFC, that may be deleted by now, has ever told as delivered."""
    told = (c for c in history.since(0) if c.type == f.RFC and c.text(f.DELIVERED))
    delivered = [ids_in(c.text(f.DELIVERED)) for c in told if key_of(c.after)[1:] == (party, number)]
    return frozenset().union(*(ids ^ own for ids in delivered for _, own in lists))
