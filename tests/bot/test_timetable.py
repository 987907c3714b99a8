"""The timetable: which windows there are, which are moved, skipped or frozen and why, and what is planned in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.candidate_list import ListState
from bot.environment import Dated, Environment, Freeze, Holiday, Weekly
from bot.number import ReleaseType
from bot.rfc import RfcState
from bot.timetable import DayOffRow, FreezeRow, WindowRow, day_off_rows, freeze_rows, window_rows
from bot.window import windows
from bot.working_days import WorkingDays
from tests.bot.world import (
    LONDON,
    MONDAY,
    NOW,
    WEEK,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    at,
)

TWO_HOURS = timedelta(hours=2)
CHRISTMAS = at("2026-12-23 12:00")


def rows(environment: Environment, *items: object, now: datetime = NOW, weeks: int = 1) -> tuple[WindowRow, ...]:
    programme = a_programme([environment], [a_party(environments=(environment.name,))])
    return window_rows(a_picture(*items, now=now, programme=programme), weeks)  # type: ignore[arg-type]


def test_a_window_tells_when_it_is_and_by_when_its_list_is_agreed() -> None:
    (row,) = rows(an_environment())

    assert row == WindowRow(
        starts=MONDAY,
        ends=MONDAY + TWO_HOURS,
        environment="SIT-A",
        type="patch",
        agree_by=at("2026-12-04 09:00"),
        mark="",
        why="",
        planned=(),
    )


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        pytest.param(MONDAY + timedelta(hours=1), [MONDAY, MONDAY + WEEK], id="one that is open is shown"),
        pytest.param(MONDAY + TWO_HOURS, [MONDAY + WEEK], id="one that has ended is not"),
    ],
)
def test_what_has_not_ended_is_shown(now: datetime, starts: list[datetime]) -> None:
    assert [row.starts for row in rows(an_environment(), now=now)] == starts


def test_a_window_that_a_day_off_moves_says_from_where_and_why() -> None:
    moved = rows(an_environment(), now=CHRISTMAS)[0]

    assert (moved.starts, moved.mark) == (at("2026-12-29 09:00"), "moved")
    assert moved.why == "from Mon 28-Dec-2026: Boxing Day (substitute day)"
    assert moved.agree_by == at("2026-12-24 09:00")


def test_a_window_that_a_day_off_cancels_is_shown_as_skipped() -> None:
    skipped = rows(an_environment(holiday=Holiday.SKIPPED), now=CHRISTMAS)[0]

    assert (skipped.starts, skipped.mark, skipped.agree_by) == (at("2026-12-28 09:00"), "skipped", None)
    assert skipped.why == "Boxing Day (substitute day)"


def test_a_window_in_a_freeze_is_shown_with_the_reason() -> None:
    frozen = an_environment(freezes=(Freeze(date(2026, 12, 7), date(2026, 12, 8), "Migration rehearsal"),))

    assert [(row.mark, row.why, row.agree_by) for row in rows(frozen)] == [("frozen", "Migration rehearsal", None)]


def test_a_window_that_is_moved_onto_another_is_one_window_with_both_reasons() -> None:
    daily = an_environment(weekly=tuple(Weekly(day, time(9), TWO_HOURS) for day in (0, 1, 4)))

    found = rows(daily, now=CHRISTMAS)

    assert [(row.starts, row.why) for row in found] == [
        (
            at("2026-12-29 09:00"),
            "from Fri 25-Dec-2026: Christmas Day; from Mon 28-Dec-2026: Boxing Day (substitute day)",
        )
    ]


def test_an_extra_window_is_marked_and_takes_its_own_type() -> None:
    start = datetime(2026, 12, 9, 9, tzinfo=LONDON)
    extra = an_environment(weekly=(), dated=(Dated(start, start + TWO_HOURS, ReleaseType.MAJOR),))

    assert [(row.mark, row.type, row.agree_by) for row in rows(extra)] == [
        ("by date", "major", at("2026-12-09 09:00")),
    ]


def test_and_tells_what_the_roadmap_calls_its_release() -> None:
    start = datetime(2026, 12, 9, 9, tzinfo=LONDON)
    extra = an_environment(weekly=(), dated=(Dated(start, start + TWO_HOURS, ReleaseType.MAJOR, "IR8"),))

    assert [row.why for row in rows(extra)] == ["IR8"]


def test_an_extra_window_at_the_time_of_a_weekly_one_stands_beside_it() -> None:
    both = an_environment(dated=(Dated(MONDAY, MONDAY + TWO_HOURS, ReleaseType.MAJOR),))

    assert {(row.starts, row.type) for row in rows(both)} == {(MONDAY, "patch"), (MONDAY, "major")}
    assert [w.type for w in windows(both, a_programme([both]), NOW)][:2] == [ReleaseType.MAJOR, ReleaseType.PATCH]


def test_what_is_planned_in_a_window_is_named() -> None:
    sealed = a_sealed_list(901, state=ListState.RAISED)
    planned = (
        sealed,
        an_rfc(951, of=sealed),
        a_list(902, release="", state=ListState.PROPOSED),
        a_list(903, state=ListState.CLOSED),
        an_rfc(952, of=sealed, state=RfcState.WITHDRAWN),
        a_list(904, environment="SIT-B"),
        a_list(905, window=a_window(MONDAY + WEEK)),
    )

    row = rows(an_environment(), *planned)[0]

    assert row.planned == ("RFC 951: DCC 5.2.16.0 (raised)", "list 902: DCC (no number yet) (proposed)")


def test_what_a_person_planned_outside_of_every_window_is_shown_apart() -> None:
    sealed = a_sealed_list(901, state=ListState.RAISED, window=a_window(at("2026-12-08 20:00")))

    postponed = rows(an_environment(), sealed, an_rfc(951, of=sealed))[1]

    assert (postponed.starts, postponed.mark) == (at("2026-12-08 20:00"), "no window")
    assert postponed.planned == ("RFC 951: DCC 5.2.16.0 (raised)",)


def test_windows_of_all_environments_stand_in_the_order_of_time() -> None:
    noon = an_environment("SIT-B", weekly=(Weekly(0, time(12), TWO_HOURS),))
    picture = a_picture(programme=a_programme([noon, an_environment("UIT"), an_environment("SIT-A")]))

    assert [row.environment for row in window_rows(picture, 1)] == ["SIT-A", "UIT", "SIT-B"]


def test_summer_time_does_not_move_a_window_on_the_clock() -> None:
    found = rows(an_environment(), now=at("2026-10-20 12:00"), weeks=2)

    assert [row.starts.astimezone(LONDON).hour for row in found] == [9, 9]
    assert [row.starts.hour for row in found] == [9, 9]
    assert rows(an_environment(), now=at("2026-07-01 12:00"))[0].starts.hour == 8


def test_days_off_are_named_and_weekends_are_not_days_off() -> None:
    closed = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "Boxing Day", date(2027, 2, 1): "Much later"}
    programme = a_programme(working_days=WorkingDays(LONDON, closed))

    assert day_off_rows(programme, NOW, 6) == (DayOffRow(date(2026, 12, 25), "Christmas Day"),)


@pytest.mark.parametrize(
    ("first", "last", "is_shown"),
    [
        pytest.param(date(2026, 11, 1), date(2026, 12, 2), False, id="over since yesterday"),
        pytest.param(date(2026, 11, 1), date(2026, 12, 3), True, id="until today"),
        pytest.param(date(2026, 12, 17), date(2027, 1, 3), True, id="from the last day"),
        pytest.param(date(2026, 12, 18), date(2027, 1, 3), False, id="after that"),
    ],
)
def test_a_freeze_is_shown_while_it_touches_the_weeks(first: date, last: date, is_shown: bool) -> None:
    programme = a_programme([an_environment(freezes=(Freeze(first, last, "Rehearsal"),))])

    assert freeze_rows(programme, NOW, 2) == ((FreezeRow("SIT-A", first, last, "Rehearsal"),) if is_shown else ())


@given(
    st.integers(0, 1_000_000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from(Holiday),
    st.sets(st.integers(0, 4), min_size=1).map(lambda days: tuple(Weekly(d, time(9), TWO_HOURS) for d in sorted(days))),
    st.sampled_from([(), (Freeze(date(2026, 12, 21), date(2027, 1, 8), "Christmas"),)]),
)
def test_the_windows_that_take_place_are_those_for_which_lists_are_made(
    now: datetime, holiday: Holiday, weekly: tuple[Weekly, ...], freezes: tuple[Freeze, ...]
) -> None:
    environment = an_environment(holiday=holiday, weekly=weekly, freezes=freezes)
    programme = a_programme([environment])

    shown = rows(environment, now=now, weeks=8)

    expected = [w.start for w in windows(environment, programme, now) if w.start <= now + 8 * WEEK]
    assert [row.starts for row in shown if row.agree_by is not None and row.starts > now] == expected
