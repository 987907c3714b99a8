"""S8: every revision that the bot made has one record in the audit, every record that says so has its revision, and of
no write it stays unknown what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from adapters.store.ledger import Ledger
from adapters.store.records import Intent, Result
from tests.campaign.checker import fields as f
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation

MAY_COME_BACK = timedelta(days=1)
"""So long a work item that is deleted may be restored."""


def s8_audit(
    history: History, ledgers: Sequence[Ledger], since: int = 0, forgotten: Collection[str] = ()
) -> Iterator[Violation]:
    """Of all replicas together; `since`: the place from which on there have been stores; `forgotten`: the processes
    whose store is lost."""
    demanded = [c for c in history.by_bot(since) if history.heard.process_of(c) not in forgotten]
    recorded = Counter(_records(ledgers, {change.item for change in history.changes}))
    for change in demanded:
        records = recorded[change.item, change.rev]
        excuse = _is_shared if records else _is_told_to_be_unknown
        if records != 1 and not excuse(change, ledgers):
            words = f"revision {change.rev} of the bot's has {records} records in the audit"
            yield Violation("S8", change.at, change.item, words)
    for item, rev in sorted(recorded):
        if not any(_is_it(change, rev, history) for change in history.revisions(item)):
            yield Violation("S8", history.now, item, f"the audit says that revision {rev} is the bot's, and it is not")
    yield from _never_settled(history, ledgers)


def _is_shared(change: Change, ledgers: Sequence[Ledger]) -> bool:
    """Of a defect a replica takes the very same change by another for its own: whose it was stands in what was said
    with it alone, and long texts are not compared."""
    return change.type == f.DEFECT and len(ledgers) > 1


def _is_told_to_be_unknown(change: Change, ledgers: Sequence[Ledger]) -> bool:
    """Its item lay in the recycle bin for longer than anybody waits, and the record says that nobody can tell."""
    entries = (entry for ledger in ledgers for entry in ledger.entries(change.item))
    its = (entry for entry in entries if entry.intent.item == change.item and entry.intent.rev == change.rev - 1)
    return any(came.words.startswith("nobody can tell") for entry in its for came in entry.conclusions)


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


def _never_settled(history: History, ledgers: Sequence[Ledger]) -> Iterator[Violation]:
    for ledger in ledgers:
        for intent in ledger.open_intents():
            if not _may_come_back(intent, history):
                words = f"nobody has found out what came of what was meant at {intent.at:%H:%M:%S}: {intent.subject}"
                yield Violation("S8", history.now, intent.item or 0, words)


def _may_come_back(intent: Intent, history: History) -> bool:
    """What it was to change, or to be linked to, is deleted."""
    about = intent.item or intent.list_id
    is_gone = about is not None and not history.stood(about, history.end)
    return is_gone and history.now - intent.at < MAY_COME_BACK
