"""Cost: how many requests Shunter sends, exactly, by what the server's journal says."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from adapters.configuration.example import example_text
from adapters.sandbox.mhhs_world import mhhs_world
from adapters.store.store import opened
from tests.jobs.accidents import WRITES
from tests.jobs.play import Play, playing
from tests.jobs.small_world import Seed, small_programme, small_world

STEADY = ["revisions feed", "links feed"]


def many(count: int, version: str = "") -> list[Seed]:
    """Resolved defects that SIT-A found; without a version they are on no list."""
    return [Seed(id, f"Read {id} is missing", "SIT-A", version=version) for id in range(2001, 2001 + count)]


def one_place(table: dict[str, Any]) -> dict[str, Any]:
    """One environment and one party."""
    table["environments"] = {"SIT-A": {**table["environments"]["SIT-A"], "level_with": []}}
    table["parties"] = {
        "DCC": {**table["parties"]["DCC"], "environments": ["SIT-A"], "baseline": {"SIT-A": "5.2.15.0"}}
    }
    return table


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201])
def test_a_cold_cycle_asks_one_query_and_one_read_for_each_two_hundred(count: int, tmp_path: Path) -> None:
    with playing(small_world(many(count)), tmp_path) as play:
        play.look()

        asked = Counter({"wiql": 1, "workitemsbatch": ceil(count / 200), "links feed": 1})
        assert Counter(play.asked()) == +asked


def test_a_cold_cycle_reads_lists_and_rfcs_once_more_for_their_links(play: Play) -> None:
    play.raised()
    play.forget()
    since = len(play.azure.journal)

    play.look()

    assert Counter(play.asked(since)) == {"wiql": 1, "workitemsbatch": 2, "links feed": 1}


def test_a_steady_cycle_asks_two_things_and_writes_nothing(play: Play) -> None:
    play.delivered()
    play.look()
    since = len(play.azure.journal)

    for _ in range(3):
        play.look()

    assert play.asked(since) == STEADY * 3
    assert max(exchange.bytes_out for exchange in play.azure.journal[since:]) <= 600


def test_a_steady_cycle_leaves_the_database_as_it_is_but_for_its_pulse(play: Play, tmp_path: Path) -> None:
    play.delivered()
    file = tmp_path / "kept.db"
    with opened(file, to_act=True) as store:
        play.world = replace(play.world, store=store)
        play.look()
        play.look()
        before = rows_of(file)
        play.azure.clock.set(play.azure.clock.now().replace(hour=12))

        play.look()

        assert rows_of(file) == before
        assert before


def rows_of(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [line for line in connection.iterdump() if '"pulse"' not in line]


def test_reads_do_not_grow_with_environments_and_parties(tmp_path: Path) -> None:
    everything = tomllib.loads(example_text())
    asked = []
    for name, table in (("one", one_place(small_programme())), ("all", everything)):
        with playing(mhhs_world(), tmp_path / name, table) as play:
            play.look(dry_run=True)
            play.look(dry_run=True)
            asked.append(play.asked())

    assert asked[0] == asked[1]
    assert Counter(asked[0]) == {"wiql": 1, "workitemsbatch": 2, "links feed": 2, "revisions feed": 1}


@pytest.mark.parametrize(
    "count", [1, pytest.param(200, marks=pytest.mark.slow), pytest.param(201, marks=pytest.mark.slow)]
)
def test_moves_are_read_and_written_two_hundred_at_a_time(count: int, tmp_path: Path) -> None:
    with playing(small_world(many(count, "5.2.16.0")), tmp_path, one_place(small_programme())) as play:
        play.look()
        play.at(3, 11)
        play.cast.agree("SIT-A")
        play.look()
        play.at(3, 11, 10)
        play.look()
        play.cast.approve("SIT-A")
        play.look()
        play.cast.deploy("SIT-A")
        play.look("record_deployments")
        play.seen()
        since = len(play.azure.journal)

        play.look("hand_to_testers")

        assert len(play.news()) == count
        asked = Counter(play.asked(since))
        assert asked["workitemsbatch"] == ceil(count / 200)
        assert asked["batch"] + asked["update"] == ceil(count / 200)
        assert asked.total() == 2 * ceil(count / 200) + len(STEADY)


def test_raising_costs_four_requests_an_rfc_at_most(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    play.look("hand_to_testers")
    since = len(play.azure.journal)

    play.look("raise_rfcs")

    asked = Counter(play.asked(since))
    assert asked["create"] == 2
    assert asked.total() - len(STEADY) <= 4 * asked["create"]
    play.seen()


def test_sealing_and_approving_cost_a_history_each_and_one_write_for_all(play: Play) -> None:
    play.proposed()
    play.look()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.cast.agree("SIT-B")
    since = len(play.azure.journal)

    play.look("agree")

    asked = Counter(play.asked(since))
    assert asked["updates"] == 2
    assert sum(asked[operation] for operation in WRITES) == 1
    play.seen()
