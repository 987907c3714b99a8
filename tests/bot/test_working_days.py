"""Working days and notice: the last instant for raising an RFC, across weekends, holidays and clock changes [M10]."""

from datetime import timedelta

import pytest

from bot.number import ReleaseType
from bot.window import agree_by
from bot.working_days import WorkingDays
from tests.bot.world import HOLIDAYS, LONDON, MONDAY, NOW, a_programme, a_window, at

DAYS = WorkingDays(LONDON, HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        pytest.param("2026-12-07 09:00", 1, "2026-12-04 09:00", id="Monday 09:00 less one is Friday 09:00"),
        pytest.param("2026-12-07 09:00", 2, "2026-12-03 09:00", id="less two is Thursday"),
        pytest.param("2026-12-10 09:00", 1, "2026-12-09 09:00", id="in the middle of the week the day before"),
        pytest.param("2026-12-07 09:00", 0, "2026-12-07 09:00", id="no notice is the start itself"),
        pytest.param("2026-12-06 09:00", 1, "2026-12-04 09:00", id="from a Sunday"),
        pytest.param("2026-12-29 09:00", 1, "2026-12-24 09:00", id="over Christmas, which has a substitute day"),
        pytest.param("2027-01-04 09:00", 1, "2026-12-31 09:00", id="over the new year"),
        pytest.param("2027-01-04 09:00", 3, "2026-12-29 09:00", id="three over the new year"),
        pytest.param("2026-03-30 09:00", 1, "2026-03-27 09:00", id="clocks go forward on the Sunday between"),
        pytest.param("2026-10-26 09:00", 1, "2026-10-23 09:00", id="clocks go back on the Sunday between"),
    ],
)
def test_notice_is_counted_in_working_days_at_the_same_time_of_day(start: str, days: int, last: str) -> None:
    assert DAYS.back(at(start), days) == at(last)


@pytest.mark.parametrize(
    ("start", "elapsed"),
    [
        pytest.param("2026-12-07 09:00", timedelta(hours=72), id="without a clock change"),
        pytest.param("2026-03-30 09:00", timedelta(hours=71), id="the night of spring is an hour shorter"),
        pytest.param("2026-10-26 09:00", timedelta(hours=73), id="the night of autumn is an hour longer"),
    ],
)
def test_a_weekend_with_a_clock_change_is_an_hour_off(start: str, elapsed: timedelta) -> None:
    assert at(start) - DAYS.back(at(start), 1) == elapsed


def test_the_answer_is_in_utc() -> None:
    assert DAYS.back(at("2026-06-08 09:00"), 1).isoformat() == "2026-06-05T08:00:00+00:00"


@pytest.mark.parametrize(
    ("type_", "last"),
    [
        pytest.param(ReleaseType.PATCH, "2026-12-04 09:00", id="a patch: one working day"),
        pytest.param(ReleaseType.MINOR, "2026-12-04 09:00", id="a minor: one working day"),
        pytest.param(ReleaseType.MAJOR, "2026-12-07 09:00", id="a major: by plan"),
        pytest.param(ReleaseType.EMERGENCY, "2026-12-07 08:00", id="an emergency: a clock hour"),
    ],
)
def test_each_type_has_its_notice(type_: ReleaseType, last: str) -> None:
    assert agree_by(a_window(MONDAY, type_), a_programme()) == at(last)


def test_the_notice_of_a_programme_is_a_setting() -> None:
    programme = a_programme(notice={ReleaseType.PATCH: 3})

    assert agree_by(a_window(), programme) == at("2026-12-02 09:00") < NOW


def test_a_bank_holiday_on_friday_moves_the_notice_to_thursday() -> None:
    assert DAYS.back(at("2026-12-28 09:00"), 1) == at("2026-12-24 09:00")
