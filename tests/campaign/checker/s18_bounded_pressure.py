"""S18: the bot asks no more than it may, stays quiet as long as it is told to, and never falls back to single calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tests.campaign.checker.heard import Request
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation

MINUTE = timedelta(minutes=1)
FEW = 4
"""A batch of fewer parts may have to be cut into single ones, to find the part that is refused."""


def s18_bounded_pressure(history: History, per_minute: int) -> Iterator[Violation]:
    """Over all requests of the bot's account."""
    asked = [e for e in history.azure.journal if e.sign_in == history.bot]
    for first, last in zip(asked, asked[per_minute:], strict=False):
        if last.at - first.at < MINUTE:
            yield Violation("S18", last.at, 0, f"more than {per_minute} requests since {first.at:%H:%M:%S}")
            break
    for rest in history.heard.rests:
        early = [e for e in history.azure.journal[rest.asked :] if e.sign_in == history.bot and e.at < rest.until]
        if early:
            words = (
                f"{early[0].operation} was asked for, and the server had asked for quiet until {rest.until:%H:%M:%S}"
            )
            yield Violation("S18", early[0].at, 0, words)
    yield from _single_calls(history)


def _single_calls(history: History) -> Iterator[Violation]:
    failed: Request | None = None
    singles = 0
    for request in history.heard.writes:
        if request.operation == "batch":
            failed, singles = (request, 0) if request.status != 200 else (None, 0)
        elif request.operation == "update" and failed is not None and request.at - failed.at < MINUTE:
            singles += 1
            if FEW <= len(failed.document) <= singles:
                words = f"a batch of {len(failed.document)} failed, and {singles} single updates followed"
                yield Violation("S18", request.at, 0, words)
                failed = None
