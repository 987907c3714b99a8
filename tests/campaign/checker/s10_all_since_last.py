"""S10: a release names all that it brings since the last one: the fix of an emergency, so that no release takes it away
again, and what the environment has missed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.number import Number
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import entries_at, ids_in, key_of, lists_of, sealed_entries, sealings
from tests.campaign.checker.deployed import why_not_deployed
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.violation import Violation


def s10_all_since_last(history: History, since: int) -> Iterator[Violation]:
    """When a regular RFC is raised, or its next edition: all that emergencies had brought by then, unless an earlier
    regular release had it, or somebody has waived it by its id."""
    for change in history.by_bot(since, f.RFC):
        _, party, number = key_of(change.after)
        if not (change.is_new or change.sets(f.EDITION)) or number is None or not number.is_regular:
            continue
        named = sealed_entries(change.item, history, change.place + 1).keys() | _waived(change, history)
        for id in sorted(_owed(party, number, change, history) - named):
            words = f"{party} {number} would take the fix of {id} away, which an emergency brought"
            yield Violation("S10", change.at, change.item, words)


def s10_missed(history: History, since: int) -> Iterator[Violation]:
    """When a regular list is sealed: all that an earlier release has brought to other environments, and no list of this
    one has named. Every build has it."""
    for change in history.by_bot(since, f.LIST):
        environment, _, number = key_of(change.after)
        if not change.text(f.SEAL) or not change.sets(f.SEAL) or number is None or not number.is_regular:
            continue
        named = entries_at(change.item, history, change.place).keys() | _named_here(change, history)
        for id in sorted(_brought_elsewhere(change, number, history) - named):
            words = f"{number} would bring the fix of {id} to {environment}, and its list does not name it"
            yield Violation("S10", change.at, change.item, words)


def _brought_elsewhere(change: Change, number: Number, history: History) -> set[int]:
    """By releases whose lists still say so, and of fixes that are still there."""
    place, (environment, party, _) = history.known_by(change), key_of(change.after)
    known = history.programme.parties.get(party)
    floor = max(known.baseline.values(), default=None) if known is not None else None
    found = set[int]()
    for rfc, fields in history.items(f.RFC, place):
        where, whose, other = key_of(fields)
        is_earlier = other is not None and other.is_regular and other < number and (floor is None or other > floor)
        if is_earlier and whose == party and where != environment and not why_not_deployed(rfc, history, place):
            found |= {id for id in _still_brought(rfc, history, place) if history.stood(id, place)}
    return found


def _still_brought(rfc: int, history: History, place: int) -> set[int]:
    stood = history.stood(rfc, place)
    told = ids_in(text_of(stood, f.DELIVERED)) if text_of(stood, f.DELIVERED) else None
    linked = set[int]()
    for list_ in lists_of(rfc, history, place):
        fields = history.stood(list_, place)
        if key_of(fields) == key_of(stood) and fields.get(f.SEAL) and fields.get(f.STATE) != f.PROPOSED:
            linked |= history.links(list_, f.ENTRY, place).keys()
    return {id for id in sealed_entries(rfc, history, place) if id in linked and (told is None or id in told)}


def _named_here(change: Change, history: History) -> set[int]:
    """What any list of this environment has been sealed with, whatever has become of it."""
    here = key_of(change.after)[:2]
    lists = (id for id, fields in history.items(f.LIST, change.place) if key_of(fields)[:2] == here)
    before = ((id, sealing.place) for id in lists for sealing in sealings(id, history, change.place))
    return {fix for id, place in before for fix in entries_at(id, history, place)}


def _owed(party: str, number: Number, change: Change, history: History) -> frozenset[int]:
    place = history.known_by(change)
    brought, had = set[int](), set[int]()
    for rfc, fields in history.items(f.RFC, place):
        _, whose, other = key_of(fields)
        if whose != party or other is None or other >= number:
            continue
        entries = sealed_entries(rfc, history, place).keys()
        if other.is_regular:
            had |= entries if not why_not_deployed(rfc, history, place) else set()
        elif not why_not_deployed(rfc, history, place):
            brought |= entries
    return frozenset(id for id in brought - had if history.stood(id, place))


def _waived(change: Change, history: History) -> frozenset[int]:
    list_ = change.after.get(f.LIST_OF_RFC)
    stood = history.stood(list_, change.place) if isinstance(list_, int) else {}
    return ids_in(f"{stood.get(f.WAIVER, '')} {change.text(f.WAIVER)}")
