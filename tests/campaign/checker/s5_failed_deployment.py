"""S5: no defect moves on a deployment that failed, was rolled back, not approved, not confirmed or not signed off;
and after a rollback what still stands as the bot left it goes back, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of
from tests.campaign.checker.deployed import is_dated_ahead, why_not_deployed
from tests.campaign.checker.handed_over import handed_over
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.rolled_back import why_not_rolled_back
from tests.campaign.checker.violation import Violation


def s5_failed_deployment(history: History, since: int) -> Iterator[Violation]:
    for change, rfc in handed_over(history, since):
        place = history.known_by(change)
        why = why_not_deployed(rfc, history, place)
        if not why and is_dated_ahead(rfc, history, place, change.at):
            why = "it is dated in the future"
        if why:
            yield Violation("S5", change.at, change.item, f"handed over by RFC {rfc}, but {why}")
    for change in history.by_bot(since, f.DEFECT):
        if change.sets(f.STATE) and change.text(f.STATE) != f.RETEST:
            yield from _put_back(change, history)


def _put_back(change: Change, history: History) -> Iterator[Violation]:
    """The only other way in which the bot moves a defect."""
    if (change.before_text(f.STATE), change.text(f.STATE)) != (f.RETEST, f.RESOLVED):
        words = f"the bot moved it from {change.before_text(f.STATE)} to {change.text(f.STATE)}"
        yield Violation("S5", change.at, change.item, words)
        return
    last = history.revisions(change.item, change.place)[-1]
    if last.by != history.bot:
        yield Violation("S5", change.at, change.item, f"put back over the edit of {last.by}")
    rfc = change.before.get(f.DELIVERED_BY)
    why = why_not_rolled_back(rfc if isinstance(rfc, int) else 0, history, history.known_by(change))
    if why:
        yield Violation("S5", change.at, change.item, f"put back, and {why}")


def s5_put_back_in_the_end(history: History) -> Iterator[Violation]:
    """Once all is quiet, nothing is with its testers by an RFC that was rolled back, but what somebody has touched."""
    for id, fields in history.items(f.DEFECT, history.end):
        rfc = fields.get(f.DELIVERED_BY)
        if fields.get(f.STATE) != f.RETEST or not isinstance(rfc, int) or history.revisions(id)[-1].by != history.bot:
            continue
        stood = history.stood(rfc, history.end)
        is_read = stood.get(f.STATE) == f.ROLLED_BACK and key_of(stood)[2] is not None
        if is_read and not why_not_rolled_back(rfc, history, history.end):
            yield Violation("S5", history.now, id, f"RFC {rfc} was rolled back, and it is still with its testers")
