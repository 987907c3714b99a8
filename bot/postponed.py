"""Postponed: a window that a person has moved on an RFC, or on its list, and whether that can stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.candidate_list import CandidateList, ListState, seal_of
from bot.change import Field
from bot.dates import spoken
from bot.facts import Facts
from bot.history import Step
from bot.rfc import Rfc
from bot.waiver import counting_waiver
from bot.window import Window, agree_by


@dataclass(frozen=True, slots=True)
class Postponed:
    """The window that was agreed began at `was`; `by` is empty where the history does not tell."""

    was: datetime
    window: Window
    by: str


def moved_windows(facts: Facts) -> frozenset[int]:
    """The lists and RFCs whose window is not what was agreed: their histories tell who moved it."""
    found = ((facts.lists.get(rfc.list_id or 0), rfc) for rfc in facts.rfcs.values())
    return frozenset(id for c, rfc in found if c is not None and _is_moved(c, rfc) for id in (c.id, rfc.id))


def postponed(candidate_list: CandidateList, rfc: Rfc, facts: Facts) -> Postponed | None:
    """Where only the window is another than the one agreed: what the RFC says holds, if both were moved (ours)."""
    was = _agreed(candidate_list, rfc, facts) if _is_moved(candidate_list, rfc) else None
    if was is None:
        return None
    moved, other = (rfc, candidate_list) if rfc.window.start != was else (candidate_list, rfc)
    window = Window(moved.window.start, _end(moved.window, other.window), candidate_list.type)
    return Postponed(was, window, _who(facts.histories.get(moved.id, ())))


def why_not(found: Postponed, candidate_list: CandidateList, rfc: Rfc, facts: Facts) -> str:
    """Why its window cannot be that one, in words; empty where it can. Notice is counted anew [M10]."""
    programme, environment = facts.programme, facts.programme.environments.get(candidate_list.environment)
    start = spoken(found.window.start, programme.zone)
    by = f" by {found.by}" if found.by else ""
    told = f"its window was moved to {start}{by}"
    day = found.window.start.astimezone(programme.zone).date()
    freeze = environment.frozen_on(day) if environment is not None else None
    if freeze is not None and candidate_list.is_regular:
        return f"{told}, and {candidate_list.environment} is frozen then ({freeze.why}): choose another one"
    deadline = agree_by(found.window, programme)
    if facts.now > deadline and not any(counting_waiver(item, facts) for item in (rfc, candidate_list)):
        ran_out = spoken(deadline, programme.zone)
        return f"{told}, whose notice ran out on {ran_out}: choose a later one, or record a waiver on this RFC"
    return ""


def _is_moved(candidate_list: CandidateList, rfc: Rfc) -> bool:
    if candidate_list.state is not ListState.RAISED or not rfc.is_under_way or not candidate_list.seal:
        return False
    same = (candidate_list.key, candidate_list.type, candidate_list.edition) == (rfc.key, rfc.type, rfc.edition)
    windows = {rfc.window.start, candidate_list.window.start}
    is_sealed = seal_of(candidate_list.key, candidate_list.type, rfc.window, candidate_list.entries) == rfc.seal
    return same and candidate_list.seal == rfc.seal and (len(windows) > 1 or not is_sealed)


def _agreed(candidate_list: CandidateList, rfc: Rfc, facts: Facts) -> datetime | None:
    """The start over which the seal was set; None where more than the window has changed."""
    for start in dict.fromkeys((candidate_list.window.start, rfc.window.start, *_former(candidate_list, rfc, facts))):
        window = Window(start, start, candidate_list.type)
        if seal_of(candidate_list.key, candidate_list.type, window, candidate_list.entries) == candidate_list.seal:
            return start
    return None


def _former(candidate_list: CandidateList, rfc: Rfc, facts: Facts) -> Iterator[datetime]:
    for id in (candidate_list.id, rfc.id):
        for step in facts.histories.get(id, ()):
            if text := step.wrote.get(Field.WINDOW_START):
                yield datetime.fromisoformat(text)


def _end(moved: Window, other: Window) -> datetime:
    """Where only the start was moved, past the end, it lasts as long as before."""
    if moved.end > moved.start:
        return moved.end
    return moved.start + max(other.end - other.start, timedelta())


def _who(steps: Sequence[Step]) -> str:
    return next((step.by for step in reversed(steps) if Field.WINDOW_START in step.wrote), "")
