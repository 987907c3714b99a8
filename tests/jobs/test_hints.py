"""Hints make a look come earlier, one for however many of them, and never more often than Shunter rests between."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

import pytest

from jobs.hints import Hints
from jobs.tally import Mishap
from tests.jobs.on_schedule import SOON, OnSchedule, on_schedule


@dataclass
class Watch:
    seconds: float = 100.0


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def hints(watch: Watch) -> Hints:
    return Hints(Event(), rest=3, monotonic=lambda: watch.seconds)


def test_nobody_hints_and_nobody_looks_earlier(hints: Hints) -> None:
    assert hints.wait() is None


def test_any_number_of_hints_is_one_look(hints: Hints) -> None:
    for _ in range(10_000):
        assert hints.give()

    assert [hints.wait(), hints.wait()] == [0, None]


def test_a_look_has_seen_what_was_hinted_at_before_it(hints: Hints) -> None:
    hints.give()
    with hints.looking():
        pass

    assert hints.wait() is None


def test_what_is_hinted_at_during_a_look_is_looked_at_after_a_rest(hints: Hints, watch: Watch) -> None:
    with hints.looking():
        hints.give()
        during = hints.wait()
        watch.seconds += 60
    after = hints.wait()
    watch.seconds += 2.5
    later = hints.wait()
    watch.seconds += 0.5

    assert [during, after, later, hints.wait(), hints.wait()] == [None, 3, 0.5, 0, None]


def test_where_hints_never_end_looks_become_fewer_and_after_a_quiet_time_they_come_at_once_again(
    hints: Hints, watch: Watch
) -> None:
    def hinted_within(seconds: int) -> int:
        looks, last = 0, watch.seconds + seconds
        while watch.seconds < last:
            hints.give()
            looks += hints.wait() == 0
            watch.seconds += 1
        return looks

    assert [hinted_within(10), hinted_within(3_600), hinted_within(3_600)] == [10, 120, 120]
    watch.seconds += 3_000
    assert hinted_within(20) == 10


def test_a_look_that_fails_is_over_too(hints: Hints, watch: Watch) -> None:
    with pytest.raises(RuntimeError), hints.looking():
        raise RuntimeError
    hints.give()
    watch.seconds += 3

    assert hints.wait() == 0


def test_when_it_is_to_stop_hints_are_not_taken_and_nothing_is_awaited(hints: Hints) -> None:
    hints.give()
    hints.stop()

    assert (hints.give(), hints.awaited()) == (False, False)


@pytest.fixture
def schedule() -> Iterator[OnSchedule]:
    with on_schedule() as schedule:
        yield schedule


def test_it_looks_at_once_and_again_when_hinted_at(schedule: OnSchedule) -> None:
    for _ in range(3):
        schedule.has_begun()
        schedule.hints.give()
        schedule.goes_on()
    schedule.has_begun()
    schedule.goes_on()


def test_a_look_that_nobody_expected_to_fail_does_not_end_the_service(
    schedule: OnSchedule, caplog: pytest.LogCaptureFixture
) -> None:
    schedule.has_begun()
    schedule.hints.give()
    with caplog.at_level(logging.CRITICAL, "apscheduler"):
        schedule.goes_on(RuntimeError("nobody expected it"))
        schedule.has_begun()
    schedule.goes_on()

    assert schedule.happened() == {(Mishap.FAILED, "look"): 1}


def test_nobody_is_listened_to_any_more_while_the_last_look_ends(schedule: OnSchedule) -> None:
    schedule.has_begun()
    schedule.hints.stop()

    assert schedule.left.wait(SOON)
    schedule.goes_on()
