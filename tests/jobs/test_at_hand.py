"""The world at hand: a store that cannot be opened is told by each look, and used once it can; another's is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.store.failures import StoreError, StoreTaken
from adapters.store.store import opened
from jobs.at_hand import WorldAtHand
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


def test_a_second_process_on_the_same_store_is_refused_at_once(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "shunter.db"

    def open_it() -> World:
        with opened(path, to_act=True):
            return play.world

    with opened(path, to_act=True), pytest.raises(StoreTaken, match="acts on it already"):
        WorldAtHand(open_it).insist_on_being_alone()
