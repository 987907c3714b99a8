"""Dates: as people read them, the same on every machine, with the zone of the day."""

from datetime import timedelta

import pytest

from bot.dates import lasting, short, spoken, spoken_day
from tests.bot.world import LONDON, at


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        pytest.param("2026-12-07 09:00", "Mon 07-Dec-2026 09:00 GMT", id="winter"),
        pytest.param("2026-06-08 09:00", "Mon 08-Jun-2026 09:00 BST", id="summer"),
        pytest.param("2026-10-25 00:30", "Sun 25-Oct-2026 00:30 BST", id="before the clocks go back"),
        pytest.param("2027-01-01 00:00", "Fri 01-Jan-2027 00:00 GMT", id="the first instant of a year"),
    ],
)
def test_an_instant_is_told_with_its_day_and_its_zone(instant: str, words: str) -> None:
    assert spoken(at(instant), LONDON) == words
    assert spoken_day(at(instant).astimezone(LONDON).date()) == words[:15]


def test_in_a_narrow_column_the_year_is_left_away() -> None:
    assert short(at("2026-06-08 09:00"), LONDON) == "Mon 08-Jun 09:00 BST"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=2, minutes=5, seconds=59), "2 h 5 min"),
        (timedelta(days=3, hours=2, minutes=59), "3 d 2 h"),
        (timedelta(days=3, minutes=59), "3 d"),
    ],
)
def test_how_long_something_took_is_told_in_its_two_largest_parts(time: timedelta, words: str) -> None:
    assert lasting(time) == words
