"""S18: the bot asks no more than it may, stays quiet as long as it is told to, and never falls back to single calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.campaign.checker.heard import Request
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation

MINUTE = timedelta(minutes=1)
ROUNDED = timedelta(milliseconds=10)
"""Clocks that count seconds in fractions are not exact."""
FEW = 4
"""A batch of fewer parts may have to be cut into single ones, to find the part that is refused."""


def s18_bounded_pressure(history: History, per_minute: int) -> Iterator[Violation]:
    """Each process for itself: it knows what it has sent. What its replica was told it has from the store."""
    heard = history.heard
    for asker in dict.fromkeys(asked.asker for asked in heard.asked):
        sent = [asked.at for asked in heard.asked if asked.asker == asker]
        for first, last in zip(sent, sent[per_minute:], strict=False):
            if last - first < MINUTE - ROUNDED:
                yield Violation("S18", last, 0, f"more than {per_minute} requests since {first:%H:%M:%S}")
                break
    for rest in heard.rests:
        early = [a for a in heard.asked[rest.asked :] if a.replica == rest.replica and a.at < rest.until - ROUNDED]
        if early:
            words = (
                f"{early[0].operation} was asked for, and the server had asked for quiet until {rest.until:%H:%M:%S}"
            )
            yield Violation("S18", early[0].at, 0, words)
    yield from _single_calls(history)


def _single_calls(history: History) -> Iterator[Violation]:
    """Of one process: what another sends meanwhile is its own."""
    for asker in dict.fromkeys(request.asker for request in history.heard.writes):
        yield from _single_calls_of([request for request in history.heard.writes if request.asker == asker])


def _single_calls_of(writes: Sequence[Request]) -> Iterator[Violation]:
    failed: Request | None = None
    singles = 0
    for request in writes:
        if request.operation == "batch":
            failed, singles = (request, 0) if request.status != 200 else (None, 0)
        elif failed is not None and _is_part_of(failed, request):
            singles += 1
            if FEW <= len(failed.document) <= singles:
                words = f"a batch of {len(failed.document)} failed, and {singles} single updates followed"
                yield Violation("S18", request.at, 0, words)
                failed = None


def _is_part_of(failed: Request, request: Request) -> bool:
    """Sent once more on its own, soon after."""
    return request.operation == "update" and request.items <= failed.items and request.at - failed.at < MINUTE
