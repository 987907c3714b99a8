"""Times that people type: one instant, or words that say why it is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.local_time import Unclear, read_instant
from tests.bot.world import LONDON


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        pytest.param("2026-12-07 12:00", datetime(2026, 12, 7, 12, tzinfo=UTC), id="winter"),
        pytest.param("2026-07-06 12:00", datetime(2026, 7, 6, 11, tzinfo=UTC), id="summer"),
        pytest.param(" 2026-07-06T12:00:30 ", datetime(2026, 7, 6, 11, 0, 30, tzinfo=UTC), id="as machines write it"),
        pytest.param("2026-07-06 12:00Z", datetime(2026, 7, 6, 12, tzinfo=UTC), id="of Greenwich"),
        pytest.param("2026-10-25 01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), id="the second of two"),
    ],
)
def test_a_time_is_local_unless_it_says_otherwise(typed: str, instant: datetime) -> None:
    assert read_instant(typed, LONDON) == instant


NO_TIME = "is no time: write it as 2026-12-07 12:00, with the day and the time of day"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("yesterday", f"“yesterday” {NO_TIME}", id="a word"),
        pytest.param("2026-12-07", f"“2026-12-07” {NO_TIME}", id="a day without a time"),
        pytest.param("2026-02-30 12:00", f"“2026-02-30 12:00” {NO_TIME}", id="no day"),
        pytest.param(
            "2026-03-29 01:30",
            "2026-03-29 01:30 does not exist in Europe/London: the clocks leave it out that night",
            id="left out by the clocks",
        ),
        pytest.param(
            "2026-10-25 01:30",
            "2026-10-25 01:30 happens twice in Europe/London: write 2026-10-25 01:30+01:00 or 2026-10-25 01:30+00:00",
            id="twice",
        ),
    ],
)
def test_what_is_no_instant_is_refused_in_words(typed: str, words: str) -> None:
    assert read_instant(typed, LONDON) == Unclear(words)
