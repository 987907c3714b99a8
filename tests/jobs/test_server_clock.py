"""A server whose clock jumps: nothing is written until it is steady again, and then everything that waited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.azure_devops.server_clock import ServerClock
from adapters.sandbox.faults import no_answer
from jobs.due_pages import EVERY
from jobs.machine_clock import MachineClock
from jobs.run import Ending
from tests.jobs.play import Play

TEN_YEARS = timedelta(days=3652)
SERVERS = datetime(2026, 12, 7, 9, tzinfo=UTC)


@dataclass
class Watched:
    """A play whose monotonic clock is its own, as it is in the world."""

    play: Play
    seconds: float = 0.0

    def minutes_later(self, minutes: int) -> None:
        self.seconds += 60 * minutes
        self.play.azure.clock.advance(timedelta(minutes=minutes))

    def looks(self) -> tuple[Ending, bool]:
        """And whether it wrote."""
        report = self.play.try_to_look()
        return report.ending, bool(report.results)


@pytest.fixture
def watched(play: Play) -> Iterator[Watched]:
    watched = Watched(play)
    play.world.boards.gateway.clock = clock = ServerClock(lambda: watched.seconds)
    play.world = replace(play.world, why_unsteady=clock.why_unsteady)
    yield watched
    play.seen()


@pytest.mark.parametrize("by", [-timedelta(hours=1), TEN_YEARS, -TEN_YEARS], ids=str)
def test_nothing_is_written_by_a_clock_that_has_jumped_and_all_is_once_it_is_right_again(
    watched: Watched, by: timedelta
) -> None:
    play = watched.play
    play.world.boards.signed_in_as()
    play.azure.clock.advance(by)
    report = play.try_to_look()
    assert (report.ending, len(report.results), play.news()) == (Ending.FAILED, 0, [])
    assert "at once; writing goes on when it has run steadily for 10 min; changes that wait: " in report.why

    play.azure.clock.advance(-by)
    ended = []
    for _ in range(3):
        ended.append(watched.looks())
        watched.minutes_later(5)

    assert ended == [(Ending.FAILED, False), (Ending.FAILED, False), (Ending.DONE, True)]
    assert play.news() != []


def test_a_clock_ten_years_ahead_takes_no_record_and_concludes_nothing(watched: Watched) -> None:
    play = watched.play
    play.azure.faults.add("create", no_answer(applied=False))
    first = play.try_to_look().run
    ledger = play.world.store.ledger
    (left_open,) = ledger.open_intents()

    play.azure.clock.advance(TEN_YEARS)
    play.try_to_look()

    assert first in [record.run for record in ledger.runs(10)]
    assert left_open in ledger.open_intents()
    play.azure.clock.advance(-TEN_YEARS)
    play.seen()


def test_a_jump_in_the_middle_of_a_run_stops_it_before_it_writes(watched: Watched) -> None:
    play = watched.play
    jumped = [False]

    def jumps() -> str:
        """Steady until all is decided, and no more when it is decided again."""
        jumped[0], before = True, jumped[0]
        return "nothing is written: it has jumped" if before else ""

    play.world = replace(play.world, why_unsteady=jumps)

    assert watched.looks() == (Ending.FAILED, False)
    assert play.news() == []


def test_what_was_read_by_a_clock_ten_years_ahead_is_read_anew_when_it_is_right_again(play: Play) -> None:
    play.look()
    right = play.azure.clock.now()
    play.azure.clock.advance(TEN_YEARS)
    play.try_to_look(dry_run=True)
    play.azure.clock.set(right)
    since = len(play.azure.journal)
    play.try_to_look(dry_run=True)

    assert "wiql" in play.asked(since)
    assert EVERY < TEN_YEARS
    play.seen()


def test_whoever_runs_the_machine_is_told_once_that_its_clock_is_wrong_and_once_that_it_is_right() -> None:
    wall = [SERVERS]
    machine = MachineClock(lambda: wall[0])
    told = []
    for minutes in (0, 4, 62, 61, -62, 1, 2, -6):
        wall[0] = SERVERS + timedelta(minutes=minutes)
        told.append(machine.news(SERVERS))

    wrong = (
        "this machine's clock is {} that of Azure DevOps: no decision depends on it, "
        "but tokens and certificates do; whoever runs the machine sets it right"
    )
    right = "this machine's clock agrees with that of Azure DevOps again"
    assert told == ["", "", wrong.format("1 h 2 min ahead of"), "", "", right, "", wrong.format("6 min behind")]
