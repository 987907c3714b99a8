"""S7: what a person has undone the bot does not do again, and it does not write more than there is reason to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.campaign.checker import fields as f
from tests.campaign.checker.handed_over import handed_over
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.violation import Violation

MOST_A_DAY = 10
DAY = timedelta(days=1)
PACE = timedelta(minutes=15)
ANSWERED = "rule comments;"
_ANSWER = re.compile(r"\bRe comment (\d+):")
OF_PEOPLE = {
    f.RFC: (f.TITLE, f.NOTE, "Custom.WayBack", "Custom.Downtime", "Custom.Instructions", "Custom.Answers"),
    f.LIST: (f.NUMBER, f.WAIVER),
}
"""Fields that stay as a person has left them: those of an RFC until its next edition."""


def s7_no_fight(history: History, since: int) -> Iterator[Violation]:
    yield from _handed_over_again(history, since)
    for change in history.by_bot(since):
        yield from _set_again(change, history)
        yield from _too_often(change, history)
        if change.type == f.LIST and change.sets(f.BODY) and not change.is_new:
            yield from _rewritten_too_soon(change, history)


def s7_answered_once(history: History) -> Iterator[Violation]:
    """Under each list, at most one answer to each comment."""
    for id, _ in history.items(f.LIST, history.end):
        own = (comment.text for comment in history.azure.item(id).comments if comment.by.sign_in == history.bot)
        for comment, times in Counter(named for text in own for named in _ANSWER.findall(text)).items():
            if times > 1:
                yield Violation("S7", history.now, id, f"comment {comment} was answered {times} times")


def _handed_over_again(history: History, since: int) -> Iterator[Violation]:
    """By the same RFC, although nobody has cleared what the defect says it was delivered by."""
    for change, rfc in handed_over(history, since):
        if change.before.get(f.DELIVERED_BY) == rfc:
            words = f"handed over by RFC {rfc} again, after it was taken back"
            yield Violation("S7", change.at, change.item, words)


def _set_again(change: Change, history: History) -> Iterator[Violation]:
    names = [name for name in OF_PEOPLE.get(change.type, ()) if change.sets(name) and change.before.get(name)]
    if not names or change.is_new or (change.type == f.RFC and change.sets(f.EDITION)):
        return
    steps = history.revisions(change.item, change.place)
    for name in names:
        last = next(step for step in reversed(steps) if step.sets(name))
        if last.by != history.bot:
            words = f"the bot set {name} after {last.by} had: {last.text(name)[:40]!r} to {change.text(name)[:40]!r}"
            yield Violation("S7", change.at, change.item, words)


def _too_often(change: Change, history: History) -> Iterator[Violation]:
    """More often in a day than ten times, and than people have done anything in that day."""
    recent = [s for s in history.revisions(change.item, change.place) if change.at - s.at < DAY and s.by == history.bot]
    if len(recent) < MOST_A_DAY:
        return
    by_people = sum(s.by != history.bot for s in history.changes[recent[0].place : change.place])
    if len(recent) >= MOST_A_DAY + by_people:
        words = f"revision {len(recent) + 1} by the bot within a day, in which people changed {by_people} things"
        yield Violation("S7", change.at, change.item, words)


def _rewritten_too_soon(change: Change, history: History) -> Iterator[Violation]:
    """Its text, without anything done by a person to the list, its RFC or what is on it."""
    steps = history.revisions(change.item, change.place)
    last = next((s for s in reversed(steps) if s.sets(f.BODY) and s.by == history.bot), None)
    if last is None or change.at - last.at >= PACE or change.sets(f.SEAL) or change.sets(f.STATE):
        return
    if not any(_is_a_persons(s, history) for s in steps if s.place > last.place):
        words = f"its text was rewritten {change.at - last.at} after the last time, and no person had touched it"
        yield Violation("S7", change.at, change.item, words)


def _is_a_persons(step: Change, history: History) -> bool:
    """What somebody has done, or has asked for in a comment that is answered."""
    return step.by != history.bot or ANSWERED in step.text(f.WRITTEN)
