"""Who is signed in, and what becomes of those who are not."""

from __future__ import annotations

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import BASE, PROJECT, Client, field
from tests.adapters.sandbox.conftest import BOT


def test_a_bearer_token_signs_in_too(azure: Azure, client: Client) -> None:
    client.session.auth = None
    client.session.headers["Authorization"] = f"Bearer {azure.token_for(BOT)}"

    assert client.get("/_apis/ConnectionData").status_code == 200


def test_an_expired_token_gets_a_page_that_looks_like_success(azure: Azure, client: Client) -> None:
    azure.tokens.expire(azure.token_for(BOT))

    for answer in (client.get("/_apis/projects"), client.wiql("[System.Id] > 0")):
        assert answer.status_code == 203
        assert answer.headers["Content-Type"].startswith("text/html")


def test_an_expired_token_gets_an_empty_refusal_on_a_change(azure: Azure, client: Client, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "Meter read lost"})
    azure.tokens.expire(azure.token_for(BOT))

    answer = client.patch(id, field("System.Title", "Other"))

    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert azure.item(id).rev == 1


@pytest.mark.parametrize("header", ["", "Basic !!!", "Bearer nonsense", "Digest x"])
def test_what_is_no_token_does_not_sign_in(client: Client, header: str) -> None:
    client.session.auth = None
    client.session.headers["Authorization"] = header

    assert client.session.options(BASE + "/_apis", timeout=5).status_code == 401


def test_a_token_that_may_only_read_reads_and_does_not_write(azure: Azure, client: Client, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "Meter read lost"})
    client.session.auth = ("", azure.token_for(BOT, may_write=False))

    assert client.get(f"{PROJECT}/workitems/{id}").status_code == 200
    assert client.patch(id, field("System.Title", "Other")).status_code == 403
    assert client.batch([]).status_code == 403
    assert azure.item(id).rev == 1
