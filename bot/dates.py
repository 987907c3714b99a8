"""How instants and durations read to people: the day's name, the date, the time, and always the zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spoken_day(day: date) -> str:
    """`Mon 07-Dec-2026`, whatever the machine's locale."""
    return f"{_DAYS[day.weekday()]} {day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"


def spoken(instant: datetime, zone: tzinfo) -> str:
    """`Mon 07-Dec-2026 09:00 GMT` in `zone`."""
    local = instant.astimezone(zone)
    return f"{spoken_day(local.date())} {local:%H:%M} {local.tzname()}"


def short(instant: datetime, zone: tzinfo) -> str:
    """`Mon 07-Dec 09:00 GMT`, where the year is plain."""
    local = instant.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local.day:02}-{_MONTHS[local.month - 1]} {local:%H:%M} {local.tzname()}"


def lasting(time: timedelta) -> str:
    """`3 d 2 h`, `2 h 5 min`, `40 s`: its two largest parts, rounded down."""
    days, rest = divmod(int(time.total_seconds()), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    first = next((index for index, (count, _) in enumerate(parts) if count), 3)
    shown = parts[first : first + 2]
    return " ".join(f"{count} {unit}" for count, unit in shown if count) or "0 s"
