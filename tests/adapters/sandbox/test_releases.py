"""Deployments of classic releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import START

DEPLOYMENTS = "/MHHS/_apis/Release/deployments"


def deployments(client: Client, **query: object) -> list[dict[str, Any]]:
    answer = client.get(DEPLOYMENTS, **query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def deploys(azure: Azure, release: str, environment: str = "SIT-A", **more: Any) -> int:
    return azure.releases.deploys(environment=environment, definition="dcc", release=release, **more)


def test_a_deployment_names_its_release_and_its_stage(azure: Azure, client: Client) -> None:
    deploys(azure, "Release-5.2.16.0")

    (one,) = deployments(client)

    assert (one["release"]["name"], one["releaseDefinition"]["name"]) == ("Release-5.2.16.0", "dcc")
    assert (one["releaseEnvironment"]["name"], one["attempt"]) == ("SIT-A", 1)
    assert (one["deploymentStatus"], one["operationStatus"]) == ("succeeded", "approved")
    assert one["completedOn"] == "2026-12-07T09:00:00Z"
    assert one["definitionEnvironmentId"] != one["releaseEnvironment"]["id"]


def test_the_end_of_what_runs_is_the_year_one_without_a_zone(azure: Azure, client: Client) -> None:
    id = azure.releases.starts(environment="SIT-A", definition="dcc", release="Release-5.2.16.0")

    assert [(d["deploymentStatus"], d["completedOn"]) for d in deployments(client)] == [
        ("inProgress", "0001-01-01T00:00:00")
    ]
    azure.releases.finishes(id, operation="pending")
    assert deployments(client)[0]["operationStatus"] == "pending"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, [4, 3, 2, 1], id="newest first"),
        pytest.param({"queryOrder": "ascending", "top_": 2}, [1, 2], id="oldest first"),
        pytest.param({"deploymentStatus": "succeeded"}, [4, 3, 1], id="that succeeded"),
        pytest.param({"latestAttemptsOnly": "true"}, [4, 3, 1], id="the latest attempt of each"),
        pytest.param({"minModifiedTime": "2026-12-07T08:30:00Z"}, [4], id="changed since"),
        pytest.param({"operationStatus": "phaseFailed"}, [2], id="by what the operation came to"),
    ],
)
def test_deployments_are_found(azure: Azure, client: Client, query: dict[str, object], found: list[int]) -> None:
    early = START - timedelta(hours=1)
    deploys(azure, "Release-1", at=early)
    deploys(azure, "Release-2", at=early, status="failed")
    deploys(azure, "Release-2", at=early)
    deploys(azure, "Release-2", "UIT")

    assert [one["id"] for one in deployments(client, **query)] == found


def test_words_that_the_service_has_not_are_refused(azure: Azure) -> None:
    with pytest.raises(ValueError, match="status is one of inProgress, succeeded"):
        deploys(azure, "Release-1", status="ok")
    with pytest.raises(ValueError, match="operation is one of queued"):
        deploys(azure, "Release-1", operation="ok")


def test_a_page_has_fifty_and_at_most_a_hundred(azure: Azure, client: Client) -> None:
    for number in range(120):
        deploys(azure, f"Release-{number}")

    assert (len(deployments(client)), len(deployments(client, top_=500))) == (50, 100)
    token = client.get(DEPLOYMENTS, top_=100).headers["X-MS-ContinuationToken"]
    assert len(deployments(client, top_=100, continuationToken=token)) == 20
