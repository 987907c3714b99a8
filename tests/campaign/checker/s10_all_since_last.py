"""S10: the fix of an emergency stands on the next regular note of its party, so that no release takes it away again."""

from __future__ import annotations

from collections.abc import Iterator

from bot.number import Number
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import ids_in, key_of, sealed_entries
from tests.campaign.checker.deployed import why_not_deployed
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation


def s10_all_since_last(history: History, since: int) -> Iterator[Violation]:
    """When a regular RFC is raised: all that emergencies had brought by then, unless an earlier regular release had
    it, or somebody has waived it by its id."""
    for change in history.by_bot(since, f.RFC):
        _, party, number = key_of(change.after)
        if not change.is_new or number is None or not number.is_regular:
            continue
        named = sealed_entries(change.item, history, change.place + 1).keys() | _waived(change, history)
        for id in sorted(_owed(party, number, change, history) - named):
            words = f"{party} {number} would take the fix of {id} away, which an emergency brought"
            yield Violation("S10", change.at, change.item, words)


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
    return frozenset(brought - had)


def _waived(change: Change, history: History) -> frozenset[int]:
    list_ = change.after.get(f.LIST_OF_RFC)
    stood = history.stood(list_, change.place) if isinstance(list_, int) else {}
    return ids_in(f"{stood.get(f.WAIVER, '')} {change.text(f.WAIVER)}")
