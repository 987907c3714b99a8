"""The schedule over months: no run is lost, none overlaps, one that hangs is ended, and clocks go where they like."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import time_machine
from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent

from bot.plan import Plan
from jobs.bounds import Bounds
from jobs.clock_steps import ClockSteps
from jobs.from_now import FromNow
from jobs.hints import Hints
from jobs.one_look import OneLook
from jobs.run import Ending, Report
from jobs.tally import Mishap, Tally
from jobs.timetable import Timetable
from jobs.watch import State, Watch
from tests.jobs.on_schedule import REPORT, SOON, OnSchedule, on_schedule

NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
HOUR, TEN_YEARS = timedelta(hours=1), timedelta(days=3652)
QUICK = Bounds(run=0.2, hung=30, stalled=0.2, beat=0.05)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.CRITICAL, "apscheduler"):
        yield


@pytest.mark.parametrize(
    "late", [timedelta(), timedelta(seconds=1), HOUR, TEN_YEARS], ids=["not", "a second", "an hour", "ten years"]
)
def test_however_late_a_run_is_it_is_one_run_and_the_next_is_an_interval_away(late: timedelta) -> None:
    timetable = Timetable(OneLook(lambda: REPORT, print, Hints(Event())), timedelta(seconds=30), [], Tally())
    (job,) = timetable._scheduler.get_jobs()  # noqa: SLF001
    timetable._scheduler.start(paused=True)  # noqa: SLF001
    job.modify(next_run_time=NOW)
    due = job._get_run_times(NOW + late)  # noqa: SLF001
    timetable.end().join(SOON)

    assert due == [NOW]
    assert FromNow(HOUR).get_next_fire_time(NOW, NOW + late) == NOW + late + HOUR


def test_settings_lose_no_run() -> None:
    timetable = Timetable(OneLook(lambda: REPORT, print, Hints(Event())), HOUR, [], Tally())
    timetable.begin()
    (job,) = timetable._scheduler.get_jobs()  # noqa: SLF001
    ending = timetable.end()
    ending.join(SOON)

    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    assert timetable._scheduler.timezone == UTC  # noqa: SLF001


def test_what_the_scheduler_tells_is_counted_by_job() -> None:
    tally = Tally()
    for job in ("look", "look", "backup"):
        tally.hear(JobExecutionEvent(EVENT_JOB_MISSED, job, "default", NOW))

    assert tally.counted() == {(Mishap.MISSED, "look"): 2, (Mishap.MISSED, "backup"): 1}


def test_a_run_that_takes_longer_than_the_interval_overlaps_with_none() -> None:
    with on_schedule(timedelta(milliseconds=20)) as schedule:
        schedule.has_begun()
        while not schedule.happened():
            schedule.left.wait(0.01)
        assert schedule.begun.empty()
        schedule.goes_on()
        schedule.has_begun()
        schedule.hints.stop()
        schedule.goes_on()

    assert set(schedule.happened()) == {(Mishap.OVERLAPPED, "look")}


def test_a_run_past_its_deadline_is_told_to_end_and_reported_and_the_next_one_starts_afresh() -> None:
    with on_schedule(bounds=QUICK) as schedule:
        schedule.has_begun()
        assert schedule.hints.stopping.wait(SOON)
        schedule.hints.give()
        schedule.goes_on()
        late = schedule.told.get(timeout=SOON)
        schedule.has_begun()
        assert not schedule.hints.stopping.is_set()
        schedule.goes_on()
        after = schedule.told.get(timeout=SOON)

    words = "the run took longer than 0.00333333 minutes (running.run_minutes), and was told to end"
    assert (late.ending, late.why) == (Ending.FAILED, words)
    assert after == REPORT
    assert schedule.happened()[Mishap.TOOK_TOO_LONG, "look"] == 1


def test_a_run_that_does_not_even_end_when_told_ends_the_service() -> None:
    with on_schedule(bounds=replace(QUICK, hung=0.2)) as schedule:
        schedule.has_begun()
        while not schedule.hung:
            schedule.left.wait(0.01)

    assert [str(hung) for hung in schedule.hung] == ["a run did not end when it was told to, and never will"]
    schedule.goes_on()


def test_whoever_does_not_stop_in_time_is_not_waited_for() -> None:
    with on_schedule(bounds=replace(QUICK, ending=0.3)) as schedule:
        schedule.has_begun()

    assert [str(hung) for hung in schedule.hung] == ["a run did not end in 0.3 s"]
    schedule.goes_on()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scheduler_that_has_died_is_noticed_and_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    intact, asked = FromNow.get_next_fire_time, []

    def deadly(trigger: FromNow, previous: datetime | None, now: datetime) -> datetime:
        """The scheduler's thread dies of whatever is raised here."""
        asked.append(now)
        if len(asked) == 1:
            raise MemoryError
        return intact(trigger, previous, now)

    monkeypatch.setattr(FromNow, "get_next_fire_time", deadly)
    with on_schedule(timedelta(milliseconds=300), bounds=replace(QUICK, run=60)) as schedule:
        for _ in range(3):
            schedule.has_begun()
            schedule.goes_on()
        schedule.hints.stop()

    assert schedule.happened() == {(Mishap.RESTARTED, "look"): 1}


