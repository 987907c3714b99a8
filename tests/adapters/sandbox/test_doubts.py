"""Doubts: where the service may answer either way, the sandbox can answer the other way too."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.doubts import Doubts, Html
from tests.adapters.sandbox.client import BASE, PROJECT, Client, expect, field, relation

STEPS = "Microsoft.VSTS.TCM.ReproSteps"


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


@pytest.fixture
def doubts(azure: Azure) -> Doubts:
    return azure.organisation.doubts


def test_what_is_missing_from_a_batch_is_null_or_absent(client: Client, doubts: Doubts, id: int) -> None:
    def found() -> list[object]:
        answer = client.post(f"{PROJECT}/workitemsbatch", {"ids": [id, 99], "errorPolicy": "omit"})
        return [item and item["id"] for item in answer.json()["value"]]

    assert sorted(found(), key=str) == [id, None]
    doubts.missing_items_are_null = False
    assert found() == [id]


def test_a_top_lifts_the_limit_of_a_query_or_does_not(azure: Azure, client: Client, doubts: Doubts, dev: Actor) -> None:
    azure.organisation.limits.wiql_results = 2
    for number in range(3):
        dev.create("Bug", {"System.Title": str(number)})

    assert client.found("[System.Id] > 0", top_=1) == [1]
    doubts.a_top_lifts_the_limit_of_a_query = False
    assert client.wiql("[System.Id] > 0", top_=1).status_code == 400


def test_the_same_again_is_a_revision_or_none(client: Client, doubts: Doubts, id: int) -> None:
    same = field("System.Title", "Meter read lost")

    assert client.patch(id, same).json()["rev"] == 1
    doubts.the_same_again_is_a_revision = True
    assert client.patch(id, same).json()["rev"] == 2


@pytest.mark.parametrize("status", [412, 409, 400])
def test_a_revision_that_differs_has_a_status(client: Client, doubts: Doubts, id: int, status: int) -> None:
    doubts.failed_test = status

    assert client.patch(id, expect(9), field("System.Title", "x")).status_code == status


def test_a_part_of_a_batch_fails_with_words_or_with_a_whole_error(client: Client, doubts: Doubts) -> None:
    headers = {"Content-Type": "application/json-patch+json"}
    part = {"method": "PATCH", "uri": "/_apis/wit/workitems/99?api-version=7.1", "headers": headers}

    def body() -> dict[str, object]:
        answer = client.batch([{**part, "body": [field("System.Title", "x")]}]).json()
        return dict(json.loads(answer["value"][0]["body"]))

    assert set(body()) == {"count", "value"}
    doubts.parts_fail_with_whole_errors = True
    assert body()["typeKey"] == "WorkItemUnauthorizedAccessException"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (Html.USUAL, "<p>a</p>"),
        (Html.TEXT, "a"),
        (Html.ALL, "<P onclick=x>a</P>"),
    ],
)
def test_of_html_more_or_less_is_kept(client: Client, doubts: Doubts, id: int, html: Html, kept: str) -> None:
    doubts.html = html

    assert client.patch(id, field(STEPS, "<P onclick=x>a</P>")).json()["fields"][STEPS] == kept


@pytest.mark.parametrize("status", [200, 204])
def test_what_was_deleted_is_told_of_or_not(client: Client, doubts: Doubts, id: int, status: int) -> None:
    doubts.deleted = status

    answer = client.session.delete(f"{BASE}{PROJECT}/workitems/{id}", timeout=5)

    assert (answer.status_code, bool(answer.content)) == (status, status == 200)


def test_a_name_finds_environments_that_begin_so_or_have_it(azure: Azure, client: Client, doubts: Doubts) -> None:
    azure.pipelines.offer("SIT-A")
    azure.pipelines.offer("SIT-A2")

    def found() -> list[str]:
        return [one["name"] for one in client.get("/MHHS/_apis/pipelines/environments", name="sit-a").json()["value"]]

    assert found() == ["SIT-A", "SIT-A2"]
    doubts.environments_by_whole_name = True
    assert found() == ["SIT-A"]


@pytest.mark.parametrize("status", [409, 500])
def test_a_page_that_is_there_already_has_a_status(azure: Azure, client: Client, doubts: Doubts, status: int) -> None:
    doubts.existing_page = status
    azure.wiki.create()
    azure.wiki.write("/a", "x")
    pages = f"{BASE}/MHHS/_apis/wiki/wikis/MHHS.wiki/pages"

    assert client.session.put(pages, params={"path": "/a"}, json={"content": "y"}, timeout=5).status_code == status


def test_a_run_that_partly_succeeded_has_another_word(azure: Azure, client: Client, doubts: Doubts) -> None:
    run = azure.pipelines.builds("1.0", pipeline="dcc", result="partiallySucceeded")
    doubts.partly_succeeded_run = "succeeded"

    assert client.get(f"/MHHS/_apis/pipelines/1/runs/{run}").json()["result"] == "succeeded"


def test_a_link_is_seen_late_at_its_other_end(azure: Azure, client: Client, doubts: Doubts, id: int) -> None:
    doubts.other_ends_after = timedelta(seconds=30)
    child = client.create("Bug", field("System.Title", "x"), relation("System.LinkTypes.Hierarchy-Reverse", id)).json()

    def links(id: int) -> int:
        return len(client.get(f"{PROJECT}/workitems/{id}", expand_="relations").json().get("relations", []))

    assert (len(child["relations"]), links(child["id"]), links(id)) == (1, 1, 0)
    azure.clock.advance(timedelta(seconds=30))
    assert links(id) == 1


def test_runs_of_tests_that_are_queried_have_details_or_not(azure: Azure, client: Client, doubts: Doubts) -> None:
    azure.tests.runs("Smoke", build=azure.pipelines.builds("1.0", pipeline="dcc"), passed=1)
    days = {"minLastUpdatedDate": "2026-12-06T00:00:00Z", "maxLastUpdatedDate": "2026-12-08T00:00:00Z"}

    def has_details() -> bool:
        return "build" in client.get("/MHHS/_apis/test/runs", **days).json()["value"][0]

    assert has_details()
    doubts.a_query_of_test_runs_has_details = False
    assert not has_details()


def test_among_others_links_come_in_another_order_or_in_the_same(client: Client, dev: Actor, doubts: Doubts) -> None:
    first, *others = [dev.create("Bug", {"System.Title": f"Defect {number}"}) for number in range(4)]
    for other in others:
        dev.link(first, "System.LinkTypes.Related", other)

    def ends(item: dict[str, Any]) -> list[str]:
        return [link["url"] for link in item["relations"]]

    def among_others() -> list[str]:
        answer = client.post(f"{PROJECT}/workitemsbatch", {"ids": [first], "$expand": "relations"})
        return ends(answer.json()["value"][0])

    alone = ends(client.get(f"{PROJECT}/workitems/{first}", expand_="relations").json())
    assert among_others() == alone[::-1]
    doubts.several_have_their_links_in_another_order = False
    assert among_others() == alone
