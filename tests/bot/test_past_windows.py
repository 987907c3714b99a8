"""Past windows: when releases could go, and which RFC was for which of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.environment import Freeze, Weekly
from bot.number import ReleaseType
from bot.past_windows import first_cut_off, past_windows, raised_for
from bot.window import Window
from tests.bot.a_past import a_past, by_hand, released
from tests.bot.world import MONDAY, SIT_A, WEEK, a_programme, at

FROZEN = replace(SIT_A, freezes=(Freeze(date(2026, 12, 7), date(2026, 12, 7), "Migration rehearsal"),))
DAY, NEVER = timedelta(days=1), datetime(1970, 1, 1, tzinfo=MONDAY.tzinfo)


@pytest.mark.parametrize(
    ("since", "until", "starts"),
    [
        pytest.param("2026-11-30 09:00", "2026-12-07 11:00", ["2026-11-30 09:00", "2026-12-07 09:00"], id="whole ones"),
        pytest.param("2026-11-30 09:01", "2026-12-07 10:59", [], id="neither one that had begun nor one not yet over"),
        pytest.param("2026-12-22 00:00", "2027-01-02 00:00", ["2026-12-29 09:00"], id="a bank holiday moves it"),
        pytest.param(
            "2026-10-19 00:00", "2026-10-27 00:00", ["2026-10-19 09:00", "2026-10-26 09:00"], id="clocks change"
        ),
    ],
)
def test_the_windows_of_the_past_are_those_of_the_rules(since: str, until: str, starts: list[str]) -> None:
    found = past_windows(SIT_A, a_programme(), at(since), at(until))

    assert [window.start for window in found] == [at(start) for start in starts]


def test_in_a_freeze_there_was_none() -> None:
    assert past_windows(FROZEN, a_programme(), MONDAY, MONDAY + DAY) == ()


def test_the_first_cut_off_lies_before_the_first_day() -> None:
    assert first_cut_off(a_programme(), MONDAY, MONDAY + WEEK) == at("2026-12-04 09:00")
    assert first_cut_off(a_programme(), MONDAY, MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("start", "deployed", "day"),
    [
        pytest.param(MONDAY, None, MONDAY, id="the start of the window"),
        pytest.param(MONDAY + timedelta(hours=5), None, MONDAY, id="its day, at another hour"),
        pytest.param(NEVER, MONDAY + timedelta(hours=1), MONDAY, id="none, but deployed on its day"),
        pytest.param(MONDAY, MONDAY + 2 * DAY, MONDAY, id="its day, though deployed on another"),
        pytest.param(MONDAY + 2 * DAY, MONDAY + 2 * DAY, None, id="a day without a window"),
    ],
)
def test_an_rfc_is_for_the_window_of_its_day(start: datetime, deployed: datetime | None, day: datetime | None) -> None:
    rfc = replace(by_hand(951), window=Window(start, start, ReleaseType.PATCH))
    events = [(max(when, MONDAY - 4 * DAY), item) for when, item in released(rfc, at=deployed or MONDAY + DAY)]

    ((_, _, window),) = raised_for(a_past(*events)).by_window

    assert (window.start if window is not None else None) == day


def test_an_emergency_is_for_no_window_of_the_timetable() -> None:
    emergency = replace(by_hand(951, release="5.2.15.1"), type=ReleaseType.EMERGENCY)

    assert [window for _, _, window in raised_for(a_past(*released(emergency))).by_window] == [None]


def test_a_release_into_a_window_that_is_not_over_is_not_outside_of_the_windows() -> None:
    (key,) = raised_for(a_past(*released(by_hand(951)), until=MONDAY + timedelta(hours=1.5))).by_window

    assert key == ("SIT-A", "DCC", by_hand(951).window)


@pytest.mark.parametrize(("hour", "window"), [(9, 9), (11, 9), (13, 15), (15, 15)])
def test_of_two_windows_on_one_day_it_is_the_nearer(hour: int, window: int) -> None:
    twice = replace(SIT_A, level_with=(), weekly=tuple(Weekly(0, time(h), timedelta(hours=2)) for h in (9, 15)))
    rfc = by_hand(951, start=MONDAY.replace(hour=hour))

    ((_, _, found),) = raised_for(a_past(*released(rfc), programme=a_programme(environments=[twice]))).by_window

    assert found is not None
    assert found.start == MONDAY.replace(hour=window)
