"""Instants: every spelling of the service is read, and none is guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from adapters.azure_devops.instants import read_day, read_instant, spell_day, spell_instant

NINE = datetime(2026, 12, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-07T09:00:00Z", NINE),
        ("2026-12-07T09:00:00", NINE),
        ("2026-12-07T09:00:00.5Z", NINE + timedelta(milliseconds=500)),
        ("2026-12-07T09:00:00.7000788Z", NINE + timedelta(microseconds=700_078)),
        ("2026-12-07T10:00:00+01:00", NINE),
        ("0001-01-01T00:00:00", None),
        ("2026-13-07T09:00:00Z", None),
        ("2026-12-07", None),
        ("", None),
        (None, None),
        (5, None),
    ],
)
def test_an_instant_is_read(text: object, instant: datetime | None) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (NINE, "2026-12-07T09:00:00Z"),
        (NINE.astimezone(timezone(timedelta(hours=2))), "2026-12-07T09:00:00Z"),
        (NINE + timedelta(milliseconds=5), "2026-12-07T09:00:00.005Z"),
    ],
)
def test_an_instant_is_spelled_in_utc(instant: datetime, text: str) -> None:
    assert spell_instant(instant) == text


def test_a_time_without_zone_is_not_spelled() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        spell_instant(datetime(2026, 12, 7, 9))  # noqa: DTZ001  (that is the mistake)


def test_a_day_is_the_instant_at_which_it_begins() -> None:
    london = ZoneInfo("Europe/London")

    assert spell_day(date(2026, 6, 8), london) == "2026-06-07T23:00:00Z"
    assert read_day("2026-06-07T23:00:00Z", london) == date(2026, 6, 8)
    assert read_day("9999-01-01T00:00:00Z", london) is None
