"""Environments and the records of what was deployed to them, in both areas that have them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import START

AREAS = ("/MHHS/_apis/distributedtask/environments", "/MHHS/_apis/pipelines/environments")
RELEASE: dict[str, Any] = {"pipeline": "dcc-release", "build": "5.2.16.0"}


@pytest.fixture(params=AREAS, ids=["distributedtask", "pipelines"])
def environments(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def records(client: Client, environments: str, id: int = 1, **query: object) -> list[dict[str, Any]]:
    answer = client.get(f"{environments}/{id}/environmentdeploymentrecords", **query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def test_an_environment_is_found_by_the_beginning_of_its_name(azure: Azure, client: Client, environments: str) -> None:
    for name in ("SIT-A", "SIT-B", "UIT"):
        azure.pipelines.offer(name)

    found = client.get(environments, name="sit-").json()["value"]

    assert [one["name"] for one in found] == ["SIT-A", "SIT-B"]
    assert client.get(f"{environments}/3").json()["name"] == "UIT"
    assert client.get(environments, top_=2).headers["X-MS-ContinuationToken"] == "3"
    assert client.get(f"{environments}/4").json()["typeKey"] == "EnvironmentNotFoundException"


def test_a_deployment_is_a_record_that_names_the_run_and_its_pipeline(
    azure: Azure, client: Client, environments: str
) -> None:
    run = azure.pipelines.deploys(environment="SIT-A", **RELEASE)

    (record,) = records(client, environments)

    assert (record["owner"]["id"], record["owner"]["name"]) == (run, "5.2.16.0")
    assert record["definition"]["name"] == "dcc-release"
    assert (record["stageName"], record["jobName"], record["stageAttempt"]) == ("SIT-A", "Deploy", 1)
    assert (record["result"], record["startTime"], record["finishTime"]) == (
        "succeeded",
        "2026-12-07T08:50:00Z",
        "2026-12-07T09:00:00Z",
    )


def test_what_runs_has_no_result_and_no_end(azure: Azure, client: Client, environments: str) -> None:
    azure.pipelines.starts(environment="SIT-A", **RELEASE)

    (record,) = records(client, environments)
    assert not {"result", "finishTime"} & set(record)

    azure.pipelines.finishes(stage="SIT-A", **RELEASE)
    assert records(client, environments)[0]["result"] == "succeeded"


def test_each_job_and_each_attempt_has_its_record_newest_first(azure: Azure, client: Client, environments: str) -> None:
    at = START - timedelta(hours=1)
    azure.pipelines.starts(environment="SIT-A", stage="Deploy SIT-A", jobs=("Web", "Data"), at=at, **RELEASE)
    azure.pipelines.finishes(stage="Deploy SIT-A", job="Web", result="failed", at=at, **RELEASE)
    azure.pipelines.finishes(stage="Deploy SIT-A", at=at, **RELEASE)
    azure.pipelines.deploys(environment="SIT-A", stage="Deploy SIT-A", **RELEASE)

    found = [(r["jobName"], r["stageAttempt"], r["result"]) for r in records(client, environments)]

    assert found == [("Deploy", 2, "succeeded"), ("Data", 1, "succeeded"), ("Web", 1, "failed")]


def test_a_stage_of_which_one_job_failed_has_failed_whichever_came_last(azure: Azure, client: Client) -> None:
    run = azure.pipelines.starts(environment="SIT-A", jobs=("Web", "Data"), **RELEASE)
    azure.pipelines.finishes(stage="SIT-A", job="Web", result="failed", **RELEASE)
    azure.pipelines.finishes(stage="SIT-A", job="Data", **RELEASE)

    assert client.get(f"/MHHS/_apis/build/builds/{run}").json()["result"] == "failed"


def test_a_run_ends_with_its_last_stage_and_by_the_latest_attempt_of_each(azure: Azure, client: Client) -> None:
    def result(run: int) -> object:
        return client.get(f"/MHHS/_apis/build/builds/{run}").json().get("result", "still runs")

    run = azure.pipelines.starts(environment="SIT-A", **RELEASE)
    azure.pipelines.deploys(environment="SIT-B", result="failed", **RELEASE)
    assert result(run) == "still runs"

    azure.pipelines.finishes(stage="SIT-A", **RELEASE)
    assert result(run) == "failed"

    azure.pipelines.deploys(environment="SIT-B", result="succeededWithIssues", **RELEASE)
    assert result(run) == "partiallySucceeded"


def test_the_next_page_is_named_in_a_header_alone(azure: Azure, client: Client, environments: str) -> None:
    for build in ("5.2.14.0", "5.2.15.0", "5.2.16.0"):
        azure.pipelines.deploys(environment="SIT-A", pipeline="dcc-release", build=build)
    path = f"{environments}/1/environmentdeploymentrecords"

    first = client.get(path, top=2)
    token = first.headers["X-MS-ContinuationToken"]
    rest = client.get(path, top=2, continuationToken=token)

    assert set(first.json()) == {"count", "value"}
    assert [r["owner"]["name"] for r in first.json()["value"]] == ["5.2.16.0", "5.2.15.0"]
    assert [r["owner"]["name"] for r in rest.json()["value"]] == ["5.2.14.0"]
    assert "X-MS-ContinuationToken" not in rest.headers


def test_the_parameter_is_called_top_and_nothing_filters(client: Client, environments: str, azure: Azure) -> None:
    azure.pipelines.offer("SIT-A")
    path = f"{environments}/1/environmentdeploymentrecords"

    assert client.get(path, top_=1).status_code == 400
    assert client.get(path, definitionId=1).status_code == 400


def test_nothing_ends_that_does_not_run(azure: Azure) -> None:
    with pytest.raises(ValueError, match="nothing running in the stage 'SIT-A'"):
        azure.pipelines.finishes(stage="SIT-A", **RELEASE)
    with pytest.raises(ValueError, match="result is one of"):
        azure.pipelines.deploys(environment="SIT-A", result="ok", **RELEASE)
    assert not azure.organisation.pipelines.records
