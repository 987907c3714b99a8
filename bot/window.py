"""Windows: when an environment takes a release, and by when a list for it has to be agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.environment import Environment, Holiday, Weekly
from bot.number import ReleaseType
from bot.programme import Programme

HORIZON = timedelta(weeks=12)
"""How far ahead a window is looked for: beyond it the environment counts as having none."""
EMERGENCY_NOTICE = timedelta(hours=1)
EMERGENCY_LENGTH = timedelta(hours=2)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of time, in UTC, in which an environment takes a release of one type."""

    start: datetime
    end: datetime
    type: ReleaseType

    @property
    def is_named(self) -> bool:
        """Whether it is one: on an RFC that a person raised by hand there may be no times."""
        return self.start < self.end


def agree_by(window: Window, programme: Programme) -> datetime:
    """The last instant at which the RFC may be raised: the window's start less the notice of its type.

    Working days for regular types, a clock hour for an emergency [M10], [M12.8].
    """
    if window.type is ReleaseType.EMERGENCY:
        return window.start - EMERGENCY_NOTICE
    return programme.working_days.back(window.start, programme.notice[window.type])


def emergency_window(now: datetime) -> Window:
    """The first half hour that leaves its notice, and as long again to agree and raise [M12.8], [C5.3]."""
    earliest = now + 2 * EMERGENCY_NOTICE
    start = earliest.replace(minute=0, second=0, microsecond=0)
    while start < earliest:
        start += timedelta(minutes=30)
    return Window(start, start + EMERGENCY_LENGTH, ReleaseType.EMERGENCY)


def next_window(
    environment: Environment,
    programme: Programme,
    now: datetime,
    *,
    type: ReleaseType | None = None,
    after: datetime | None = None,
) -> Window | None:
    """The first window, weekly or dated, for a release of this type whose notice can still be kept.

    Without `type` it is the environment's regular one. `after`: it has to start later than that; without it, than
    `now`.
    """
    wanted = type or environment.regular_type
    upcoming = (w for w in windows(environment, programme, after or now) if w.type is wanted)
    return next((w for w in upcoming if now <= agree_by(w, programme)), None)


def types_taken(environment: Environment) -> tuple[ReleaseType, ...]:
    """Its regular type first, then those of its dated windows."""
    return tuple(dict.fromkeys((environment.regular_type, *(dated.type for dated in environment.dated))))


def windows(environment: Environment, programme: Programme, since: datetime) -> list[Window]:
    """Every window that starts in the twelve weeks after `since`, in order; freezes and days off have none."""
    found = {w for rule in environment.weekly for w in _weekly(rule, environment, programme, since)}
    found |= {
        Window(d.start.astimezone(UTC), d.end.astimezone(UTC), d.type)
        for d in environment.dated
        if since < d.start <= since + HORIZON
    }
    zone = programme.zone
    held = (w for w in found if environment.frozen_on(w.start.astimezone(zone).date()) is None)
    return sorted(held, key=lambda w: (w.start, w.end, w.type.value))


def _weekly(rule: Weekly, environment: Environment, programme: Programme, since: datetime) -> Iterator[Window]:
    first = since.astimezone(programme.zone).date() - timedelta(weeks=1)
    first += timedelta(days=(rule.weekday - first.weekday()) % 7)
    for week in range(HORIZON // timedelta(weeks=1) + 1):
        held = day_held(first + timedelta(weeks=week), environment, programme)
        if held is None:
            continue
        window = weekly_window(rule, held, environment, programme)
        if window.start > since:
            yield window


def weekly_window(rule: Weekly, day: date, environment: Environment, programme: Programme) -> Window:
    """The window of `rule`, held on `day`."""
    start = datetime.combine(day, rule.start, programme.zone).astimezone(UTC)
    return Window(start, start + rule.duration, environment.regular_type)


def day_held(day: date, environment: Environment, programme: Programme) -> date | None:
    """When a weekly window of `day` is held: the next working day where `day` is none, or never."""
    if programme.working_days.is_working(day):
        return day
    if environment.holiday is Holiday.SKIPPED:
        return None
    while not programme.working_days.is_working(day):
        day += timedelta(days=1)
    return day
