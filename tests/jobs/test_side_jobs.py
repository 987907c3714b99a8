"""Side jobs: done when they are due by the server's clock, whatever the process did meanwhile, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest

from adapters.azure_devops.answers import Unreadable
from jobs.bounds import BOUNDS
from jobs.schedule import Beside
from jobs.side_jobs import Aside, SideJob
from jobs.tally import Mishap, Tally
from tests.jobs.on_schedule import SOON, on_schedule
from tests.jobs.play import Play

DAY = timedelta(days=1)


def aside(play: Play, act: Callable[[], object], tally: Tally | None = None) -> Aside:
    """As a process that has just begun has it."""
    return Aside("backup", SideJob(DAY, act), lambda: play.world, tally or Tally())


def test_once_a_day_however_often_the_process_begins_anew_and_is_asked(play: Play) -> None:
    done: list[str] = []
    play.world.boards.signed_in_as()
    for hour in range(72):
        aside(play, lambda hour=hour: done.append(f"hour {hour}"))()  # type: ignore[misc]
        play.azure.clock.advance(timedelta(hours=1))
        play.world.boards.work_items.connection()

    assert done == ["hour 0", "hour 24", "hour 48"]


def test_before_the_servers_time_is_known_or_a_store_is_open_nothing_is_done(play: Play) -> None:
    done: list[str] = []
    Aside("backup", SideJob(DAY, lambda: done.append("it")), lambda: None, Tally())()
    aside(play, lambda: done.append("it"))()

    assert done == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unreadable("GET something", "what came is nothing"), "backup: GET something: what came is nothing"),
        (RuntimeError("nobody knows"), "backup: failed in a way that nobody expected (RuntimeError)"),
    ],
    ids=["expected", "unexpected"],
)
def test_one_that_fails_is_told_and_counted_and_done_when_it_is_asked_again(
    play: Play, error: Exception, words: str
) -> None:
    attempts: list[str] = []
    tally = Tally()

    def act() -> None:
        attempts.append("it")
        if len(attempts) == 1:
            raise error

    play.world.boards.signed_in_as()
    one = aside(play, act, tally)
    for _ in range(3):
        one()

    assert len(attempts) == 2
    assert tally.counted() == {(Mishap.FAILED, "backup"): 1}
    assert [run.why.startswith(words) for run in play.world.store.ledger.runs(10)] == [True]
    assert play.world.store.ledger.last_success("backup") == play.azure.clock.now()


def test_after_the_servers_clock_went_ten_years_ahead_and_back_it_is_due(play: Play) -> None:
    done: list[str] = []
    play.azure.clock.advance(timedelta(days=3652))
    play.world.boards.signed_in_as()
    aside(play, lambda: done.append("in ten years"))()
    play.azure.clock.advance(-timedelta(days=3652))
    play.world.boards.work_items.connection()
    aside(play, lambda: done.append("now"))()

    assert done == ["in ten years", "now"]


def test_one_that_takes_for_ever_keeps_no_look_waiting_and_is_not_begun_twice(play: Play) -> None:
    begun, may_end, begins = Event(), Event(), []

    def act() -> None:
        begins.append("it")
        begun.set()
        assert may_end.wait(SOON)

    play.world.boards.signed_in_as()
    side_jobs = {"backup": SideJob(timedelta(seconds=1), act)}
    beside = Beside(side_jobs, lambda: play.world)
    with on_schedule(timedelta(milliseconds=30), beside=beside, bounds=replace(BOUNDS, ending=SOON)) as schedule:
        schedule.has_begun()
        schedule.goes_on()
        assert begun.wait(SOON)
        for _ in range(5):
            schedule.has_begun()
            schedule.goes_on()
        assert begins == ["it"]
        schedule.hints.stop()
        may_end.set()
        schedule.goes_on()

    assert beside.tally.counted()[Mishap.OVERLAPPED, "backup"] >= 1


def test_not_even_two_schedulers_begin_it_twice(play: Play) -> None:
    begun, may_end, begins = Event(), Event(), []

    def act() -> None:
        begins.append("it")
        begun.set()
        assert may_end.wait(SOON)

    play.world.boards.signed_in_as()
    one = aside(play, act)
    under_way = Thread(target=one, daemon=True)
    under_way.start()
    assert begun.wait(SOON)
    one()
    assert (begins, one.is_under_way) == (["it"], True)
    may_end.set()
    under_way.join(SOON)
    assert not one.is_under_way
