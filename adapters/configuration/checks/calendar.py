"""Calendar: windows that end after they start, days that exist, and times that happen exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import DaysSettings, EnvironmentSettings, Settings
from adapters.configuration.suggestion import nearest

LONGEST_STRETCH = timedelta(days=366)
LONGEST_WINDOW = timedelta(days=31)
YEARS = range(2000, 2101)
_WEEKEND = ("Saturday", "Sunday")


def check_calendar(settings: Settings) -> Iterator[Problem]:
    zone = zone_named(settings.programme.time_zone)
    if zone is None:
        name = settings.programme.time_zone
        what = f"there is no time zone {quoted(name)}"
        near = nearest(name, available_timezones()) or "Europe/London"
        yield Problem(("programme", "time_zone"), what, f"write the name of one, such as {quoted(near)}")
    yield from _days(("programme", "shutdowns"), settings.programme.shutdowns)
    for name, environment in settings.environments.items():
        yield from _weekly(("environments", name, "windows"), environment)
        yield from _extra(("environments", name, "extra_windows"), environment, zone)
        yield from _days(("environments", name, "freezes"), environment.freezes)


def zone_named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def placed(instant: datetime, zone: ZoneInfo) -> datetime:
    """`instant` with a zone: the one that it was written with, else that of the programme."""
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _days(path: Path, stretches: list[DaysSettings]) -> Iterator[Problem]:
    for i, days in enumerate(stretches):
        if not days.gives("first", "last"):
            continue
        if days.last < days.first:
            yield Problem((*path, i, "last"), f"{days.last} is before {days.first}", "write the later day here")
        elif days.last - days.first > LONGEST_STRETCH:
            yield Problem((*path, i, "last"), "is more than a year after the first day", "correct the year")


def _weekly(path: Path, environment: EnvironmentSettings) -> Iterator[Problem]:
    for i, window in enumerate(environment.windows):
        if window.day in _WEEKEND:
            yield Problem(
                (*path, i, "day"),
                f"a window on a {window.day} would never be held: it is not a working day",
                "name the working day on which it is held, or give single dates as extra_windows",
            )
        if window.gives("start", "end") and not window.next_day and window.end <= window.start:
            yield Problem(
                (*path, i, "end"),
                f"{window.end:%H:%M} is not after {window.start:%H:%M}",
                "write the later time here; add `next_day = true` if the window goes past midnight",
            )
        if window.gives("start", "end") and window.next_day and window.end > window.start:
            yield Problem((*path, i, "next_day"), "makes the window longer than a day", "take `next_day` out")


def _extra(path: Path, environment: EnvironmentSettings, zone: ZoneInfo | None) -> Iterator[Problem]:
    for i, window in enumerate(environment.extra_windows):
        if zone is None or not window.gives("start", "end"):
            continue
        if far := [end for end in ("start", "end") if getattr(window, end).year not in YEARS]:
            yield Problem((*path, i, far[0]), f"is not between {YEARS[0]} and {YEARS[-1]}", "correct the year")
            continue
        wrong = [*_odd((*path, i, "start"), window.start, zone), *_odd((*path, i, "end"), window.end, zone)]
        yield from wrong
        if not wrong and placed(window.end, zone) <= placed(window.start, zone):
            yield Problem((*path, i, "end"), "is not after the start", "write the later time here")
        elif not wrong and placed(window.end, zone) - placed(window.start, zone) > LONGEST_WINDOW:
            what = f"is more than {LONGEST_WINDOW.days} days after the start"
            yield Problem((*path, i, "end"), what, "correct the day; a longer window is several")


def _odd(path: Path, instant: datetime, zone: ZoneInfo) -> Iterator[Problem]:
    """Local times around the clock changes: one hour of the spring does not exist, one of the autumn comes twice."""
    if instant.tzinfo is not None:
        return
    local = instant.replace(tzinfo=zone)
    remedy = "write another time, or one with its distance from UTC, such as 2027-03-28T03:00:00+01:00"
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != instant:
        yield Problem(path, f"does not exist in {zone}: the clock is changed then", remedy)
    elif local.utcoffset() != local.replace(fold=1).utcoffset():
        yield Problem(path, f"happens twice in {zone}: the clock is changed then", remedy)
