"""S9: the note of an RFC says what its list was sealed over, and what the RFC is linked to: no more and no less; and it
is raised for what was sealed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import lists_of, sealed_entries, sealings
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.violation import Violation

LAG = timedelta(minutes=10)
"""How late a feed may tell of a new title: an RFC may be raised meanwhile."""
AGREED = (f.ENVIRONMENT, f.PARTY, f.NUMBER, f.RELEASE_TYPE, f.WINDOW_START)
_NAMED = re.compile(r"/_workitems/edit/(\d+)")
_REASON = re.compile(r"<p>(?:(\d+) defects? fixed)?(?:, )?(?:(\d+) change requests?)?</p>")


def s9_note_fidelity(history: History, since: int) -> Iterator[Violation]:
    """Whenever the bot raises an RFC or writes its next edition. A link is made with the revision, or just after; none
    stands to what somebody deletes in that moment."""
    for change in history.by_bot(since, f.RFC):
        if change.is_new or change.sets(f.EDITION) or change.sets(f.NOTE):
            yield from (Violation("S9", change.at, change.item, words) for words in _differences(change, history))
        if change.is_new:
            yield from (Violation("S9", change.at, change.item, words) for words in _not_as_sealed(change, history))


def _differences(change: Change, history: History) -> Iterator[str]:
    after = change.place + 1
    sealed = sealed_entries(change.item, history, after)
    linked = history.links(change.item, f.ENTRY, after).keys()
    note = change.text(f.NOTE)
    changes = sum(role == f.CHANGE for _, role in sealed.values())
    counted = _counted(note)
    if counted != (len(sealed) - changes, changes):
        words = f"it counts {counted[0]} defects and {counted[1]} change requests"
        yield f"{words}, and its list was sealed with {len(sealed)}, of which {changes} change requests"
    there = {id for id in sealed if history.stood(id, after)}
    if there != linked & sealed.keys() or linked - sealed.keys():
        yield f"its list was sealed with {sorted(sealed)}, and it is linked to {sorted(linked)}"
    if missing := sorted(sealed.keys() - set(map(int, _NAMED.findall(note)))):
        yield f"its note does not name {missing}"
    for id in sealed:
        if words := _misquoted(id, note, history, change):
            yield words


def _not_as_sealed(change: Change, history: History) -> Iterator[str]:
    """What it asks for when it is raised."""
    for list_ in lists_of(change.item, history, change.place + 1):
        found = [s for s in sealings(list_, history, change.place) if s.text(f.SEAL) == change.text(f.SEAL)]
        for name in AGREED:
            if found and change.after.get(name) != found[-1].after.get(name):
                agreed = found[-1].text(name)
                yield f"its list was sealed with {name} {agreed!r}, and it is raised with {change.text(name)!r}"


def _counted(note: str) -> tuple[int, int]:
    """Defects and change requests, by the sentence in which the note says what the release is for."""
    found = next((reason for reason in _REASON.findall(note) if any(reason)), ("", ""))
    return int(found[0] or 0), int(found[1] or 0)


def _misquoted(id: int, note: str, history: History, change: Change) -> str:
    """The title has to be one that the defect had since all that is behind the RFC was read, or so long before that
    its feed may not have told of a new one."""
    titles = {text_of(history.stood(id, place), f.TITLE) for place in (history.known_by(change), change.place)}
    titles |= {text_of(one.after, f.TITLE) for one in _lately(id, history, change)}
    shown = html.unescape(re.sub(r"\s+", " ", note))
    if "" in titles or any(re.sub(r"\s+", " ", title) in shown for title in titles):
        return ""
    return f"its note does not quote the title of {id}"


def _lately(id: int, history: History, change: Change) -> Iterator[Change]:
    """What was made of it within the lag, and what it was before."""
    for former, later in pairwise([*history.of(id, change.place), change]):
        if later.at > change.at - LAG:
            yield former
