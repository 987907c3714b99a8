"""S8: every revision that the bot made has one record in the audit, and every record that says so has its revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from adapters.store.ledger import Ledger
from adapters.store.records import Result
from tests.campaign.checker import fields as f
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation


def s8_audit(history: History, ledgers: Sequence[Ledger], since: int = 0) -> Iterator[Violation]:
    """Of all replicas together; `since`: the place from which on the stores have lived."""
    made = {(c.item, c.rev): c for c in history.by_bot(since)}
    recorded = Counter(_records(ledgers, {item for item, _ in made}))
    for revision, change in made.items():
        if recorded[revision] != 1 and not (recorded[revision] > 1 and _is_shared(change, ledgers)):
            words = f"revision {change.rev} of the bot's has {recorded[revision]} records in the audit"
            yield Violation("S8", change.at, change.item, words)
    for (item, rev), _ in sorted(recorded.items()):
        if not any(_is_it(change, rev, history) for change in history.revisions(item)):
            yield Violation("S8", history.now, item, f"the audit says that revision {rev} is the bot's, and it is not")


def _is_shared(change: Change, ledgers: Sequence[Ledger]) -> bool:
    """Of a defect a replica takes the very same change by another for its own: whose it was stands in what was said
    with it alone, and long texts are not compared."""
    return change.type == f.DEFECT and len(ledgers) > 1


def _is_it(change: Change, rev: int, history: History) -> bool:
    return change.rev == rev and change.by == history.bot


def _records(ledgers: Sequence[Ledger], items: set[int]) -> Iterator[tuple[int, int]]:
    """What was applied and changed something."""
    for ledger in ledgers:
        for item in sorted(items):
            for entry in ledger.entries(item):
                for came in entry.conclusions:
                    is_applied = came.result is Result.APPLIED and came.item == item and came.rev is not None
                    if is_applied and came.rev != entry.intent.rev:
                        yield item, came.rev or 0
