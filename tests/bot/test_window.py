"""Windows: weekly and dated ones, holidays that move or skip them, freezes, and which one can still be met."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.environment import Dated, Environment, Freeze, Holiday, Weekly
from bot.number import ReleaseType
from bot.window import HORIZON, agree_by, next_window, windows
from bot.working_days import WorkingDays
from tests.bot.world import LONDON, MONDAY, NOW, a_programme, an_environment, at

PROGRAMME = a_programme()
MAJOR, PATCH = ReleaseType.MAJOR, ReleaseType.PATCH
CHRISTMAS_WEEK = at("2026-12-22 12:00")


def starts(environment: Environment, since: datetime = NOW, count: int = 3) -> list[datetime]:
    return [window.start for window in windows(environment, PROGRAMME, since)[:count]]


def test_a_weekly_window_returns_at_the_same_local_time() -> None:
    found = starts(an_environment(), at("2026-03-20 12:00"))

    assert found == [at("2026-03-23 09:00"), at("2026-03-30 09:00"), at("2026-04-06 09:00")]
    assert [start.hour for start in found] == [9, 8, 8]


def test_a_window_lasts_as_long_as_it_says() -> None:
    found = windows(an_environment(), PROGRAMME, NOW)

    assert {window.end - window.start for window in found} == {timedelta(hours=2)}


def test_a_window_on_a_bank_holiday_moves_to_the_next_working_day() -> None:
    moved = an_environment(holiday=Holiday.MOVED)

    assert starts(moved, CHRISTMAS_WEEK, 2) == [at("2026-12-29 09:00"), at("2027-01-04 09:00")]


def test_or_it_is_skipped() -> None:
    skipped = an_environment(holiday=Holiday.SKIPPED)

    assert starts(skipped, CHRISTMAS_WEEK, 1) == [at("2027-01-04 09:00")]


def test_notice_of_a_moved_window_is_counted_from_where_it_moved_to() -> None:
    moved = an_environment(holiday=Holiday.MOVED)

    in_time = next_window(moved, PROGRAMME, at("2026-12-24 09:00"))
    too_late = next_window(moved, PROGRAMME, at("2026-12-24 09:01"))

    assert in_time is not None
    assert too_late is not None
    assert [in_time.start, too_late.start] == [at("2026-12-29 09:00"), at("2027-01-04 09:00")]


def test_two_windows_that_move_to_one_day_are_one() -> None:
    rules = tuple(Weekly(weekday, time(9), timedelta(hours=2)) for weekday in (0, 1))

    assert starts(an_environment(weekly=rules), CHRISTMAS_WEEK, 2) == [at("2026-12-29 09:00"), at("2027-01-04 09:00")]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2026, 12, 7), date(2026, 12, 7), "2026-12-14 09:00", id="frozen that day only"),
        pytest.param(date(2026, 12, 1), date(2026, 12, 14), "2026-12-21 09:00", id="both days included"),
        pytest.param(date(2026, 12, 8), date(2026, 12, 13), "2026-12-07 09:00", id="a freeze between two windows"),
    ],
)
def test_a_freeze_takes_its_windows_away(first: date, last: date, expected: str) -> None:
    frozen = an_environment(freezes=(Freeze(first, last, "month end"),))

    assert starts(frozen, count=1) == [at(expected)]


def test_the_days_of_a_freeze_are_those_of_the_calendar_on_the_wall() -> None:
    """In summer half past midnight in London is still the day before by the server's clock."""
    night = an_environment(weekly=(Weekly(0, time(0, 30), timedelta(hours=2)),))
    frozen = replace(night, freezes=(Freeze(date(2026, 6, 8), date(2026, 6, 8), "month end"),))

    assert starts(night, at("2026-06-05 12:00"), 1) == [at("2026-06-08 00:30")]
    assert starts(frozen, at("2026-06-05 12:00"), 1) == [at("2026-06-15 00:30")]


def test_two_releases_of_different_types_may_share_a_window() -> None:
    major = Dated(MONDAY, MONDAY + timedelta(hours=2), MAJOR)

    found = windows(an_environment(dated=(major,)), PROGRAMME, NOW)[:2]

    assert {(window.start, window.type) for window in found} == {(MONDAY, type_) for type_ in (MAJOR, PATCH)}


def test_a_window_that_moves_into_a_freeze_is_none() -> None:
    frozen = an_environment(freezes=(Freeze(date(2026, 12, 29), date(2026, 12, 31), "year end"),))

    assert starts(frozen, CHRISTMAS_WEEK, 1) == [at("2027-01-04 09:00")]


def test_a_dated_window_stands_among_the_weekly_ones_with_its_own_type() -> None:
    dated = Dated(at("2026-12-09 18:00"), at("2026-12-09 22:00"), MAJOR)

    found = windows(an_environment(dated=(dated,)), PROGRAMME, NOW)[:3]

    assert [window.start for window in found] == [MONDAY, at("2026-12-09 18:00"), MONDAY + timedelta(weeks=1)]
    assert [window.type for window in found] == [PATCH, MAJOR, PATCH]


