"""S6: the bot changes an item only at the revision that it decided on, never around the rules of the process, nothing
that people alone say, and no link of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import NO_ENTRY, entry
from tests.campaign.checker.heard import Request
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.named import names
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


def s6_links_of_people(history: History) -> Iterator[Violation]:
    """What people linked to a list, and never was one of its fixes, stands there as they left it: links make no
    revision, and are taken off by their place. When all is quiet: it may be put back."""
    for list_, _ in history.items(f.LIST, history.end):
        changes = history.of(list_)
        stand, left = _links(changes), _links(change for change in changes if change.by != history.bot)
        for key, words in left.items():
            is_entry = key[0] == f.ENTRY and entry(words) != NO_ENTRY
            if stand.get(key) != words and not is_entry and not _became_an_entry(key[1], changes, history):
                yield Violation("S6", history.now, list_, f"its link to {key[1] or key[2]} ({words!r}) is a person's")


def _became_an_entry(target: int | None, changes: Iterable[Change], history: History) -> bool:
    """By the bot, and the text of the list named it then."""
    ours = (change for change in changes if change.by == history.bot)
    made = ((change, link) for change in ours for link in (*change.update.added, *change.update.edited))
    entries = (change for change, link in made if link.target == target and entry(link.comment) != NO_ENTRY)
    return any(names(change.text(f.BODY), target or 0) for change in entries)


def _links(changes: Iterable[Change]) -> dict[tuple[str, int | None, str], str]:
    """The words beside each that is left of what these changes did."""
    found: dict[tuple[str, int | None, str], str] = {}
    for change in changes:
        for link in change.update.removed:
            found.pop(link.key, None)
        found |= {link.key: link.comment for link in (*change.update.added, *change.update.edited)}
    return found


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
