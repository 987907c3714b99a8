"""Builds and runs: two words of the service for one thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import START

BUILDS = "/MHHS/_apis/build/builds"
HOUR = timedelta(hours=1)


@pytest.fixture
def history(azure: Azure) -> dict[str, int]:
    """Three builds of one pipeline, an hour apart, and one of another."""
    pipelines = azure.pipelines
    return {
        "good": pipelines.builds("5.2.14.0", pipeline="dcc", at=START - 3 * HOUR, tags=("release",)),
        "bad": pipelines.builds("5.2.15.0", pipeline="dcc", result="failed", at=START - 2 * HOUR),
        "other": pipelines.builds("1.0", pipeline="portal", at=START - HOUR),
        "running": pipelines.starts(environment="SIT-A", pipeline="dcc", build="5.2.16.0", at=START),
    }


def names(client: Client, **query: object) -> list[str]:
    answer = client.get(BUILDS, **query)
    assert answer.status_code == 200, answer.text
    return [build["buildNumber"] for build in answer.json()["value"]]


def test_a_build_tells_what_it_built_and_what_came_of_it(client: Client, history: dict[str, int]) -> None:
    build = client.get(f"{BUILDS}/{history['good']}").json()

    assert (build["buildNumber"], build["status"], build["result"]) == ("5.2.14.0", "completed", "succeeded")
    assert (build["definition"]["name"], build["sourceBranch"]) == ("dcc", "refs/heads/main")
    assert len(build["sourceVersion"]) == 40
    assert client.get(f"{BUILDS}/{history['good']}/tags").json()["value"] == ["release"]
    assert client.get(f"{BUILDS}/1").json()["typeKey"] == "BuildNotFoundException"


def test_a_build_that_runs_has_no_result(client: Client, history: dict[str, int]) -> None:
    build = client.get(f"{BUILDS}/{history['running']}").json()

    assert build["status"] == "inProgress"
    assert not {"result", "finishTime"} & set(build)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["5.2.16.0", "1.0", "5.2.15.0", "5.2.14.0"], id="all, the latest to finish first"),
        pytest.param({"definitions": "1"}, ["5.2.16.0", "5.2.15.0", "5.2.14.0"], id="of a pipeline"),
        pytest.param({"definitions": "1,2", "statusFilter": "inProgress"}, ["5.2.16.0"], id="that run"),
        pytest.param({"statusFilter": "completed", "resultFilter": "failed"}, ["5.2.15.0"], id="that failed"),
        pytest.param({"tagFilters": "release"}, ["5.2.14.0"], id="with a tag"),
        pytest.param({"buildNumber": "5.2.15.0"}, ["5.2.15.0"], id="by number"),
        pytest.param({"buildNumber": "5.2.1*", "resultFilter": "succeeded"}, ["5.2.14.0"], id="by how it begins"),
        pytest.param(
            {"statusFilter": "completed", "minTime": "2026-12-07T07:00:00Z", "queryOrder": "finishTimeAscending"},
            ["5.2.15.0", "1.0"],
            id="finished since",
        ),
    ],
)
def test_builds_are_found(client: Client, history: dict[str, int], query: dict[str, object], found: list[str]) -> None:
    assert names(client, **query) == found


def test_the_next_page_of_builds_is_named_in_a_header(client: Client, history: dict[str, int]) -> None:
    first = client.get(BUILDS, top_=3)

    rest = names(client, top_=3, continuationToken=first.headers["X-MS-ContinuationToken"])

    assert (len(first.json()["value"]), rest) == (3, ["5.2.14.0"])


def test_the_work_items_of_a_build_are_those_that_its_commits_name(azure: Azure, client: Client) -> None:
    run = azure.pipelines.builds("5.2.16.0", pipeline="dcc", work_items=(12, 14))

    assert [ref["id"] for ref in client.get(f"{BUILDS}/{run}/workitems").json()["value"]] == ["12", "14"]


def test_a_run_is_the_same_build_and_has_no_word_for_partly(azure: Azure, client: Client) -> None:
    partly = azure.pipelines.builds("5.2.16.0", pipeline="dcc", result="partiallySucceeded")

    run = client.get(f"/MHHS/_apis/pipelines/1/runs/{partly}").json()

    assert (run["id"], run["name"], run["state"], run["result"]) == (partly, "5.2.16.0", "completed", "unknown")
    assert [one["id"] for one in client.get("/MHHS/_apis/pipelines/1/runs").json()["value"]] == [partly]
    assert client.get("/MHHS/_apis/pipelines").json()["value"][0]["name"] == "dcc"
    assert client.get(f"/MHHS/_apis/pipelines/2/runs/{partly}").status_code == 404


def test_a_stage_runs_as_long_as_any_of_its_jobs(azure: Azure, client: Client) -> None:
    where: dict[str, Any] = {"pipeline": "dcc", "build": "5.2.16.0"}
    run = azure.pipelines.starts(environment="SIT-A", jobs=("Web", "Data"), **where)
    azure.pipelines.finishes(stage="SIT-A", job="Data", **where)

    rows = client.get(f"{BUILDS}/{run}/timeline").json()["records"]

    assert [(row["name"], row["state"]) for row in rows] == [
        ("SIT-A", "inProgress"),
        ("Web", "inProgress"),
        ("Data", "completed"),
    ]


def test_the_timeline_shows_that_a_run_succeeded_without_its_stage(azure: Azure, client: Client) -> None:
    run = azure.pipelines.deploys(environment="SIT-A", pipeline="dcc", build="5.2.16.0", result="skipped")

    rows: list[dict[str, Any]] = client.get(f"{BUILDS}/{run}/timeline").json()["records"]

    assert client.get(f"{BUILDS}/{run}").json()["result"] == "succeeded"
    assert [(row["type"], row["name"], row["result"]) for row in rows] == [
        ("Stage", "SIT-A", "skipped"),
        ("Job", "Deploy", "skipped"),
    ]
