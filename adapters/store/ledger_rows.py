"""Rows of the ledger: from actions and outcomes to what its tables hold, and from there to records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping

from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from adapters.store.differences import Difference, differences
from adapters.store.records import Conclusion, Entry, Intent, Result, RunRecord
from bot.plan import Action

LONGEST = 2000
"""Characters of the server's words that are kept."""


def intent_values(id: str, run: str, action: Action, at: datetime) -> dict[str, object]:
    change, fence = action.change, action.fence
    return {
        "id": id,
        "run": run,
        "at": at,
        "rule": action.rule,
        "kind": action.kind.value,
        "subject": action.subject,
        "item": change.id,
        "rev": change.rev,
        "list": fence.list_id if fence else None,
        "reason": action.reason,
        "diff": [asdict(difference) for difference in differences(change)],
        "key": str(fence.key) if fence else "",
        "claim": fence.claim if fence else "",
    }


def outcome_values(intent: str, outcome: Outcome, at: datetime, words: str) -> dict[str, object]:
    """`words`: of one that was applied; the others have their own."""
    row = {"intent": intent, "at": at, "words": words, "item": None, "rev": None, "is_lasting": False}
    match outcome:
        case Applied(id, rev):
            return row | {"result": Result.APPLIED.value, "item": id, "rev": rev}
        case Refused(why, is_lasting):
            return row | {"result": Result.REFUSED.value, "words": why[:LONGEST], "is_lasting": is_lasting}
        case Unknown(why):
            return row | {"result": Result.UNKNOWN.value, "words": why[:LONGEST]}


def intent(row: RowMapping) -> Intent:
    return Intent(
        id=row["id"],
        run=row["run"],
        at=row["at"],
        rule=row["rule"],
        kind=row["kind"],
        subject=row["subject"],
        item=row["item"],
        rev=row["rev"],
        reason=row["reason"],
        differences=tuple(Difference(**difference) for difference in row["diff"]),
        list_id=row["list"],
        key=row["key"],
        claim=row["claim"],
    )


def conclusion(row: RowMapping) -> Conclusion:
    return Conclusion(
        at=row["at"],
        result=Result(row["result"]),
        words=row["words"],
        item=row["item"],
        rev=row["rev"],
        is_lasting=row["is_lasting"],
    )


def entries_of(found: Iterable[RowMapping], came: Iterable[RowMapping]) -> tuple[Entry, ...]:
    """Each intent with its own outcomes, in the order in which both come."""
    of: defaultdict[str, list[Conclusion]] = defaultdict(list)
    for row in came:
        of[row["intent"]].append(conclusion(row))
    return tuple(Entry(intent(row), tuple(of[row["id"]])) for row in found)


def run_record(row: RowMapping) -> RunRecord:
    return RunRecord(row["run"], row["at"], tuple(row["jobs"]), row["ending"], row["why"])
