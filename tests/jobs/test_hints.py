"""Hints make a look come earlier, one for however many of them, and never more often than Shunter rests between."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from bot.plan import Plan
from jobs.hints import Hints
from jobs.run import Report
from jobs.schedule import run_until_stopped

SOON = 30
REPORT = Report("r1", None, Plan())


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


@dataclass
class Schedule:
    """Of looks that say when they begin, and end when they are let."""

    hints: Hints
    begun: SimpleQueue[None] = field(default_factory=SimpleQueue)
    let: SimpleQueue[Exception | None] = field(default_factory=SimpleQueue)
    left: Event = field(default_factory=Event)

    def look(self) -> Report:
        self.begun.put(None)
        failure = self.let.get(timeout=SOON)
        if failure:
            raise failure
        return REPORT

    @contextmanager
    def listening(self) -> Iterator[None]:
        yield
        self.left.set()


@pytest.fixture
def schedule() -> Iterator[Schedule]:
    schedule = Schedule(Hints(Event(), rest=0.05))
    told: SimpleQueue[Report] = SimpleQueue()
    arguments = (schedule.look, told.put, timedelta(hours=12), schedule.hints, schedule.listening())
    running = Thread(target=run_until_stopped, args=arguments, daemon=True)
    running.start()
    yield schedule
    schedule.hints.stop()
    running.join(SOON)
    assert not running.is_alive()


def test_it_looks_at_once_and_again_when_hinted_at(schedule: Schedule) -> None:
    for _ in range(3):
        schedule.begun.get(timeout=SOON)
        schedule.hints.give()
        schedule.let.put(None)
    schedule.begun.get(timeout=SOON)
    schedule.let.put(None)


def test_a_look_that_nobody_expected_to_fail_does_not_end_the_service(
    schedule: Schedule, caplog: pytest.LogCaptureFixture
) -> None:
    schedule.begun.get(timeout=SOON)
    schedule.hints.give()
    with caplog.at_level(logging.CRITICAL, "apscheduler"):
        schedule.let.put(RuntimeError("nobody expected it"))
        schedule.begun.get(timeout=SOON)
    schedule.let.put(None)


def test_nobody_is_listened_to_any_more_while_the_last_look_ends(schedule: Schedule) -> None:
    schedule.begun.get(timeout=SOON)
    schedule.hints.stop()

    assert schedule.left.wait(SOON)
    schedule.let.put(None)
