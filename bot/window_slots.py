"""Slots: every window that the rules of an environment give, held, moved, skipped or frozen, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from bot.dates import spoken_day
from bot.environment import Environment, Weekly
from bot.programme import Programme
from bot.window import Window, day_held, weekly_window


class Mark(Enum):
    """What is special about a window; the value is how people read it."""

    USUAL = ""
    DATED = "by date"
    MOVED = "moved"
    SKIPPED = "skipped"
    FROZEN = "frozen"
    OUTSIDE = "no window"


@dataclass(frozen=True, slots=True)
class Slot:
    """A window as the rules of its environment give it, whether it takes place or not."""

    environment: str
    window: Window
    mark: Mark = Mark.USUAL
    why: str = ""

    @property
    def takes_place(self) -> bool:
        return self.mark not in (Mark.SKIPPED, Mark.FROZEN)


def slots(environment: Environment, programme: Programme, now: datetime, end: datetime) -> Iterable[Slot]:
    """One for each window: where a moved one joins another, they are one."""
    found: dict[tuple[Window, bool], Slot] = {}
    for slot in (*_weekly(environment, programme, now, end), *_dated(environment, programme)):
        key = (slot.window, slot.takes_place)
        same = found.get(key)
        found[key] = slot if same is None or same.mark is Mark.USUAL else replace(same, why=_joined(same.why, slot.why))
    return found.values()


def _weekly(environment: Environment, programme: Programme, now: datetime, end: datetime) -> Iterator[Slot]:
    zone = programme.zone
    first, last = now.astimezone(zone).date() - timedelta(weeks=1), end.astimezone(zone).date()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        yield from (_held(r, day, environment, programme) for r in environment.weekly if r.weekday == day.weekday())


def _held(rule: Weekly, day: date, environment: Environment, programme: Programme) -> Slot:
    held = day_held(day, environment, programme)
    why_off = _why_off(day, programme)
    window = weekly_window(rule, held or day, environment, programme)
    if held is None:
        return Slot(environment.name, window, Mark.SKIPPED, why_off)
    moved = "" if held == day else f"from {spoken_day(day)}: {why_off}"
    freeze = environment.frozen_on(held)
    if freeze is not None:
        return Slot(environment.name, window, Mark.FROZEN, _joined(freeze.why, moved))
    return Slot(environment.name, window, Mark.MOVED if moved else Mark.USUAL, moved)


def _dated(environment: Environment, programme: Programme) -> Iterator[Slot]:
    for dated in environment.dated:
        window = Window(dated.start.astimezone(UTC), dated.end.astimezone(UTC), dated.type)
        freeze = environment.frozen_on(dated.start.astimezone(programme.zone).date())
        why = freeze.why if freeze else dated.roadmap
        yield Slot(environment.name, window, Mark.FROZEN if freeze else Mark.DATED, why)


def _why_off(day: date, programme: Programme) -> str:
    return programme.working_days.closed.get(day, "weekend")


def _joined(*words: str) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
