"""At rest: once all is quiet the bot finds nothing to write, and a store that it loses then changes nothing (S16)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign.checker import fields as f
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation


def at_rest(history: History, writes: int) -> Iterator[Violation]:
    """`writes`: how many had been heard when it had to have come to rest."""
    for request in history.heard.writes[writes:]:
        words = f"the bot finds no rest: {request.operation} {str(request.document)[:300]}"
        yield Violation("S7", request.at, 0, words)


def s16_disposable(history: History, place: int) -> Iterator[Violation]:
    """`place`: how far the history had come when the stores were lost. A window may pass in that very minute."""
    for change in history.changes[place:]:
        if change.by == history.bot and not change.sets(f.WINDOW_START):
            words = f"changed because a store was lost, and nothing else: {change.comment[:200]}"
            yield Violation("S16", change.at, change.item, words)
