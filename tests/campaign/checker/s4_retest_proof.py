"""S4: a defect goes to its testers only by a release that brought its fix to the environment that found it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign.checker.brought import why_not_brought
from tests.campaign.checker.handed_over import handed_over
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation


def s4_retest_proof(history: History, since: int) -> Iterator[Violation]:
    for change, rfc in handed_over(history, since):
        place = history.known_by(change)
        why = why_not_brought(change.before, change.item, rfc, history, place)
        if why:
            yield Violation("S4", change.at, change.item, f"handed over by RFC {rfc}, and {why}")