@pytest.mark.parametrize("by", [HOUR, -HOUR, TEN_YEARS, -TEN_YEARS], ids=lambda by: f"{by}")
def test_when_the_clock_is_moved_it_looks_at_once_and_goes_on_at_its_interval(by: timedelta) -> None:
    with on_schedule(timedelta(milliseconds=300), bounds=replace(QUICK, run=60, stalled=60)) as schedule:
        schedule.has_begun()
        schedule.goes_on()
        with time_machine.travel(datetime.now(UTC) + by, tick=True):
            for _ in range(3):
                schedule.has_begun()
                schedule.goes_on()
        schedule.hints.stop()
        schedule.goes_on()  # another may have begun meanwhile

    assert schedule.happened()[Mishap.CLOCK_MOVED, "look"] >= 1


def test_nothing_is_due_later_than_in_its_interval_after_the_clock_went_back() -> None:
    timetable = Timetable(OneLook(lambda: REPORT, print, Hints(Event())), HOUR, [], Tally())
    timetable._scheduler.start(paused=True)  # noqa: SLF001
    (job,) = timetable._scheduler.get_jobs()  # noqa: SLF001
    job.modify(next_run_time=datetime.now(UTC) + TEN_YEARS)
    timetable.keep_within_intervals()
    timetable.end().join(SOON)

    assert job.next_run_time <= datetime.now(UTC) + HOUR + timedelta(seconds=5)


@dataclass
class Clocks:
    wall: float = 1_000_000.0
    monotonic: float = 50.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.monotonic += seconds


def test_a_clock_that_is_moved_or_a_machine_that_slept_is_noticed_once() -> None:
    clocks = Clocks()
    steps = ClockSteps(lambda: clocks.wall, lambda: clocks.monotonic)
    found = []
    for moved in (0.0, 2.0, 0.0, 3_600.0, 0.0, -3_600.0, 8 * 3_600.0, 0.0):
        clocks.pass_by(60)
        clocks.wall += moved
        found.append(steps.step())

    assert found == [None, None, None, timedelta(seconds=3602), None, -HOUR, 8 * HOUR, None]


@dataclass
class Attended:
    """A watch over a look that never happens on a thread: the test begins and ends it."""

    clocks: Clocks
    look: OneLook
    watch: Watch

    def after(self, seconds: float, *, beat: float = 5.0) -> State:
        """What it says when so many seconds have passed, asked at each beat."""
        state = State.WELL
        for _ in range(int(seconds / beat)):
            self.clocks.pass_by(beat)
            state = self.watch.state()
        return state


@pytest.fixture
def attended() -> Attended:
    clocks = Clocks()
    look = OneLook(lambda: Report("", None, Plan()), print, Hints(Event()))
    return Attended(clocks, look, Watch(look, 120, Bounds(), lambda: clocks.monotonic))


def test_a_look_is_late_after_half_an_hour_and_hung_after_five_minutes_more(attended: Attended) -> None:
    attended.look._begin()  # noqa: SLF001
    attended.watch.state()

    assert [attended.after(seconds) for seconds in (1_800, 5, 295, 5)] == [
        State.WELL,
        State.LATE,
        State.LATE,
        State.HUNG,
    ]


def test_where_no_look_begins_for_two_minutes_after_its_time_the_scheduler_is_dead(attended: Attended) -> None:
    assert [attended.after(240), attended.after(5)] == [State.WELL, State.STALLED]
    attended.watch.begin_anew()
    assert attended.after(240) is State.WELL


def test_looks_that_follow_each_other_closely_are_not_one_long_look(attended: Attended) -> None:
    for _ in range(3):
        attended.look._begin()  # noqa: SLF001
        assert attended.after(1_200) is State.WELL
        attended.look._end()  # noqa: SLF001


@pytest.mark.parametrize("is_looking", [True, False])
def test_a_process_that_was_stopped_for_a_day_has_neither_hung_nor_stalled(
    attended: Attended, is_looking: bool
) -> None:
    if is_looking:
        attended.look._begin()  # noqa: SLF001
    attended.watch.state()

    assert attended.after(86_400, beat=86_400) is State.WELL


def test_one_look_at_a_time_whoever_asks_for_one() -> None:
    schedule = OnSchedule()
    look = OneLook(schedule.look, schedule.told.put, schedule.hints)
    under_way = threading.Thread(target=look, daemon=True)
    under_way.start()
    schedule.has_begun()
    look()
    assert (schedule.begun.empty(), look.number) == (True, 1)
    schedule.goes_on()
    under_way.join(SOON)
    schedule.hints.stop()
    look()

    assert look.number == 1
