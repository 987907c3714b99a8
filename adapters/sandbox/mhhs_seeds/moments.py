"""Moments: when things happened in the programme before the story starts, in working hours of late 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from adapters.sandbox.mhhs_seeds.parties import UIT

STORY_STARTS = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)

LOWEST_ID, HIGHEST_ID = 101, 999

FIRST_DAY, LAST_DAY_OF_RAISING = date(2026, 10, 1), date(2026, 11, 20)
FOR_LAST_DELIVERY = datetime(2026, 11, 19, 9, tzinfo=UTC), datetime(2026, 11, 27, 16, tzinfo=UTC)
LATE_NOVEMBER = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)
AFTER_DELIVERY = datetime(2026, 12, 2, 13, tzinfo=UTC), datetime(2026, 12, 2, 16, tzinfo=UTC)
DELIVERIES = (date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30))
"""The Mondays on which each party's builds so far reached SIT; UIT got them two days later."""

DAY = timedelta(hours=8)
OPENING = time(9, tzinfo=UTC)


def raised(id: int) -> datetime:
    """Ids are given in the order of time, so an id tells when its item was raised."""
    share = (id - LOWEST_ID) / (HIGHEST_ID - LOWEST_ID)
    last = work_until(datetime.combine(LAST_DAY_OF_RAISING, OPENING)) + DAY
    return at_work(timedelta(minutes=int(share * last.total_seconds() / 60)))


def after(moment: datetime, rng: Random, *, least: timedelta, most: timedelta) -> datetime:
    """Some working time later, between `least` and `most`."""
    return at_work(work_until(moment) + _between(rng, least, most))


def between(span: tuple[datetime, datetime], rng: Random) -> datetime:
    first, last = span
    return at_work(_between(rng, work_until(first), work_until(last)))


def delivery_after(moment: datetime, environment: str) -> int:
    """Which of the parties' builds was the first to reach the environment after this moment."""
    return next(n for n in range(len(DELIVERIES)) if delivered(n, environment) > moment)


def delivered(build: int, environment: str) -> datetime:
    day = DELIVERIES[build] + timedelta(days=2 if environment == UIT else 0)
    return datetime.combine(day, time(11, tzinfo=UTC))


def work_until(moment: datetime) -> timedelta:
    """The working time from the first day to this moment, which lies in working hours."""
    days = (FIRST_DAY + timedelta(days=n) for n in range((moment.date() - FIRST_DAY).days))
    opening = datetime.combine(moment.date(), OPENING)
    return sum((DAY for day in days if day.weekday() < 5), timedelta()) + (moment - opening)


def at_work(worked: timedelta) -> datetime:
    """The moment at which so much working time has passed."""
    days, rest = divmod(worked, DAY)
    day = FIRST_DAY
    while days or day.weekday() >= 5:
        days -= day.weekday() < 5
        day += timedelta(days=1)
    return datetime.combine(day, OPENING) + rest


def _between(rng: Random, least: timedelta, most: timedelta) -> timedelta:
    return timedelta(minutes=rng.randint(int(least.total_seconds() // 60), int(most.total_seconds() // 60)))
