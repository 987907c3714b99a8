"""Subscriptions as a client makes, reads, replaces and deletes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.hooks.subscription import Status
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.endpoint import Endpoint

ALL = "/_apis/hooks/subscriptions"


@pytest.fixture
def wanted(azure: Azure, endpoint: Endpoint) -> dict[str, Any]:
    return {
        "publisherId": "tfs",
        "eventType": "workitem.updated",
        "resourceVersion": "5.1-preview.3",
        "consumerId": "webHooks",
        "consumerActionId": "httpRequest",
        "publisherInputs": {"projectId": azure.organisation.project_id, "areaPath": "", "workItemType": "Bug"},
        "consumerInputs": {
            "url": endpoint.url,
            "basicAuthUsername": "ado",
            "basicAuthPassword": "secret",
            "resourceDetailsToSend": "minimal",
            "messagesToSend": "none",
            "detailedMessagesToSend": "none",
        },
    }


def test_a_subscription_is_made_and_its_password_is_never_shown(client: Client, wanted: dict[str, Any]) -> None:
    made = client.post(ALL, wanted)

    assert made.status_code == 200
    assert made.json()["status"] == "enabled"
    assert made.json()["consumerInputs"]["basicAuthPassword"] == "********"
    assert client.get(f"{ALL}/{made.json()['id']}").json() == made.json()
    assert client.get(ALL, eventType="workitem.updated").json()["count"] == 1
    assert client.get(ALL, eventType="workitem.created").json()["count"] == 0


def test_what_is_sent_for_it_can_be_read(azure: Azure, client: Client, wanted: dict[str, Any], dev: Actor) -> None:
    one = client.post(ALL, wanted).json()["id"]
    dev.set_state(dev.create("Bug", {"System.Title": "x"}), "Resolved")
    azure.hooks.deliver()
    dev.set_state(1, "Closed")
    azure.hooks.delay(timedelta(0))

    path = f"{ALL}/{one}/notifications"

    assert [(n["id"], n["result"]) for n in client.get(path).json()["value"]] == [(2, "pending"), (1, "succeeded")]
    assert client.get(path, result="pending", maxResults=5).json()["count"] == 1


def test_the_subscriber_says_how_much_it_wants_to_be_told(
    azure: Azure, client: Client, wanted: dict[str, Any], dev: Actor, endpoint: Endpoint
) -> None:
    client.post(ALL, wanted)
    dev.set_state(dev.create("Bug", {"System.Title": "x"}), "Resolved")
    azure.hooks.deliver()

    (post,) = endpoint.posts
    assert set(post["resource"]) == {"id", "workItemId", "rev", "url"}
    assert (post["message"], post["detailedMessage"]) == (None, None)
    assert endpoint.signed_in_as == ["ado:secret"]


def test_one_that_was_switched_off_is_replaced_and_works_again(
    azure: Azure, client: Client, wanted: dict[str, Any], dev: Actor, endpoint: Endpoint
) -> None:
    one = client.post(ALL, wanted).json()["id"]
    endpoint.answers = [410]
    dev.set_state(dev.create("Bug", {"System.Title": "x"}), "Resolved")
    azure.hooks.deliver()
    assert client.get(f"{ALL}/{one}").json()["status"] == "disabledBySystem"

    client.session.put(f"{client.base}{ALL}/{one}", json=wanted, timeout=5)

    assert azure.hooks.subscription(one).status is Status.ENABLED
    assert client.get(ALL).json()["count"] == 1


def test_a_person_switches_one_off_and_on(azure: Azure, client: Client, wanted: dict[str, Any], dev: Actor) -> None:
    one = client.post(ALL, wanted).json()["id"]
    for status, told in (("disabledByUser", 0), ("enabled", 1)):
        client.session.put(f"{client.base}{ALL}/{one}", json=wanted | {"status": status}, timeout=5)
        dev.tag(dev.create("Bug", {"System.Title": "x"}), "Hold")
        assert len(azure.hooks.deliver()) == told

    assert client.post(ALL, wanted | {"status": "onProbation"}).status_code == 400


def test_one_that_is_deleted_is_told_nothing_more(
    azure: Azure, client: Client, wanted: dict[str, Any], dev: Actor
) -> None:
    one = client.post(ALL, wanted).json()["id"]
    dev.set_state(dev.create("Bug", {"System.Title": "x"}), "Resolved")

    assert client.session.delete(f"{client.base}{ALL}/{one}", timeout=5).status_code == 204
    assert azure.hooks.deliver() == ()
    assert client.get(f"{ALL}/{one}").json()["typeKey"] == "SubscriptionNotFoundException"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"consumerId": "slack"}, id="another consumer"),
        pytest.param({"publisherId": "rm"}, id="another publisher"),
        pytest.param({"consumerInputs": {"url": "https://example.com/"}}, id="elsewhere"),
        pytest.param({"publisherInputs": {"stageNameId": "SIT-A"}}, id="a filter of another event"),
    ],
)
def test_a_subscription_that_the_sandbox_cannot_serve_is_refused(
    client: Client, wanted: dict[str, Any], change: dict[str, Any]
) -> None:
    assert client.post(ALL, wanted | change).status_code == 400
