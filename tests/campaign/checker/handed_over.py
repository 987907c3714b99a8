"""Handed over: where the bot has sent a resolved defect to its testers, and by which RFC."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign.checker import fields as f
from tests.campaign.checker.history import Change, History


def handed_over(history: History, since: int) -> Iterator[tuple[Change, int]]:
    """The RFC is the one that the defect names from then on; 0 where it names none."""
    for change in history.by_bot(since, f.DEFECT):
        if change.sets(f.STATE) and change.text(f.STATE) == f.RETEST:
            named = change.after.get(f.DELIVERED_BY)
            yield change, named if isinstance(named, int) else 0
