"""S1: an RFC that somebody has deleted is not raised anew unless somebody asks for that on its list."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation

ASK = (f.STATE, f.NUMBER, f.SEAL, f.EDITION, f.CLAIM, f.ENVIRONMENT, f.PARTY)
"""What people change on a list so that it is not any more as it was when its RFC was raised."""


def s1_raised_anew(history: History, since: int) -> Iterator[Violation]:
    for change in history.by_bot(since, f.RFC):
        if change.is_new:
            for gone in _deleted(change, history):
                words = f"RFC {gone} for the same was deleted, and nobody had asked for another"
                yield Violation("S1", change.at, change.item, words)


def _deleted(change: Change, history: History) -> Iterator[int]:
    """Those of the bot's for this key that are not there, and whose list still tells that they were."""
    made = (c for c in history.changes[: change.place] if c.is_new and c.type == f.RFC and c.by == history.bot)
    for first in made:
        last = history.of(first.item, change.place)[-1]
        is_gone = not history.stood(first.item, change.place) and last.text(f.STATE) != f.WITHDRAWN
        if is_gone and key_of(last.after) == key_of(change.after) and _is_told(first, change, history):
            yield first.item


def _is_told(first: Change, anew: Change, history: History) -> bool:
    """It is on the list that it was raised from: marked as raised, and left alone by people since."""
    list_ = first.after.get(f.LIST_OF_RFC)
    if not isinstance(list_, int) or not history.stood(list_, anew.place):
        return False
    since = [step for step in history.revisions(list_, anew.place) if step.place > first.place]
    is_marked = any(step.text(f.STATE) == f.RAISED for step in since)
    asks = any(step.by != history.bot and any(map(step.sets, ASK)) for step in since)
    return is_marked and not asks and not _is_chosen(anew, history)


def _is_chosen(anew: Change, history: History) -> bool:
    """Somebody set that number on the list of the new one."""
    list_ = anew.after.get(f.LIST_OF_RFC)
    steps = history.revisions(list_, anew.place) if isinstance(list_, int) else []
    last = next((step for step in reversed(steps) if step.sets(f.NUMBER)), None)
    return last is not None and last.by != history.bot
