"""The cost of trouble: what faults, outages and refused tokens take, exactly, by what the server's journal says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.faults import (
    CarryOut,
    Fault,
    no_answer,
    reset,
    slowed_down,
    throttled,
    truncated,
    unauthorised,
    unavailable,
    unreachable,
)
from jobs.run import Ending
from tests.jobs.accidents import ALWAYS, nothing_can_be_read
from tests.jobs.crowd import many
from tests.jobs.play import Play, playing
from tests.jobs.small_world import small_world
from tests.jobs.test_cost import STEADY, cold

POLL = timedelta(minutes=2)
ONCE_MORE = {
    "429": throttled(30),
    "503": unavailable(applied=False),
    "a reset": reset(applied=False),
    "a refused connection": unreachable(),
    "silence": no_answer(applied=False),
    "half of an answer": truncated(),
}


@pytest.fixture
def steady(play: Play) -> Play:
    """Nothing changes any more."""
    play.delivered()
    play.look()
    play.look()
    return play


@pytest.mark.parametrize("fault", ONCE_MORE.values(), ids=ONCE_MORE)
@pytest.mark.parametrize("operation", STEADY)
def test_a_request_that_fails_once_costs_exactly_one_more(steady: Play, operation: str, fault: Fault) -> None:
    steady.azure.faults.add(operation, fault)
    since = len(steady.azure.journal)

    steady.look()

    assert Counter(steady.asked(since)) == Counter([*STEADY, operation])


def test_being_told_to_slow_down_costs_time_and_no_request(steady: Play) -> None:
    steady.azure.faults.add("revisions feed", slowed_down(20, remaining=200))
    since, before = len(steady.azure.journal), steady.azure.clock.now()

    steady.look()

    assert steady.asked(since) == STEADY
    assert steady.azure.clock.now() - before == timedelta(seconds=20)


@pytest.mark.slow
def test_where_one_request_in_a_hundred_fails_each_failure_costs_one_more(steady: Play) -> None:
    random = Random(7)
    kinds = list(ONCE_MORE.values())

    def is_unlucky(_: Call) -> bool:
        return random.random() < 0.01

    def any_of_them(carry_out: CarryOut) -> Answer:
        return random.choice(kinds)(carry_out)

    steady.azure.faults.add(is_unlucky, any_of_them, times=ALWAYS)
    since = len(steady.azure.journal)

    for _ in range(500):
        steady.look()

    exchanges = steady.azure.journal[since:]
    failed = sum(exchange.fault for exchange in exchanges)
    assert failed >= 5
    assert len(exchanges) == 1_000 + failed <= 1.2 * 1_000


def test_a_token_that_is_not_accepted_costs_one_request_a_cycle(steady: Play) -> None:
    nothing_can_be_read(steady.azure, unauthorised())
    since = len(steady.azure.journal)

    for _ in range(3):
        assert steady.try_to_look().ending is Ending.SIGNED_OUT

    assert steady.asked(since) == ["revisions feed"] * 3


@pytest.mark.parametrize("seconds", [3, 30, 120], ids=lambda seconds: f"a look every {seconds} s")
def test_while_the_server_does_not_answer_it_is_asked_once_a_minute_at_most(steady: Play, seconds: int) -> None:
    azure, started = steady.azure, steady.azure.clock.now()
    nothing_can_be_read(azure, unavailable(applied=False))
    assert steady.try_to_look().ending is Ending.FAILED
    given_up = len(azure.journal)

    while azure.clock.now() - started < timedelta(hours=3):
        azure.clock.advance(timedelta(seconds=seconds))
        assert steady.try_to_look().ending is Ending.FAILED

    probes = [exchange.at for exchange in azure.journal[given_up:]]
    assert min(later - earlier for earlier, later in pairwise(probes)) >= timedelta(minutes=1)
    assert len(probes) <= 180


def test_after_an_outage_one_answer_is_enough_to_ask_several_times_again(steady: Play) -> None:
    nothing_can_be_read(steady.azure, unavailable(applied=False))
    steady.try_to_look()
    steady.azure.faults.clear()
    steady.look()
    nothing_can_be_read(steady.azure, unavailable(applied=False))
    since = len(steady.azure.journal)

    steady.try_to_look()

    assert steady.asked(since) == ["revisions feed"] * 4


@pytest.mark.parametrize(
    "changed", [0, 250, pytest.param(2_300, marks=pytest.mark.slow)], ids=lambda changed: f"{changed} changed"
)
def test_three_days_are_caught_up_with_by_one_request_more_than_a_cold_cycle(changed: int, tmp_path: Path) -> None:
    """The first tells how late it is."""
    items = max(250, changed)
    with playing(small_world(many(items)), tmp_path) as play:
        play.world = replace(play.world, resync_interval=timedelta(hours=24))
        play.look()
        play.look()
        nothing_can_be_read(play.azure, unavailable(applied=False))
        play.azure.clock.advance(POLL)
        play.try_to_look()
        for id in range(2001, 2001 + changed):
            play.cast.retitle(id, "Another read is missing")
        play.azure.clock.advance(timedelta(hours=72))
        play.azure.faults.clear()
        since = len(play.azure.journal)

        play.look()

        assert Counter(play.asked(since)) == cold(items) + Counter(["revisions feed"])
        titles = {defect.title for defect in play.picture().facts.defects.values()}
        assert ("Another read is missing" in titles) == bool(changed)
        since = len(play.azure.journal)
        play.look()
        assert play.asked(since) == STEADY
