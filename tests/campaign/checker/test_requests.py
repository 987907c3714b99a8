"""What the bot asked for is judged too: an update without the revision that it was decided on, or over unseen work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import unavailable
from adapters.sandbox.mhhs_seeds.people import BOT, TESS
from adapters.sandbox.transport import InProcess
from bot.programme import Programme
from tests.adapters.sandbox.client import Client, expect, field
from tests.campaign.checker import fields as f
from tests.campaign.checker.checking import Checker, check
from tests.campaign.checker.heard import Heard, overhearing
from tests.jobs.small_world import small_settings, small_world

A_TEXT = [expect(1), field(f.BODY, "x")]
MARK = {"op": "add", "path": "/fields/System.History", "value": "Shunter, run 0123456789ab, rule retest."}


@pytest.fixture
def azure() -> Azure:
    return small_world()


@pytest.fixture
def programme(azure: Azure, tmp_path: Path) -> Programme:
    return small_settings(azure, "http://127.0.0.1/sandbox", tmp_path).programme


@pytest.fixture
def heard(azure: Azure) -> Iterator[Heard]:
    with overhearing(azure) as heard:
        yield heard


@pytest.fixture
def bot(azure: Azure) -> Iterator[Client]:
    with requests.Session() as session:
        session.mount("http://sandbox", InProcess(azure))
        session.auth = ("", azure.token_for(BOT))
        yield Client(session, "http://sandbox/sandbox")


def words(azure: Azure, programme: Programme, heard: Heard) -> list[str]:
    return [v.words for v in check(azure, programme, heard) if v.promise == "S6"]


def test_an_update_with_the_revision_that_it_was_decided_on_is_fine(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    bot.get("/MHHS/_apis/wit/workitems/123")
    assert bot.patch(123, expect(1), MARK, field(f.BODY, "x")).status_code == 200
    assert bot.patch(123, expect(2), MARK, field(f.BODY, "y")).status_code == 200

    assert words(azure, programme, heard) == []


def test_an_update_without_a_revision_is_found(azure: Azure, programme: Programme, heard: Heard, bot: Client) -> None:
    assert bot.patch(123, field(f.BODY, "x")).status_code == 200

    (found,) = words(azure, programme, heard)
    assert "update: sent without a test of the revision" in found


def test_so_is_one_among_many(azure: Azure, programme: Programme, heard: Heard, bot: Client) -> None:
    headers = {"Content-Type": "application/json-patch+json"}
    uri = "/_apis/wit/workitems/{}?api-version=7.1"
    parts = [
        {"method": "PATCH", "uri": uri.format(123), "headers": headers, "body": [expect(1), field(f.BODY, "x")]},
        {"method": "PATCH", "uri": uri.format(246), "headers": headers, "body": [field(f.BODY, "x")]},
    ]
    assert bot.batch(parts).status_code == 200

    (found,) = words(azure, programme, heard)
    assert "batch: sent without a test of the revision" in found


def test_rules_that_are_bypassed_are_found(azure: Azure, programme: Programme, heard: Heard, bot: Client) -> None:
    bot.patch(123, expect(1), field(f.BODY, "x"), bypassRules="true")

    assert words(azure, programme, heard) == ["update: sent around the rules of the process"]


def test_what_is_written_over_the_unseen_work_of_a_person_is_found(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    bot.get("/MHHS/_apis/wit/workitems/123")
    azure.person(TESS).edit(123, {f.TITLE: "mine"})

    assert bot.patch(123, expect(2), MARK, field(f.BODY, "x")).status_code == 200

    assert words(azure, programme, heard) == [f"written over revision 2 of {TESS}, unseen"]


def test_requests_to_another_organisation_are_none_of_its_business(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    other = small_world()
    with overhearing(other) as about_the_other:
        bot.patch(123, field(f.BODY, "x"))

    assert (len(heard.writes), len(about_the_other.writes)) == (1, 0)


def test_more_requests_than_agreed_are_found(azure: Azure, programme: Programme, heard: Heard, bot: Client) -> None:
    checker = Checker(azure, programme, heard, per_minute=2)
    for _ in range(2):
        bot.get("/MHHS/_apis/wit/workitems/123")
    assert pressure(checker) == []

    azure.clock.advance(timedelta(seconds=59))
    bot.get("/MHHS/_apis/wit/workitems/123")
    assert pressure(checker) == ["more than 2 requests since 09:30:00"]


def test_a_request_before_the_time_that_the_server_told_is_found(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    checker = Checker(azure, programme, heard)
    azure.faults.add("get work item", heard.throttled(120))
    assert bot.get("/MHHS/_apis/wit/workitems/123").status_code == 429
    assert pressure(checker) == []

    azure.clock.advance(timedelta(seconds=119))
    bot.get("/MHHS/_apis/wit/workitems/123")
    assert pressure(checker) == ["get work item was asked for, and the server had asked for quiet until 09:32:00"]


def test_the_next_process_of_a_replica_rests_as_long_where_its_store_lives(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    checker = Checker(azure, programme, heard)
    heard.asker = lambda: "A, process 1"
    azure.faults.add("get work item", heard.throttled(120))
    bot.get("/MHHS/_apis/wit/workitems/123")

    for asker in ("B, process 1", "A, process 2"):
        heard.asker = lambda asker=asker: asker  # type: ignore[misc]
        bot.get("/MHHS/_apis/wit/workitems/123")
    assert pressure(checker) == ["get work item was asked for, and the server had asked for quiet until 09:32:00"]

    heard.rests_are_over("A")
    assert pressure(checker) == []


def test_single_updates_in_place_of_a_batch_that_failed_are_found(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    ids = (123, 246, 456, 468)
    azure.faults.add("batch", unavailable(applied=False))
    assert bot.batch([part(id) for id in ids]).status_code == 503

    for id in ids:
        bot.patch(id, *A_TEXT)

    assert pressure(Checker(azure, programme, heard)) == ["a batch of 4 failed, and 4 single updates followed"]


def test_updates_of_something_else_after_a_batch_that_failed_are_none_in_its_place(
    azure: Azure, programme: Programme, heard: Heard, bot: Client
) -> None:
    azure.faults.add("batch", unavailable(applied=False))
    assert bot.batch([part(id) for id in (123, 246, 456, 468)]).status_code == 503

    for id in (123, 246, 456, 789):
        bot.patch(id, *A_TEXT)

    assert pressure(Checker(azure, programme, heard)) == []


def part(id: int) -> dict[str, Any]:
    uri, headers = f"/_apis/wit/workitems/{id}?api-version=7.1", {"Content-Type": "application/json-patch+json"}
    return {"method": "PATCH", "uri": uri, "headers": headers, "body": A_TEXT}


def pressure(checker: Checker) -> list[str]:
    return [v.words for v in checker.when_quiet() if v.promise == "S18"]
