"""The check itself: what it lets pass, and what it sees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import azure, client, clock
from tests.swagger.operation import Request
from tests.swagger.place import official
from tests.swagger.specification import Specification
from tests.swagger.watch import Watch

__all__ = ["azure", "client", "clock"]

SHORTENED = Path(__file__).parent / "shortened"
"""Three operations in the form of the official document, for a machine that has it not."""

JSON, PATCH = "application/json", "application/json-patch+json"
UPDATE = "/MHHS/_apis/wit/workItems/7"
BATCH = "/MHHS/_apis/wit/workitemsbatch"
PAGES = "/MHHS/_apis/wiki/wikis/MHHS.wiki/pages"
CHANGE = [{"op": "add", "path": "/fields/System.Title", "value": "x"}]
FOLDERS = [SHORTENED, *filter(None, [official()])]


@pytest.fixture(params=FOLDERS, ids=["shortened", "official"][: len(FOLDERS)])
def specification(request: pytest.FixtureRequest) -> Specification:
    return Specification(request.param)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(Request("PATCH", UPDATE, {"$expand": "Relations"}, PATCH, CHANGE), id="an update"),
        pytest.param(Request("PATCH", "/_apis/wit/workitems/7", {}, PATCH, CHANGE), id="without its project"),
        pytest.param(Request("PATCH", UPDATE, {"api-version": "7.1"}, PATCH, CHANGE), id="with a version"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"ids": [1], "fields": None}), id="with nothing for a key"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"ids": [1], "errorPolicy": 2}), id="with a number for a word"),
        pytest.param(Request("PUT", PAGES, {"path": "/x"}, JSON, {"content": "# x"}), id="a page"),
    ],
)
def test_it_lets_pass(specification: Specification, request_: Request) -> None:
    assert specification.complaints(request_) == []


@pytest.mark.parametrize(
    ("request_", "complaint"),
    [
        pytest.param(Request("POST", UPDATE, {}, PATCH, CHANGE), "no such operation", id="another method"),
        pytest.param(Request("PATCH", UPDATE + "/x/y", {}, PATCH, CHANGE), "no such operation", id="another path"),
        pytest.param(Request("PATCH", UPDATE[:-1] + "seven", {}, PATCH, CHANGE), "id is 'seven'", id="no number"),
        pytest.param(Request("PATCH", UPDATE, {"dry": "1"}, PATCH, CHANGE), "no parameter dry", id="a parameter"),
        pytest.param(Request("PATCH", UPDATE, {"$expand": "everything"}, PATCH, CHANGE), "not one of", id="a word"),
        pytest.param(Request("PATCH", UPDATE, {"validateOnly": "1"}, PATCH, CHANGE), "type boolean", id="a boolean"),
        pytest.param(Request("PATCH", UPDATE, {}, JSON, CHANGE), "not 'application/json'", id="a content type"),
        pytest.param(Request("PATCH", UPDATE, {}, PATCH, {"op": "add"}), "body is no list", id="no list"),
        pytest.param(Request("PATCH", UPDATE, {}, PATCH, [{"op": "put"}]), "body[0].op is 'put'", id="an operation"),
        pytest.param(Request("PATCH", UPDATE, {}, PATCH, [{"was": 1}]), "body[0] has no key was", id="a key inside"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"id": [1]}), "body has no key id", id="a key"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"ids": ["1"]}), "body.ids[0] is '1'", id="a type"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"ids": [True]}), "body.ids[0] is True", id="true for a number"),
        pytest.param(Request("POST", BATCH, {}, JSON, {"asOf": "today"}), "not a date", id="a date"),
        pytest.param(Request("PUT", PAGES, {}, JSON, {"content": "x"}), "path is missing", id="what is required"),
        pytest.param(Request("PUT", PAGES[5:], {"path": "/x"}, JSON, {}), "no such operation", id="no project"),
    ],
)
def test_it_sees(specification: Specification, request_: Request, complaint: str) -> None:
    (found, *_) = specification.complaints(request_)

    assert complaint in found


RECORDS = "environments/1/environmentdeploymentrecords"
SINCE = {"minLastUpdatedDate": "2026-12-01T00:00:00Z", "maxLastUpdatedDate": "yesterday"}


@cache
def whole() -> Specification | None:
    """The official one, where it is at hand."""
    folder = official()
    return Specification(folder) if folder else None


@pytest.mark.parametrize(
    ("path", "query", "complaint"),
    [
        pytest.param("release/deployments", {"deploymentStatus": "good"}, "is 'good', not one of", id="releases"),
        pytest.param("release/deployments", {"$top": "all"}, "not of type integer", id="releases, a number"),
        pytest.param("build/builds", {"resultFilter": "green"}, "is 'green', not one of", id="builds"),
        pytest.param("build/builds/x", {}, "buildid is 'x'", id="one build"),
        pytest.param("pipelines/1/runs/2", {"stage": "1"}, "no parameter stage", id="runs"),
        pytest.param(f"distributedtask/{RECORDS}", {"$top": "1"}, "no parameter $top", id="environments"),
        pytest.param(f"pipelines/{RECORDS}", {"$top": "1"}, "no parameter $top", id="environments, elsewhere"),
        pytest.param("test/runs", {"includeDetails": "true"}, "no parameter includeDetails", id="test runs"),
        pytest.param("test/runs", SINCE, "maxLastUpdatedDate is 'yesterday', not a date", id="test runs, queried"),
        pytest.param("wiki/wikis/w/pages", {"recursionLevel": "deep"}, "is 'deep', not one of", id="wiki"),
        pytest.param("wit/reporting/workItemLinks", {"linkTypes": "x", "rev": "1"}, "no parameter rev", id="feeds"),
        pytest.param("wit/queries/Shared Queries", {"$depth": "deep"}, "not of type integer", id="queries"),
    ],
)
def test_it_sees_in_every_area_where_the_swagger_is_at_hand(path: str, query: dict[str, str], complaint: str) -> None:
    specification = whole()
    request = Request("GET", f"/MHHS/_apis/{path}", query, "", None)

    found = specification.complaints(request) if specification else [complaint]

    assert [complaint in one for one in found] == [True]


@pytest.mark.parametrize(
    ("request_", "complaint"),
    [
        pytest.param(
            Request("POST", "/_apis/hooks/subscriptions", {}, JSON, {"publisher": "tfs"}),
            "no key publisher",
            id="hooks",
        ),
        pytest.param(
            Request("GET", "/_apis/work/processes/Agile/workItemTypes/Bug/states", {}, "", None),
            "processid is 'Agile', not a GUID",
            id="processes",
        ),
        pytest.param(
            Request("GET", "/_apis/projects/MHHS", {"capabilities": "1"}, "", None),
            "no parameter capabilities",
            id="core",
        ),
        pytest.param(
            Request("PUT", PAGES, {"path": "/x"}, JSON, {"text": "x"}), "body has no key text", id="wiki, a body"
        ),
    ],
)
def test_it_sees_what_is_asked_of_the_organisation_too(request_: Request, complaint: str) -> None:
    specification = whole()

    found = specification.complaints(request_) if specification else [complaint]

    assert [complaint in one for one in found] == [True]


@contextmanager
def overheard() -> Iterator[list[Call]]:
    """What is said to any sandbox meanwhile."""
    said: list[Call] = []

    def remember(call: Call, _: Answer | None) -> None:
        said.append(call)

    Azure.watchers.append(remember)
    try:
        yield said
    finally:
        Azure.watchers.remove(remember)


@pytest.fixture
def said(azure: Azure, client: Client) -> list[Call]:
    """A batch of one update, and an update."""
    azure.person("dev.patel@si.example").create("Bug", {"System.Title": "x"})
    with overheard() as said:
        client.batch([_part(1)])
        client.patch(1, *CHANGE)
    return said


def test_a_watch_on_a_sandbox_sees_what_a_client_sends_and_what_a_batch_holds(
    specification: Specification, said: list[Call]
) -> None:
    watch = Watch(specification)
    for call in said:
        watch(call, None)
    assert watch.taken() == []

    strange = _part(1)
    strange["body"][0]["was"] = "y"
    watch(_with_body(said[0], [strange]), None)
    watch(_with_body(said[1], [{"was": "y"}]), None)
    watch(_with_body(said[1], [{"was": "y"}]), Answer(400))

    assert watch.taken() == ["Work Items_Update: body[0] has no key was"] * 2
    assert watch.taken() == []


@pytest.mark.parametrize(
    ("body", "complaints"),
    [
        pytest.param({"id": 1, "rev": 2, "multilineFieldsFormat": {}}, 0, id="a work item"),
        pytest.param({"id": "1", "rev": 2}, 1, id="a number as text"),
        pytest.param({"id": 1, "revision": 2}, 1, id="another key"),
    ],
)
def test_what_the_sandbox_answers_is_watched_too(
    specification: Specification, said: list[Call], body: object, complaints: int
) -> None:
    watch = Watch(specification)
    watch(said[1], of_json(body))

    assert len(watch.taken()) == complaints


def _part(id: int) -> dict[str, Any]:
    headers = {"Content-Type": PATCH}
    body = [dict(operation) for operation in CHANGE]
    return {"method": "PATCH", "uri": f"/_apis/wit/workitems/{id}?api-version=7.1", "headers": headers, "body": body}


def _with_body(call: Call, body: object) -> Call:
    return replace(call, body=json.dumps(body).encode())


def test_the_folder_may_be_named_and_counts_only_if_it_holds_the_swagger(tmp_path: Path) -> None:
    assert official({"ADO_SWAGGER": str(SHORTENED)}) == SHORTENED
    assert official({"ADO_SWAGGER": str(tmp_path)}) is None
