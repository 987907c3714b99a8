"""The discussion of a work item."""

from __future__ import annotations

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import BASE, PROJECT, Client, field


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Request for Change", {"System.Title": "5.2.16.0 to SIT-A"})


@pytest.fixture
def comments(id: int) -> str:
    return f"{PROJECT}/workitems/{id}/comments"


def test_a_comment_makes_a_revision_and_is_counted(azure: Azure, client: Client, id: int, comments: str) -> None:
    answer = client.post(comments, {"text": "<b>confirm</b> 5.2.16.0<!-- x -->"})

    assert (answer.status_code, answer.json()["text"]) == (200, "<b>confirm</b> 5.2.16.0")
    assert answer.json()["createdBy"]["displayName"] == "Shunter"
    assert azure.item(id).rev == 2
    assert azure.item(id).fields["System.CommentCount"] == 1


def test_comments_come_newest_first_page_by_page(client: Client, id: int, comments: str, dev: Actor) -> None:
    for text in ("one", "two"):
        dev.comment(id, text)
    client.patch(id, field("System.History", "three"))

    first = client.get(comments, top_=2).json()
    rest = client.get(comments, top_=2, continuationToken=first["continuationToken"]).json()

    assert (first["totalCount"], first["count"]) == (3, 2)
    assert [comment["text"] for comment in first["comments"]] == ["three", "two"]
    assert [comment["text"] for comment in rest["comments"]] == ["one"]
    assert "continuationToken" not in rest
    assert [c["text"] for c in client.get(comments, order="asc").json()["comments"]] == ["one", "two", "three"]


def test_an_edited_comment_has_a_new_version_and_the_item_no_revision(
    azure: Azure, client: Client, id: int, comments: str, dev: Actor
) -> None:
    dev.comment(id, "confirm 5.2.15.0")
    said = azure.item(id).comments[0]

    answer = client.session.patch(f"{BASE}{comments}/{said.id}", json={"text": "confirm 5.2.16.0"}, timeout=5).json()

    assert (answer["version"], answer["modifiedBy"]["displayName"]) == (2, "Shunter")
    assert azure.item(id).comments[0].text == "confirm 5.2.16.0"
    assert azure.item(id).rev == 2


@pytest.mark.parametrize("body", [{"text": ""}, {}, {"text": "x", "html": "y"}])
def test_a_comment_without_text_is_refused(azure: Azure, client: Client, id: int, comments: str, body: object) -> None:
    assert client.post(comments, body).status_code == 400
    assert azure.item(id).rev == 1


def test_a_comment_that_does_not_exist_cannot_be_edited(client: Client, comments: str) -> None:
    assert client.session.patch(f"{BASE}{comments}/9", json={"text": "x"}, timeout=5).status_code == 404
