"""Words of the interface may come as numbers, as the client for Node sends them."""

from __future__ import annotations

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import PROJECT, Client


@pytest.mark.parametrize(
    ("status", "found"),
    [(1, ["5.2.16.0"]), (2, ["5.2.15.0"]), (47, ["5.2.16.0", "5.2.15.0"]), ("Completed", ["5.2.15.0"])],
)
def test_builds_by_the_number_of_their_status(azure: Azure, client: Client, status: object, found: list[str]) -> None:
    azure.pipelines.builds("5.2.15.0", pipeline="dcc")
    azure.pipelines.starts(environment="SIT-A", pipeline="dcc", build="5.2.16.0")

    answer = client.get("/MHHS/_apis/build/builds", statusFilter=status)

    assert [build["buildNumber"] for build in answer.json()["value"]] == found


def test_expansions_are_numbered_in_their_order_and_policies_in_the_body(client: Client, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "x"})
    dev.link(id, "System.LinkTypes.Related", dev.create("Bug", {"System.Title": "y"}))

    assert "relations" in client.get(f"{PROJECT}/workitems/{id}", expand_=1).json()
    omitted = client.post(f"{PROJECT}/workitemsbatch", {"ids": [99], "errorPolicy": 2})
    assert omitted.json()["value"] == [None]


@pytest.mark.parametrize("number", [9, 64, True])
def test_a_number_that_means_nothing_is_refused(client: Client, number: object) -> None:
    assert client.get("/MHHS/_apis/build/builds", statusFilter=number).status_code == 400
    assert client.get("/MHHS/_apis/release/deployments", deploymentStatus=number).status_code == 400
    assert client.post(f"{PROJECT}/workitemsbatch", {"ids": [1], "errorPolicy": number}).status_code == 400
