"""The same server on a port: kept-alive connections, real faults, a clean end."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests

from adapters.sandbox import faults
from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from tests.adapters.sandbox.client import PROJECT, Client, expect, field
from tests.adapters.sandbox.conftest import BOT


@pytest.fixture
def base(azure: Azure) -> Iterator[str]:
    with served(azure) as address:
        yield address


@pytest.fixture
def client(azure: Azure, base: str) -> Iterator[Client]:
    with requests.Session() as session:
        session.auth = ("", azure.token_for(BOT))
        yield Client(session, base)


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def test_one_connection_serves_many_requests(base: str) -> None:
    connection = HTTPConnection(urlsplit(base).netloc, timeout=5)
    used = set()
    for _ in range(3):
        connection.request("GET", "/acme/_apis/projects")
        used.add(connection.sock)
        assert connection.getresponse().read() is not None
    connection.close()

    assert len(used) == 1
    assert None not in used


def test_the_journal_tells_which_requests_came_over_one_connection(azure: Azure, base: str) -> None:
    netloc = urlsplit(base).netloc
    for requests_of_one in (2, 3):
        connection = HTTPConnection(netloc, timeout=5)
        for _ in range(requests_of_one):
            connection.request("GET", "/acme/_apis/projects")
            connection.getresponse().read()
        connection.close()

    assert list(Counter(exchange.connection for exchange in azure.journal).values()) == [2, 3]


def test_a_name_may_hold_a_slash_when_it_is_encoded(client: Client) -> None:
    answer = client.get("/My%20Proj%2F%C3%BC/_apis/wit/fields")

    assert answer.json()["message"].startswith("TF200016: The following project does not exist: My Proj/ü.")


def test_a_body_may_come_in_chunks(client: Client) -> None:
    pieces = iter([b'{"query": "SELECT [System.Id] ', b'FROM workitems"}'])

    answer = client.session.post(
        f"{client.base}{PROJECT}/wiql", data=pieces, headers={"Content-Type": "application/json"}, timeout=5
    )

    assert answer.json()["workItems"] == []


def test_a_lost_answer_is_a_broken_connection_and_the_change_is_made(azure: Azure, client: Client, id: int) -> None:
    azure.faults.add("update", faults.reset(applied=True))

    with pytest.raises(requests.ConnectionError):
        client.patch(id, field("Custom.FoundIn", "SIT-A"))

    assert azure.item(id).rev == 2
    assert client.get(f"{PROJECT}/workitems/{id}").status_code == 200


def test_a_silent_server_lets_the_client_run_out_of_patience(azure: Azure, client: Client) -> None:
    azure.faults.add("projects", faults.no_answer(applied=False))

    with pytest.raises(requests.ReadTimeout):
        client.session.get(client.base + "/_apis/projects", timeout=0.05)


def test_many_at_once_change_an_item_one_after_the_other(azure: Azure, base: str, id: int) -> None:
    def edit(number: int) -> int:
        with requests.Session() as session:
            session.auth = ("", azure.token_for(BOT))
            return Client(session, base).patch(id, expect(1), field("Custom.FoundIn", f"SIT {number}")).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(edit, range(8)))

    assert statuses == [200] + [412] * 7
    assert azure.item(id).rev == 2


def test_it_ends_cleanly_though_a_client_still_holds_on(azure: Azure) -> None:
    before = threading.active_count()
    with served(azure) as base:
        address = urlsplit(base)
        held = socket.create_connection((str(address.hostname), address.port or 0))
        held.sendall(b"OPTIONS /acme/_apis HTTP/1.1\r\nHost: x\r\n\r\n")
        assert held.recv(64).startswith(b"HTTP/1.1 401")

    assert threading.active_count() == before
    held.close()
