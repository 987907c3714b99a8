"""The world at hand: a store that cannot be opened is told by each look, and used once it can; another's is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.store.failures import StoreError, StoreTaken
from adapters.store.store import opened
from jobs.at_hand import ASKED_EACH, WorldAtHand, asked_within
from jobs.run import Ending, run
from jobs.world import World
from tests.jobs.play import Play

FULL = StoreError("/srv/shunter.db", "the disk is full", "Free some space.")


def test_each_look_says_why_until_the_store_can_be_opened_and_then_does_its_job(play: Play) -> None:
    accidents: list[Exception] = [FULL, FULL, RuntimeError("nobody knows"), FULL]

    def open_it() -> World:
        if accidents:
            raise accidents.pop(0)
        return play.world

    at_hand = WorldAtHand(open_it)
    at_hand.insist_on_being_alone()
    reports = [at_hand.look(run) for _ in range(4)]

    assert [report.ending for report in reports] == [Ending.FAILED, Ending.FAILED, Ending.FAILED, Ending.DONE]
    assert [report.why for report in reports] == [
        "store /srv/shunter.db: the disk is full. Free some space.",
        "failed in a way that nobody expected (RuntimeError): the log says where; please report it",
        "store /srv/shunter.db: the disk is full. Free some space.",
        "",
    ]
    assert at_hand.world is play.world
    assert play.news() != []


def test_whoever_stands_by_asks_as_long_as_a_look_may_take_and_knows_all_anew_once_it_acts(play: Play) -> None:
    taken = StoreTaken("shunter on db.example", "process 7 on shunter-0 acts on it already", "Stop that one first.")
    accidents: list[Exception] = [taken] * 7
    heard: list[str] = []
    met: list[World] = []
    waited: list[float] = []

    def open_it() -> World:
        if accidents:
            raise accidents.pop(0)
        return play.world

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        return False

    at_hand = WorldAtHand(open_it, wait=wait, asked=4, told=heard.append, met=met.append)
    at_hand.insist_on_being_alone()
    stood_by = at_hand.look(run)
    assert (stood_by.stands_by, at_hand.world) == ("process 7 on shunter-0 acts on it already", None)
    assert (len(heard), len(waited), met) == (4, 3, [])

    assert at_hand.look(run).ending is Ending.DONE
    assert (met, at_hand.world) == ([play.world], play.world)
    assert play.news() != []
    at_hand.look(run)
    play.seen()
    assert len(met) == 1


@pytest.mark.parametrize(
    ("seconds", "asked"),
    [
        pytest.param(10, 2, id="a short interval"),
        pytest.param(120, 12, id="a minute at most"),
        pytest.param(3600, 12, id="and no longer"),
    ],
)
def test_a_look_that_stands_by_is_over_before_the_next_is_due(seconds: int, asked: int) -> None:
    assert asked_within(timedelta(seconds=seconds)) == asked
    assert (asked - 1) * ASKED_EACH < seconds


def test_a_second_process_on_the_same_store_is_refused_at_once(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "shunter.db"

    def open_it() -> World:
        with opened(path, to_act=True):
            return play.world

    with opened(path, to_act=True), pytest.raises(StoreTaken, match="acts on it already"):
        WorldAtHand(open_it).insist_on_being_alone()
