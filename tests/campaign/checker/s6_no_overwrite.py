"""S6: the bot changes an item only at the revision that it decided on, never around the rules of the process, and
nothing that people alone say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.campaign.checker import fields as f
from tests.campaign.checker.heard import Request
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation

_OF_FIXES = (f.TITLE, f.VERSION, f.FOUND_IN, f.PARTY_OF_DEFECT, f.RETEST_BY)
OF_PEOPLE_ALONE = {
    f.DEFECT: _OF_FIXES,
    f.CHANGE_REQUEST: _OF_FIXES,
    f.LIST: (f.WAIVER,),
    f.RFC: (f.ACCEPTED, f.DELIVERED, f.ANSWERS, f.WAIVER),
}


def s6_no_overwrite(history: History, since: int) -> Iterator[Violation]:
    for change in history.by_bot(since):
        if not change.is_new and (who := _unseen(change, history)):
            yield Violation("S6", change.at, change.item, f"written over revision {change.rev - 1} of {who}, unseen")
        for name in OF_PEOPLE_ALONE.get(change.type, ()):
            if not change.is_new and change.sets(name):
                yield Violation("S6", change.at, change.item, f"the bot set {name}, which people say")
    for request in history.heard.writes:
        if request.place >= since:
            yield from (Violation("S6", history.now, 0, words) for words in _faults(request))


def _unseen(change: Change, history: History) -> str:
    """Who made the revision that it follows upon, where that came after all that had been read; empty else."""
    last = history.revisions(change.item, change.place)[-1]
    seen = last.place < history.known_by(change) or last.by == history.bot
    return "" if seen else last.by


def _faults(request: Request) -> Iterator[str]:
    if "bypassrules=true" in request.query.lower():
        yield f"{request.operation}: sent around the rules of the process"
    if any("bypassrules=true" in str(part.get("uri", "")).lower() for part in _parts(request)):
        yield f"{request.operation}: a part was sent around the rules of the process"
    for document in _updates(request):
        if not any(o.get("op") == "test" and o.get("path") == "/rev" for o in document if isinstance(o, dict)):
            yield f"{request.operation}: sent without a test of the revision: {document}"


def _updates(request: Request) -> Iterator[list[Any]]:
    """The documents that change items which are there."""
    if request.operation == "update" and isinstance(request.document, list):
        yield request.document
    for part in _parts(request):
        if str(part.get("method", "")).upper() == "PATCH" and "/$" not in str(part.get("uri", "")):
            yield list(part.get("body") or [])


def _parts(request: Request) -> list[dict[str, Any]]:
    is_batch = request.operation == "batch" and isinstance(request.document, list)
    return [part for part in request.document if isinstance(part, dict)] if is_batch else []
