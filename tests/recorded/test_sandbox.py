"""The sandbox answers as was recorded of the real service: the same statuses, headers, keys and types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.faults import unauthorised, unavailable
from adapters.sandbox.person import Person
from adapters.sandbox.process import Category, Process, ProcessType, StateDefinition
from adapters.sandbox.system_fields import SYSTEM_FIELDS
from adapters.sandbox.transport import InProcess
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import azure, client, clock
from tests.recorded.exchange import Recorded, recorded, rows_of, shape

__all__ = ["azure", "client", "clock"]

START = datetime(2026, 3, 31, 18, 36, tzinfo=UTC)
JANE = "test@example.com"
TASK = ProcessType(
    name="Task",
    reference="Microsoft.VSTS.WorkItemTypes.Task",
    category="Microsoft.TaskCategory",
    category_name="Task Category",
    initial="To Do",
    states=(StateDefinition("To Do", Category.PROPOSED, ("Added to backlog",)),),
    fields=SYSTEM_FIELDS,
)
FIRST, OTHERS = 973, (974, 975, 976)
"""The first work item is created by the record itself; those that it then links were created in parts left out."""

PLAYED_AS_A_FAULT = {401: unauthorised(), 503: unavailable(applied=False)}
NOT_PLAYED = "/_apis/work/teamsettings"
"""Teams are no part of the sandbox."""

NOT_RECORDED = {
    "Release": "another host; the ids are those of the SDK for Python",
    "Security": "the ids are those of the SDK for Python",
    "Test": "the id is that of the SDK for Python",
}
"""Areas whose addresses were not in the record, each with where they are from."""


def differences(records: tuple[Recorded, ...]) -> Iterator[str]:
    service = Azure(
        organisation="org",
        project="Recorded",
        process=Process("Basic", "b8a3a935-7e91-48b8-a94c-606d37c3e9f2", (TASK,)),
        people=[Person("Jane Doe", JANE)],
        clock=SettableClock(START),
    )
    service.organisation.boards.next_id = FIRST
    with requests.Session() as session:
        session.mount("https://dev.azure.com", InProcess(service))
        session.auth = ("", service.token_for(JANE))
        etag = ""
        for one in records:
            if NOT_PLAYED in one.path:
                continue
            answer = _said_again(one, service, session, etag)
            etag = answer.headers.get("ETag", "")
            yield from (f"{one.name}: {words}" for words in _different(one, answer))
            if service.organisation.boards.next_id == FIRST + 1:
                for id in OTHERS:
                    service.put(id, "Task", {"System.Title": f"Task {id}"}, by=JANE, at=START)


def _said_again(one: Recorded, service: Azure, session: requests.Session, etag: str) -> requests.Response:
    """What was sent then, to the project of now; where nothing of the kind was there then, nothing is now."""
    is_there = one.status < 400 or "wiki" in one.path
    path = one.path.replace(f"/{one.project}/", "/Recorded/", 1) if is_there else one.path
    if one.status in PLAYED_AS_A_FAULT:
        service.faults.add(lambda _: True, PLAYED_AS_A_FAULT[one.status])
    headers = dict(one.asked_with) | ({"If-Match": etag.strip('"')} if "If-Match" in one.asked_with else {})
    body = one.body
    if isinstance(body, dict) and "projectId" in body:
        body = {**body, "projectId": service.organisation.project_id}
    address = f"https://dev.azure.com/org{path}" + (f"?{one.query}" if one.query else "")
    return session.request(one.method, address, json=body, headers=headers, timeout=5)


def _different(one: Recorded, answer: requests.Response) -> Iterator[str]:
    if answer.status_code != one.status:
        yield f"{answer.status_code}, not {one.status}"
    told = answer.headers.get("Content-Type", "")
    if one.status not in PLAYED_AS_A_FAULT and told != one.headers["content-type"]:
        yield f"it is {told}"
    for name in ("etag", "www-authenticate", "x-tfs-serviceerror"):
        if (name in answer.headers) != (name in one.headers):
            yield f"the header {name} is on one of them only"
    was, now = set(shape(one.answer)), set(shape(_body(answer)))
    yield from (f"without {key}" for key in sorted(was - now))
    yield from (f"with {key}" for key in sorted(now - was))


def _body(answer: requests.Response) -> Any:
    answer.encoding = "utf-8-sig"
    return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer.text


def test_what_was_said_to_the_service_is_answered_in_the_same_shape() -> None:
    assert list(differences(recorded())) == []


def test_the_addresses_of_operations_are_the_recorded_ones(client: Client) -> None:
    known = {row["id"]: row for row in rows_of("resource-locations")}
    rows = client.session.options("http://sandbox/acme/_apis", timeout=5).json()["value"]

    strange = [row for row in rows if row["area"] not in NOT_RECORDED and known and row != known.get(row["id"])]

    assert strange == []
    assert {row["area"] for row in rows if known and row["id"] not in known} <= set(NOT_RECORDED)


A_QUERY = Recorded(
    name="made up",
    method="POST",
    path="/_apis/wit/wiql",
    query="",
    asked_with={"Accept": "application/json;api-version=5.0", "Content-Type": "application/json"},
    body={"query": "SELECT [System.Id] FROM workitems WHERE [System.Id] < 0"},
    status=200,
    headers={"content-type": "application/json; charset=utf-8; api-version=5.0"},
    answer={
        "queryType": "flat",
        "queryResultType": "workItem",
        "asOf": "",
        "workItems": [],
        "columns": [{"referenceName": "System.Id", "name": "ID", "url": ""}],
    },
)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        pytest.param(A_QUERY, [], id="none"),
        pytest.param(replace(A_QUERY, status=201), ["200, not 201"], id="a status"),
        pytest.param(replace(A_QUERY, answer={**A_QUERY.answer, "more": 1}), ["without .more: int"], id="a key more"),
        pytest.param(
            replace(A_QUERY, answer={**A_QUERY.answer, "asOf": 1}),
            ["without .asOf: int", "with .asOf: str"],
            id="a type",
        ),
        pytest.param(
            replace(A_QUERY, headers={**A_QUERY.headers, "etag": ""}),
            ["the header etag is on one of them only"],
            id="a header",
        ),
        pytest.param(
            replace(A_QUERY, headers={"content-type": "text/plain"}),
            ["it is application/json; charset=utf-8; api-version=5.0"],
            id="a content type",
        ),
    ],
)
def test_a_difference_would_be_seen(record: Recorded, words: list[str]) -> None:
    assert list(differences((record,))) == [f"made up: {one}" for one in words]
