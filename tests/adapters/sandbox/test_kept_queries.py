"""Queries that are kept in folders."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from adapters.sandbox.actor import Actor
from tests.adapters.sandbox.client import Client

QUERIES = "/MHHS/_apis/wit/queries"
SHARED = f"{QUERIES}/Shared%20Queries"
WIQL = "SELECT [System.Id] FROM workitems WHERE [System.State] = 'Resolved' ORDER BY [System.Id]"
KEPT = "select [System.Id] from WorkItems where [System.State] = 'Resolved' order by [System.Id]"


def create(client: Client, folder: str, **body: object) -> requests.Response:
    return client.post(folder, body)


def patch(client: Client, path: str, /, **body: object) -> requests.Response:
    return client.session.patch(client.base + path, json=body, timeout=5)


@pytest.fixture
def query(client: Client) -> dict[str, Any]:
    create(client, SHARED, name="Shunter", isFolder=True)
    answer = create(client, f"{SHARED}/Shunter", name="Waiting", wiql=WIQL)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_roots_are_there_from_the_start(client: Client) -> None:
    roots = client.get(QUERIES).json()["value"]

    assert [(root["name"], root["isPublic"], root["hasChildren"]) for root in roots] == [
        ("My Queries", False, False),
        ("Shared Queries", True, False),
    ]


def test_a_query_is_kept_in_its_folder_and_shown_as_deep_as_asked(client: Client, query: dict[str, Any]) -> None:
    flat = client.get(SHARED).json()
    deep = client.get(SHARED, depth_=2, expand_="wiql").json()

    assert (query["path"], query["wiql"]) == ("Shared Queries/Shunter/Waiting", KEPT)
    assert flat["hasChildren"]
    assert "children" not in flat
    assert deep["children"][0]["children"][0]["wiql"] == KEPT
    assert client.get(SHARED, depth_=3).status_code == 400


@pytest.mark.parametrize("by", ["id", "path"])
def test_a_query_is_read_by_id_or_path_and_its_wiql_only_when_asked(
    client: Client, query: dict[str, Any], by: str
) -> None:
    assert "wiql" not in client.get(f"{QUERIES}/{query[by]}").json()
    assert client.get(f"{QUERIES}/{query[by]}", expand_="wiql").json()["wiql"] == KEPT


def test_a_query_gets_another_text_and_a_folder_another_name(client: Client, query: dict[str, Any]) -> None:
    changed = patch(client, f"{QUERIES}/{query['id']}", wiql=WIQL.replace("Resolved", "Active"))
    patch(client, f"{SHARED}/Shunter", name="Releases")

    assert changed.json()["wiql"] == KEPT.replace("Resolved", "Active")
    assert client.get(f"{QUERIES}/{query['id']}").json()["path"] == "Shared Queries/Releases/Waiting"
    assert patch(client, SHARED, name="Ours").status_code == 400


def test_a_kept_query_is_run_by_its_id(client: Client, query: dict[str, Any], dev: Actor) -> None:
    dev.set_state(dev.create("Bug", {"System.Title": "x"}), "Resolved")
    dev.create("Bug", {"System.Title": "y"})

    found = client.get(f"/MHHS/_apis/wit/wiql/{query['id']}").json()["workItems"]

    assert [item["id"] for item in found] == [1]


def test_a_second_of_the_same_name_and_a_query_that_makes_no_sense_are_refused(
    client: Client, query: dict[str, Any]
) -> None:
    again = create(client, f"{SHARED}/Shunter", name="waiting", wiql=WIQL)
    broken = create(client, SHARED, name="Broken", wiql="SELECT nothing")
    unknown = create(client, SHARED, name="Unknown", wiql=WIQL.replace("State", "Estate"))

    assert again.json()["message"].startswith("TF237018")
    assert (broken.status_code, unknown.status_code) == (400, 400)
    assert unknown.json()["message"].startswith("TF51005")
    assert create(client, SHARED, name="Tree", wiql=WIQL, queryType="tree").status_code == 400
    assert patch(client, f"{QUERIES}/{query['id']}", path="Shared Queries/Waiting").status_code == 400
    assert create(client, SHARED, name="Neither").status_code == 400


def test_what_is_deleted_is_gone_with_all_that_is_in_it(client: Client, query: dict[str, Any]) -> None:
    gone = client.session.delete(f"{client.base}{SHARED}/Shunter", timeout=5)

    assert gone.status_code == 204
    assert client.get(f"{QUERIES}/{query['id']}").json()["message"].startswith("TF401243")
    assert not client.get(SHARED).json()["hasChildren"]
