"""Status: how the service is, from the store alone, and from what its last look left there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import sign_in_page, throttled, unavailable
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.permissions import Right
from adapters.sandbox.serve import served
from jobs.every_job import JOBS
from tests.jobs.accidents import ALWAYS, is_read
from tests.jobs.command_line import Shunter, configured_for


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


def test_before_anybody_has_looked_it_says_so_and_makes_nothing_up(shunter: Shunter) -> None:
    said, told = shunter("status"), shunter("status", "-o", "json").json

    assert "Nobody has looked with this store yet" in said.talk
    assert (told["service"]["last_look"], told["backlog"], told["jobs"][0]["age"]) == (None, [], None)
    assert shunter.azure.journal == []


def test_after_a_look_it_says_what_that_came_to_and_asks_nothing(shunter: Shunter) -> None:
    assert shunter("run", "--once").code == 0
    asked = len(shunter.azure.journal)
    told = shunter("status", "-o", "json").json
    said = shunter("status")
    assert shunter.azure.journal[asked:] == []
    lists = shunter("lists", "-o", "json").json

    assert told["service"]["ending"] == "done"
    assert told["service"]["last_look"]
    assert told["service"]["next_look"] is None, "nobody looks again by himself after a single run"
    assert {row["job"] for row in told["jobs"]} == {job.replace("_", " ") for job in JOBS}
    assert {row["last_success"] for row in told["jobs"]} == {told["service"]["server_time"]}
    assert sum(row["defects"] for row in told["backlog"]) == sum(row["defects"] for row in lists["resolved_defects"])
    assert {row["table"]: row["rows"] for row in told["store"]}["ledger_runs"] == 1
    assert 50_000 < told["service"]["store_bytes"] < 5_000_000
    assert "Ages are by this machine's clock" in said.talk
    assert "hand to testers" in said.data


def test_it_says_why_nothing_is_written(shunter: Shunter) -> None:
    shunter.azure.permissions.take(BOT, Right.EDIT_ITEMS)
    shunter("run", "--once")

    assert "nothing is written" in shunter("status", "-o", "json").json["service"]["read_only"]
    assert "Read only    nothing is written" in shunter("status").data


def test_a_look_that_fails_says_why_and_leaves_the_backlog_of_the_one_before(shunter: Shunter) -> None:
    """What was read then is as it was; what cannot be read is not empty."""
    shunter("run", "--once")
    before = shunter("status", "-o", "json").json
    shunter.azure.faults.add(is_read, sign_in_page(), times=ALWAYS)
    assert shunter("run", "--once").code == 4

    told = shunter("status", "-o", "json").json
    assert told["service"]["ending"] == "signed out"
    assert "signed out" in told["service"]["why"]
    assert told["backlog"] == before["backlog"]
    assert told["service"]["server_time"] == before["service"]["server_time"]


def test_a_run_begins_nothing_before_the_time_that_the_server_told_the_one_before(shunter: Shunter) -> None:
    shunter.azure.faults.add(is_read, throttled(1_800))
    assert shunter("run", "--once").code == 1
    asked = len(shunter.azure.journal)

    said = shunter("run", "--once")

    assert (said.code, shunter.azure.journal[asked:]) == (1, [])
    assert "not sent: the pace asks for 1" in said.talk
    assert shunter("status", "-o", "json").json["service"]["waits_until"]


def test_a_write_of_which_nobody_knows_is_named(shunter: Shunter) -> None:
    shunter.azure.faults.add("create", unavailable(applied=True))
    shunter("run", "--once")

    (row,) = shunter("status", "-o", "json").json["uncertain"]
    assert row["action"] == "propose a new list"
