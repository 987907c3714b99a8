"""Faults on demand: what the client meets, and whether the change was made."""

from __future__ import annotations

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from adapters.sandbox import faults
from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import Fault
from tests.adapters.sandbox.client import PROJECT, Client, field
from tests.adapters.sandbox.conftest import BOT

CHANGE = field("System.State", "Active")


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


@pytest.mark.parametrize(
    ("fault", "status", "rev"),
    [
        pytest.param(faults.unavailable(applied=False), 503, 1, id="503 before"),
        pytest.param(faults.unavailable(applied=True), 503, 2, id="503 after"),
        pytest.param(faults.throttled(120), 429, 1, id="throttled"),
        pytest.param(faults.slowed_down(30, delay=1.5), 200, 2, id="slowed down"),
        pytest.param(faults.sign_in_page(), 203, 1, id="sign-in page"),
        pytest.param(faults.sign_in_page(200), 200, 1, id="page with 200"),
        pytest.param(faults.redirected(), 302, 1, id="redirected"),
        pytest.param(faults.unauthorised(), 401, 1, id="unauthorised"),
        pytest.param(faults.changed_meanwhile(), 409, 1, id="changed meanwhile"),
        pytest.param(faults.truncated(), 200, 2, id="truncated"),
        pytest.param(faults.body_replaced(b"{}"), 200, 2, id="empty object"),
        pytest.param(faults.body_replaced(b"null"), 200, 2, id="null"),
    ],
)
def test_a_fault_answers_once_and_the_change_is_made_or_not(
    azure: Azure, client: Client, id: int, fault: Fault, status: int, rev: int
) -> None:
    azure.faults.add("update", fault)
    answered = client.patch(id, CHANGE).status_code

    assert (answered, azure.item(id).rev) == (status, rev)
    assert client.patch(id, field("Custom.FoundIn", "SIT-A")).status_code == 200


@pytest.mark.parametrize(
    ("fault", "error", "rev"),
    [
        pytest.param(faults.unreachable(), requests.ConnectionError, 1, id="unreachable"),
        pytest.param(faults.reset(applied=False), requests.ConnectionError, 1, id="reset before"),
        pytest.param(faults.reset(applied=True), requests.ConnectionError, 2, id="answer lost"),
        pytest.param(faults.no_answer(applied=False), requests.ReadTimeout, 1, id="silent before"),
        pytest.param(faults.no_answer(applied=True), requests.ReadTimeout, 2, id="silent after"),
    ],
)
def test_a_connection_that_fails(
    azure: Azure, client: Client, id: int, fault: Fault, error: type[Exception], rev: int
) -> None:
    azure.faults.add("update", fault)

    with pytest.raises(error):
        client.patch(id, CHANGE)

    assert azure.item(id).rev == rev
    assert (azure.journal[-1].status, azure.journal[-1].fault) == (0, True)


def test_only_an_unreachable_server_proves_that_nothing_was_sent(azure: Azure, client: Client) -> None:
    azure.faults.add("wiql", faults.unreachable())
    azure.faults.add("wiql", faults.reset(applied=False))
    causes = []
    for _ in range(2):
        with pytest.raises(requests.ConnectionError) as caught:
            client.wiql("[System.Id] > 0")
        causes.append(caught.value.args[0])

    assert isinstance(causes[0], MaxRetryError)
    assert isinstance(causes[0].reason, NewConnectionError)
    assert not isinstance(causes[1], MaxRetryError)


def test_a_request_that_was_held_back_arrives_later(azure: Azure, client: Client) -> None:
    azure.faults.add("create", azure.faults.held_back())

    with pytest.raises(requests.ReadTimeout):
        client.create("Bug", field("System.Title", "x"))

    assert azure.items() == ()
    assert azure.deliver_held_back() == 1
    assert [item.latest.by.sign_in for item in azure.items()] == [BOT]
    assert azure.deliver_held_back() == 0


def test_a_fault_comes_as_often_as_planned_and_after_as_many_as_planned(azure: Azure, client: Client) -> None:
    azure.faults.add("wiql", faults.throttled(), times=2, skip=1)

    statuses = [client.wiql("[System.Id] > 0").status_code for _ in range(4)]

    assert statuses == [200, 429, 429, 200]


def test_a_fault_may_depend_on_the_request(azure: Azure, client: Client) -> None:
    azure.faults.add(lambda call: call.by.sign_in == BOT and "wiql" in call.path, faults.throttled())

    assert client.get("/_apis/projects").status_code == 200
    assert client.wiql("[System.Id] > 0").status_code == 429


@pytest.mark.parametrize("told", [120, "Mon, 07 Dec 2026 09:02:00 GMT", None])
def test_a_throttled_answer_says_how_long_or_does_not(azure: Azure, client: Client, told: int | str | None) -> None:
    azure.faults.add("wiql", faults.throttled(told))

    headers = client.wiql("[System.Id] > 0").headers

    assert headers.get("Retry-After") == (None if told is None else str(told))


def test_a_slowed_answer_is_whole_and_has_the_rates(azure: Azure, client: Client) -> None:
    azure.faults.add("wiql", faults.slowed_down(5, delay=0.25, remaining=10))

    answer = client.wiql("[System.Id] > 0")

    assert answer.json()["workItems"] == []
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["X-RateLimit-Delay"] == "0.250"
    assert answer.headers["X-RateLimit-Remaining"] == "10"


def test_an_unavailable_service_begins_its_body_with_a_mark(azure: Azure, client: Client) -> None:
    azure.faults.add("wiql", faults.unavailable(applied=False))

    assert client.wiql("[System.Id] > 0").content.startswith(b"\xef\xbb\xbf{")


def test_a_truncated_answer_is_no_json(azure: Azure, client: Client, id: int) -> None:
    azure.faults.add("get work item", faults.truncated())

    with pytest.raises(requests.JSONDecodeError):
        client.get(f"{PROJECT}/workitems/{id}").json()


@pytest.mark.parametrize("status", [400, 409])
def test_a_lost_race_is_told_by_its_text_whatever_the_status(
    azure: Azure, client: Client, id: int, status: int
) -> None:
    azure.faults.add("update", faults.changed_meanwhile(status))

    answer = client.patch(id, CHANGE)

    assert answer.status_code == status
    assert "TF26071" in answer.text


def test_faults_can_be_cleared(azure: Azure, client: Client) -> None:
    azure.faults.add("wiql", faults.throttled())
    azure.faults.clear()

    assert client.wiql("[System.Id] > 0").status_code == 200
