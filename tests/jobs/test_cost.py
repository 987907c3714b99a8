"""The cost of looking: how many requests and bytes a cycle takes, exactly, by what the server's journal says."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from adapters.configuration.example import example_text
from adapters.sandbox.mhhs_seeds.people import TESS
from adapters.sandbox.mhhs_world import mhhs_world
from adapters.sandbox.serve import served
from adapters.store.store import opened
from tests.jobs.command_line import configured_for
from tests.jobs.crowd import many, one_place
from tests.jobs.overheard import overheard, statements
from tests.jobs.play import ENTRY, Play, playing
from tests.jobs.small_world import DCC_FIXES, OPEN, Seed, small_programme, small_world

STEADY = ["revisions feed", "links feed"]
DEPENDS_ON = "System.LinkTypes.Dependency-Reverse"
PEOPLE = ("System.AssignedTo", "System.CreatedBy", "System.ChangedBy", "Custom.RetestBy")


def cold(items: int, *, linked: int = 0, links: int = 0) -> Counter[str]:
    """The floor of a first look: `linked` of the items are lists or RFCs, `links` of the project are of our kinds."""
    reads = ceil(items / 200) + ceil(linked / 200)
    return +Counter({"wiql": items // 19_999 + 1, "workitemsbatch": reads, "links feed": max(1, ceil(links / 1_000))})


def large(*counts: int) -> list[Any]:
    return [pytest.param(count, marks=pytest.mark.slow) for count in counts]


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 500, *large(19_999, 20_001)])
def test_a_cold_cycle_asks_a_query_for_each_19999_and_a_read_for_each_200(count: int, tmp_path: Path) -> None:
    with playing(small_world(many(count)), tmp_path) as play:
        play.look()

        assert Counter(play.asked()) == cold(count)


@pytest.mark.parametrize("count", [1, 200, 201])
def test_a_cold_cycle_reads_lists_and_rfcs_once_more_for_their_links(count: int, tmp_path: Path) -> None:
    lists = [Seed(id, "List", "", "", "", "Closed", type="Candidate List") for id in range(1, 1 + count)]
    with playing(small_world([*lists, *many(300)]), tmp_path) as play:
        play.look()

        assert Counter(play.asked()) == cold(300 + count, linked=count)


@pytest.mark.parametrize(("rel", "pages"), [(DEPENDS_ON, 2), (ENTRY, 1)], ids=["that a rule reads", "of no interest"])
def test_a_cold_cycle_follows_the_links_to_the_last_page(rel: str, pages: int, tmp_path: Path) -> None:
    with playing(small_world(many(50)), tmp_path) as play:
        tester = play.azure.person(TESS)
        pairs = [(a, b) for a in range(2001, 2051) for b in range(a + 1, 2051)]
        for a, b in pairs[:1_001]:
            tester.link(a, rel, b)

        play.look()

        assert Counter(play.asked()) == cold(50, links=1_000 * pages)


def test_a_link_made_or_removed_after_a_cold_cycle_is_known_in_the_next(play: Play) -> None:
    tester = play.azure.person(TESS)
    tester.link(123, DEPENDS_ON, OPEN)
    play.look()
    play.seen()
    assert play.picture().facts.defects[123].depends_on == {OPEN}
    play.forget()
    play.look(dry_run=True)

    tester.unlink(123, DEPENDS_ON, OPEN)
    tester.link(456, DEPENDS_ON, OPEN)
    play.cast.unlink("SIT-B", "DCC", 246)
    play.azure.clock.advance(timedelta(hours=1))
    play.look(dry_run=True)

    facts = play.picture().facts
    assert [facts.defects[id].depends_on for id in (123, 456)] == [set(), {OPEN}]
    (found,) = (c for c in facts.lists.values() if c.environment == "SIT-B")
    assert {entry.fix.defect for entry in found.entries} == set(DCC_FIXES) - {123, 246}


def test_a_cold_cycle_in_mid_programme_reads_lists_and_rfcs_once_more_and_nothing_else(play: Play) -> None:
    play.raised()
    play.forget()
    since = len(play.azure.journal)

    play.look()

    items = play.azure.items()
    linked = [item for item in items if item.type.name in ("Candidate List", "Request for Change")]
    assert Counter(play.asked(since)) == cold(len(items), linked=len(linked), links=1)


def test_the_first_request_of_a_process_is_preceded_by_finding_the_way_and_by_nothing_else(tmp_path: Path) -> None:
    azure = small_world(many(1))
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path)
        asked = []
        for _ in range(2):
            since = len(azure.journal)
            assert shunter("run", "--once").code == 0
            asked.append([exchange.operation for exchange in azure.journal[since:]])

    first, second = asked
    assert first[:2] == ["discovery", "connection"]
    assert Counter(first[2:]) - cold(1) == Counter(
        {"project": 2, "types": 1, "fields": 1, "relation types": 1, "states": 4, "type fields": 4}
        | {"node": 1, "security namespaces": 1, "permissions batch": 1}
    )
    assert second == ["connection", *STEADY]


def test_everything_goes_over_one_connection_that_is_kept_open_and_may_be_compressed(tmp_path: Path) -> None:
    azure = small_world()
    with overheard() as heard, served(azure) as url:
        assert configured_for(azure, url, tmp_path)("run", "--once").code == 0

    assert len(azure.journal) > 20
    assert len({exchange.connection for exchange in azure.journal}) == 1
    assert {call.headers["connection"] for call, _ in heard} == {"keep-alive"}
    assert all("gzip" in call.headers["accept-encoding"] for call, _ in heard)


def test_a_steady_cycle_asks_two_things_of_less_than_600_bytes_and_writes_nothing(play: Play) -> None:
    play.delivered()
    play.look()
    since = len(play.azure.journal)

    for _ in range(3):
        play.look()

    exchanges = play.azure.journal[since:]
    assert [exchange.operation for exchange in exchanges] == STEADY * 3
    assert max(exchange.bytes_out for exchange in exchanges) <= 600


def test_a_steady_cycle_writes_its_pulse_into_the_database_and_does_not_wait_for_the_disk(
    play: Play, tmp_path: Path
) -> None:
    play.delivered()
    file = tmp_path / "kept.db"
    with opened(file, to_act=True) as store:
        play.world = replace(play.world, store=store)
        play.look()
        play.look()
        before = rows_of(file)
        play.azure.clock.set(play.azure.clock.now().replace(hour=12))

        with statements() as heard:
            play.look()

        assert heard.changing == [("pulse", "NORMAL")] * 2
        assert rows_of(file) == before
        assert before


def rows_of(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [line for line in connection.iterdump() if '"pulse"' not in line]


def test_a_change_costs_its_short_fields_and_no_further_request(play: Play) -> None:
    for _ in range(3):
        play.look()
    play.seen()
    play.cast.retitle(555, "Inventory query returns devices that were decommissioned")
    since = len(play.azure.journal)

    play.look()

    assert play.asked(since) == STEADY
    idle, changed = play.azure.journal[since - 2], play.azure.journal[since]
    assert 0 < changed.bytes_out - idle.bytes_out <= 500


def test_looking_asks_for_named_fields_and_for_people_only_as_text(play: Play) -> None:
    play.delivered()
    play.forget()
    with overheard() as heard:
        play.look(dry_run=True)
        play.cast.retitle(555, "Inventory query returns devices that were decommissioned")
        play.look(dry_run=True)

    looked = [(call, answer) for call, answer in heard if call.operation in ("workitemsbatch", "revisions feed")]
    by_id = [call for call, _ in looked if b"$expand" in call.body]
    flat = [(call, answer) for call, answer in looked if call not in by_id]
    assert [set(json.loads(call.body)["ids"]) for call in by_id] == [set(linked_of(play))]
    assert {call.operation for call, _ in flat} == {"workitemsbatch", "revisions feed"}
    for call, answer in flat:
        assert json.loads(call.body)["fields"]
        assert "expand" not in call.query_string
        assert "includeIdentityRef" not in json.loads(call.body)
        assert answer is not None
        assert b'"displayName"' not in answer.body
    for call in (call for call, _ in flat if call.operation == "workitemsbatch"):
        assert not set(PEOPLE) & set(json.loads(call.body)["fields"])


def linked_of(play: Play) -> list[int]:
    """The lists and RFCs, whose entries are links: these are read by id."""
    return [item.id for item in play.azure.items() if item.type.name in ("Candidate List", "Request for Change")]


def test_reads_do_not_grow_with_environments_and_parties(tmp_path: Path) -> None:
    asked = []
    for name, table in (("one", one_place(small_programme())), ("many", ten_environments_and_twelve_parties())):
        with playing(mhhs_world(), tmp_path / name, table) as play:
            play.look(dry_run=True)
            play.look(dry_run=True)
            asked.append(play.asked())

    assert asked[0] == asked[1]
    assert Counter(asked[0]) == {"wiql": 1, "workitemsbatch": 2, "links feed": 2, "revisions feed": 1}


def ten_environments_and_twelve_parties() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(example_text())
    environments, parties = table["environments"], table["parties"]
    for number in range(len(environments) + 1, 11):
        environments[f"Environment {number}"] = {**environments["UIT"]}
    for number in range(len(parties) + 1, 13):
        parties[f"Party {number}"] = {"environments": list(environments), "release_managers": ["rm@dcc.example"]}
    assert (len(environments), len(parties)) == (10, 12)
    return table
