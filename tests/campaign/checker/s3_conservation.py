"""S3: no resolved defect is lost: it is on a list, or the list that it could be on names it and says why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.sandbox.work_item import Fields
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of
from tests.campaign.checker.history import History, text_of
from tests.campaign.checker.named import listed, names, waits_at
from tests.campaign.checker.violation import Violation


def s3_conservation(history: History) -> Iterator[Violation]:
    """Where a list is open for its environment and party, people look for it there; else on pages of the program."""
    for id, fields in history.items(f.DEFECT, history.end):
        place, party = waits_at(fields, history)
        if fields.get(f.STATE) != f.RESOLVED or id in {fix for fix, _ in listed(place, party, history)}:
            continue
        looked_at = [text_of(there, f.BODY) for there in _proposed_for(place, party, history)]
        if looked_at and not any(names(body, id) for body in looked_at):
            words = "it is resolved, and the list of its environment and party neither carries nor names it"
            yield Violation("S3", history.now, id, words)


def _proposed_for(place: str, party: str, history: History) -> Iterator[Fields]:
    """Nobody looks for anything else on an emergency's."""
    there = [fields for _, fields in history.items(f.LIST, history.end) if key_of(fields)[:2] == (place, party)]
    for fields in there:
        is_for_all = fields.get(f.STATE) == f.PROPOSED and fields.get(f.RELEASE_TYPE) != f.EMERGENCY
        if is_for_all and not _has_a_rival(fields, there):
            yield fields


def _has_a_rival(proposed: Fields, there: Iterable[Fields]) -> bool:
    """Where two of one type wait for the same, an alarm names both, and people close one."""
    waiting = (one for one in there if one.get(f.STATE) in (f.PROPOSED, f.AGREED))
    return sum(one.get(f.RELEASE_TYPE) == proposed.get(f.RELEASE_TYPE) for one in waiting) > 1
