"""At rest: once all is quiet the bot finds nothing to write, and a store that it loses then changes nothing (S16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.campaign.checker import fields as f
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation


def at_rest(history: History, writes: int) -> Iterator[Violation]:
    """`writes`: how many had been heard when it had to have come to rest."""
    for request in history.heard.writes[writes:]:
        words = f"the bot finds no rest: {request.operation} {str(request.document)[:300]}"
        yield Violation("S7", request.at, 0, words)


def s16_disposable(history: History, place: int, since: datetime) -> Iterator[Violation]:
    """`place`: how far the history had come when the stores were lost, at the time `since`. A window may begin or end
    in those very minutes: then the texts say so."""
    for change in history.changes[place:]:
        windows = (change.before.get(f.WINDOW_START), change.before.get(f.WINDOW_END))
        has_passed = any(isinstance(one, datetime) and since <= one <= change.at for one in windows)
        is_told = has_passed and not any(change.sets(name) for name in (f.STATE, f.SEAL, f.EDITION))
        if change.by == history.bot and not change.sets(f.WINDOW_START) and not is_told:
            words = f"changed because a store was lost, and nothing else: {change.comment[:200]}"
            yield Violation("S16", change.at, change.item, words)
