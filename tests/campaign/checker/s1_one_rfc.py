"""S1: for one environment, party and number there is one RFC, and one list; a second one that nobody has touched is
closed, and nothing else is closed as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from adapters.sandbox.work_item import Fields
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.violation import Violation

DUPLICATE = "duplicate of RFC "
UNSEEN = timedelta(minutes=10)
"""How late a query may show an RFC that somebody raised by hand and linked to nothing."""


def s1_one_rfc(history: History, since: int) -> Iterator[Violation]:
    """The bot never raises a second one: not while another of its own is there, nor one of a person's that it could
    see; and it never turns one into another's."""
    for change in history.by_bot(since, f.RFC):
        if not change.is_new and key_of(change.before) == key_of(change.after):
            continue
        for other in _others(change, history):
            yield Violation("S1", change.at, change.item, f"{_named(change.after)} has RFC {other} already")


def s1_one_list(history: History, since: int) -> Iterator[Violation]:
    """Whatever became of its first creation: of others, that cannot be seen yet, it need not know. What a person has
    had a hand in is theirs."""
    for change in history.by_bot(since, f.LIST):
        process = history.heard.process_of(change)
        if not change.is_new or not process:
            continue
        for other, fields in history.items(f.LIST, change.place):
            steps = history.revisions(other, change.place)
            is_its_own = history.heard.process_of(steps[0]) == process and all(s.by == history.bot for s in steps)
            if is_its_own and fields.get(f.STATE) == f.PROPOSED and _waits_for(fields) == _waits_for(change.after):
                yield Violation("S1", change.at, change.item, f"list {other} waits for the same already")


def _waits_for(list_: Fields) -> tuple[object, ...]:
    """A regular one takes whatever number comes next."""
    environment, party, number = key_of(list_)
    is_regular = number is None or number.is_regular
    return environment, party, list_.get(f.RELEASE_TYPE), None if is_regular else number


def s1_one_rfc_in_the_end(history: History) -> Iterator[Violation]:
    """When all is quiet there are not two, unless a person has had a hand in the second."""
    live = defaultdict(list)
    for id, fields in history.items(f.RFC, history.end):
        if fields.get(f.STATE) not in (f.WITHDRAWN, f.CLOSED) and key_of(fields)[2] is not None:
            live[key_of(fields)].append(id)
    for ids in live.values():
        for id in ids[1:]:
            if all(change.by == history.bot for change in history.revisions(id)):
                words = f"{_named(history.stood(id, history.end))} has {len(ids)} RFCs: {ids}"
                yield Violation("S1", history.now, id, words)


def s1_duplicates(history: History, since: int) -> Iterator[Violation]:
    """What the bot closes as a duplicate is its own, untouched, and stands behind one for the same."""
    for change in history.by_bot(since, f.RFC):
        first = change.text(f.OUTCOME).removeprefix(DUPLICATE)
        if not change.sets(f.OUTCOME) or first == change.text(f.OUTCOME):
            continue
        place = history.known_by(change)
        stood = history.stood(int(first), place) if first.isdigit() else {}
        if not stood or int(first) > change.item or stood.get(f.STATE) == f.WITHDRAWN:
            yield Violation("S1", change.at, change.item, f"closed as a duplicate of RFC {first}, which does not stand")
        elif key_of(stood) != key_of(change.after):
            yield Violation("S1", change.at, change.item, f"closed as a duplicate of RFC {first}, which is for another")
        touched = [step.by for step in history.revisions(change.item, place) if step.by != history.bot]
        if touched:
            yield Violation("S1", change.at, change.item, f"closed as a duplicate, and {touched[0]} had written on it")


def s1_one_list_in_the_end(history: History) -> Iterator[Violation]:
    """When all is quiet, no list that nobody has touched waits beside another for the same."""
    waiting = defaultdict(list)
    asked = {fields.get(f.LIST_OF_RFC) for _, fields in history.items(f.RFC, history.end)}
    for id, fields in history.items(f.LIST, history.end):
        if fields.get(f.STATE) in (f.PROPOSED, f.AGREED) and id not in asked and _is_configured(fields, history):
            waiting[_waits_for(fields)].append((fields[f.STATE] != f.AGREED, id))
    for there in waiting.values():
        (_, stands), *others = sorted(there)
        for is_proposed, id in others:
            if is_proposed and all(step.by == history.bot for step in history.revisions(id)):
                yield Violation("S1", history.now, id, f"it waits for the same as list {stands}, and nobody wants it")


def _is_configured(list_: Fields, history: History) -> bool:
    environment, party, _ = key_of(list_)
    return environment in history.programme.environments and party in history.programme.parties


def _others(change: Change, history: History) -> Iterator[int]:
    for id, fields in history.items(f.RFC, change.place):
        if id == change.item or key_of(fields) != key_of(change.after) or fields.get(f.STATE) == f.WITHDRAWN:
            continue
        if fields.get(f.STATE) == f.CLOSED and text_of(fields, f.OUTCOME).startswith(DUPLICATE):
            continue
        made = history.revisions(id)[0]
        if made.by == history.bot or change.at - made.at >= UNSEEN:
            yield id


def _named(fields: Fields) -> str:
    environment, party, number = key_of(fields)
    return f"{party} {number} to {environment}"
