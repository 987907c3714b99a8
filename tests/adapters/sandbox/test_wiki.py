"""The wiki: pages guarded by their ETag, and what stands in the way of one."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import BOT

WIKIS = "/MHHS/_apis/wiki/wikis"
PAGES = f"{WIKIS}/MHHS.wiki/pages"


@pytest.fixture(autouse=True)
def wiki(azure: Azure) -> str:
    return azure.wiki.create()


def put(client: Client, path: str, content: str, etag: str = "", **query: Any) -> requests.Response:
    headers = {"If-Match": etag} if etag else {}
    where = client.base + PAGES
    return client.session.put(where, params={"path": path, **query}, json={"content": content}, headers=headers)


def test_a_page_is_made_and_then_changed_by_its_etag(azure: Azure, client: Client) -> None:
    made = put(client, "/SIT-A", "# One")
    changed = put(client, "/SIT-A", "# Two", made.headers["ETag"])

    assert (made.status_code, changed.status_code) == (201, 200)
    assert made.headers["ETag"].startswith('"')
    assert made.headers["ETag"] != changed.headers["ETag"]
    assert made.json()["id"] == changed.json()["id"]
    assert azure.wiki.page("/SIT-A") == "# Two"


def test_the_etag_may_come_without_its_quotes(client: Client) -> None:
    etag = put(client, "/SIT-A", "# One").headers["ETag"]

    assert put(client, "SIT-A", "# Two", etag.strip('"')).status_code == 200


@pytest.mark.parametrize(
    ("path", "etag", "status", "problem"),
    [
        pytest.param("/SIT-A", "", 409, "WikiPageAlreadyExistsException", id="it is there, and no ETag"),
        pytest.param("/SIT-A", '"0"', 412, "WikiPageHasConflictsException", id="somebody changed it"),
        pytest.param("/SIT-B", '"0"', 404, "WikiPageNotFoundException", id="an ETag, and no page"),
        pytest.param("/Releases/SIT-A", "", 404, "WikiAncestorPageNotFoundException", id="no page above it"),
    ],
)
def test_a_page_is_refused(client: Client, path: str, etag: str, status: int, problem: str) -> None:
    put(client, "/SIT-A", "# One")

    answer = put(client, path, "# Two", etag)

    assert (answer.status_code, answer.json()["typeKey"]) == (status, problem)


def test_a_page_is_read_with_its_content_where_that_is_asked_for(client: Client) -> None:
    etag = put(client, "/SIT-A", "# One").headers["ETag"]

    plain = client.get(PAGES, path="/SIT-A")
    whole = client.get(PAGES, path="/SIT-A", includeContent="true")

    assert "content" not in plain.json()
    assert (whole.json()["content"], whole.headers["ETag"]) == ("# One", etag)
    assert client.get(f"{PAGES}/{whole.json()['id']}", includeContent="true").json()["content"] == "# One"


def test_a_missing_page_is_named_in_curly_quotes(client: Client) -> None:
    answer = client.get(PAGES, path="/SIT-A")

    assert answer.status_code == 404
    assert answer.json()["message"].startswith("Wiki page ‘/SIT-A’ could not be found.")


def test_pages_below_are_listed_one_level_or_all(azure: Azure, client: Client) -> None:
    azure.wiki.write("/Releases/SIT-A/5.2.16.0", "# Note")

    one = client.get(PAGES, path="/", recursionLevel="oneLevel").json()
    every = client.get(PAGES, recursionLevel="full").json()

    assert [page["path"] for page in one["subPages"]] == ["/Releases"]
    assert one["subPages"][0]["subPages"] == []
    assert every["subPages"][0]["subPages"][0]["subPages"][0]["path"] == "/Releases/SIT-A/5.2.16.0"
    assert azure.wiki.pages() == ("/Releases", "/Releases/SIT-A", "/Releases/SIT-A/5.2.16.0")


def test_a_page_that_is_made_again_is_another(client: Client) -> None:
    first = put(client, "/SIT-A", "# One").json()["id"]

    gone = client.session.delete(client.base + PAGES, params={"path": "/SIT-A"})

    assert (gone.status_code, gone.headers["ETag"]) == (200, '""')
    assert put(client, "/SIT-A", "# One").json()["id"] != first


def test_the_address_of_a_page_in_git_has_no_blanks(client: Client) -> None:
    assert put(client, "/Release notes SIT-A", "x").json()["gitItemPath"] == "/Release-notes-SIT%2DA.md"


def test_the_wikis_are_listed_and_the_project_has_one(client: Client) -> None:
    (wiki,) = client.get(WIKIS).json()["value"]
    body = {"name": "MHHS.wiki", "projectId": wiki["projectId"], "type": "projectWiki"}

    assert (wiki["name"], wiki["type"], wiki["versions"]) == ("MHHS.wiki", "projectWiki", [{"version": "wikiMaster"}])
    assert client.get(f"{WIKIS}/{wiki['id']}").json()["name"] == "MHHS.wiki"
    assert client.post(WIKIS, body).status_code == 409
    assert client.get(f"{WIKIS}/Other.wiki/pages", path="/x").json()["typeKey"] == "WikiNotFoundException"


def test_another_branch_is_refused_and_so_is_a_token_that_may_only_read(azure: Azure, client: Client) -> None:
    branch = {"versionDescriptor.version": "main"}
    assert put(client, "/SIT-A", "x", **branch).json()["message"].startswith("The version 'main' either is invalid")

    client.session.auth = ("", azure.token_for(BOT, may_write=False))
    assert "vso.wiki_write" in put(client, "/SIT-A", "x").json()["message"]