def test_the_regular_type_is_the_environments() -> None:
    minor = an_environment(regular_type=ReleaseType.MINOR)

    assert {window.type for window in windows(minor, PROGRAMME, NOW)} == {ReleaseType.MINOR}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-12-04 09:00", "2026-12-07 09:00", id="the last instant counts"),
        pytest.param("2026-12-04 09:01", "2026-12-14 09:00", id="a minute later it is the week after"),
        pytest.param("2026-12-05 12:00", "2026-12-14 09:00", id="at the weekend too"),
    ],
)
def test_a_window_whose_notice_has_passed_is_not_the_next(now: str, expected: str) -> None:
    found = next_window(an_environment(), PROGRAMME, at(now))

    assert found is not None
    assert found.start == at(expected)


def test_an_environment_without_windows_has_no_next_one() -> None:
    assert next_window(an_environment(weekly=()), PROGRAMME, NOW) is None


def test_a_dated_window_beyond_twelve_weeks_is_not_looked_at() -> None:
    far = Dated(NOW + HORIZON + timedelta(days=1), NOW + HORIZON + timedelta(days=2), MAJOR)

    assert next_window(an_environment(weekly=(), dated=(far,)), PROGRAMME, NOW) is None


def test_of_the_weekly_ones_those_of_the_next_twelve_weeks_are_known() -> None:
    found = windows(an_environment(), PROGRAMME, NOW)

    assert len(found) == 12
    assert (found[0].start, found[-1].start) == (MONDAY, at("2027-02-22 09:00"))


def test_a_dated_window_lasts_as_long_as_it_says() -> None:
    dated = Dated(at("2026-12-09 18:00"), at("2026-12-09 22:00"), MAJOR)

    (found,) = windows(an_environment(weekly=(), dated=(dated,)), PROGRAMME, NOW)

    assert (found.start, found.end) == (at("2026-12-09 18:00"), at("2026-12-09 22:00"))


def test_a_dated_window_behind_us_is_gone() -> None:
    past = Dated(NOW - timedelta(hours=1), NOW + timedelta(hours=1), MAJOR)

    assert windows(an_environment(weekly=(), dated=(past,)), PROGRAMME, NOW) == []


def test_a_window_of_another_type_is_no_window_for_the_regular_release() -> None:
    major = Dated(at("2026-12-05 18:00"), at("2026-12-05 22:00"), MAJOR)

    found = next_window(an_environment(dated=(major,)), PROGRAMME, NOW)

    assert found is not None
    assert found.type is ReleaseType.PATCH


@pytest.mark.parametrize(
    ("now", "start", "agree_by_"),
    [
        pytest.param("2027-03-24 12:00", "2027-03-29 09:00", "2027-03-25 09:00", id="over Easter"),
        pytest.param("2026-03-26 12:00", "2026-03-30 09:00", "2026-03-27 09:00", id="clocks forward"),
        pytest.param("2026-10-22 12:00", "2026-10-26 09:00", "2026-10-23 09:00", id="clocks back"),
        pytest.param("2026-12-24 08:00", "2026-12-28 09:00", "2026-12-24 09:00", id="over Christmas"),
        pytest.param("2026-12-31 08:00", "2027-01-04 09:00", "2026-12-31 09:00", id="over the end of a year"),
        pytest.param("2028-02-25 08:00", "2028-02-28 09:00", "2028-02-25 09:00", id="before a leap day"),
        pytest.param("2028-02-28 12:00", "2028-03-06 09:00", "2028-03-03 09:00", id="after a leap day"),
    ],
)
def test_notice_is_counted_in_working_days_by_the_clock_on_the_wall(now: str, start: str, agree_by_: str) -> None:
    closed = {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year's Day", date(2027, 3, 26): "Good Friday"}
    programme = a_programme(working_days=WorkingDays(LONDON, closed))

    found = next_window(an_environment(), programme, at(now))

    assert found is not None
    assert (found.start, agree_by(found, programme)) == (at(start), at(agree_by_))


@pytest.mark.parametrize("hour", [0, 1, 2, 9, 23])
@pytest.mark.parametrize("weekday", range(7))
def test_each_week_has_its_window_exactly_once_through_two_years_of_clock_changes(hour: int, weekday: int) -> None:
    """At 01:30 one Sunday in March there is no such time, and one in October it comes twice."""
    every_day = a_programme(working_days=_EveryDay(LONDON))
    environment = an_environment(weekly=(Weekly(weekday, time(hour, 30), timedelta(hours=2)),))
    since, days = at("2026-01-01 00:00"), []
    while since < at("2028-01-01 00:00"):
        window = windows(environment, every_day, since)[0]
        days.append(window.start.astimezone(LONDON).date())
        assert window.end - window.start == timedelta(hours=2)
        since = window.start

    assert {(later - earlier).days for earlier, later in pairwise(days)} == {7}


class _EveryDay(WorkingDays):
    def is_working(self, day: date) -> bool:
        return True
