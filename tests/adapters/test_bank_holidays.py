"""Days that count as closed: those of England and Wales, and those that the programme adds."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.bank_holidays import closed_days
from bot.working_days import WorkingDays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 12, 28), "Boxing Day (observed)"),
        (date(2027, 12, 27), "Christmas Day (observed)"),
        (date(2050, 1, 1), "New Year's Day"),
    ],
)
def test_a_bank_holiday_is_closed_under_its_name(day: date, name: str) -> None:
    assert closed_days({})[day] == name


@pytest.mark.parametrize("day", [date(2026, 3, 17), date(2026, 7, 13), date(2026, 11, 30), date(2026, 8, 3)])
def test_what_only_scotland_or_northern_ireland_keeps_is_a_working_day(day: date) -> None:
    assert day not in closed_days({})


def test_a_shutdown_is_closed_besides_the_bank_holidays() -> None:
    closed = closed_days({date(2026, 12, 24): "Christmas shutdown", date(2026, 12, 25): "Christmas shutdown"})
    assert closed[date(2026, 12, 24)] == "Christmas shutdown"
    assert closed[date(2026, 12, 25)] == "Christmas Day"
    assert date(2026, 12, 24) not in closed_days({})


def test_notice_for_the_first_monday_of_the_year_goes_back_over_christmas() -> None:
    days = WorkingDays(ZoneInfo("Europe/London"), closed_days({}))
    tuesday = datetime(2026, 12, 29, 9, tzinfo=UTC)
    assert days.back(tuesday, 1) == datetime(2026, 12, 24, 9, tzinfo=UTC)
