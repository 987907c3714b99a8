"""Many changes in one request, under both readings of what one failure does to the others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client, expect, field, message, relation

PATCH = {"Content-Type": "application/json-patch+json"}


def part(uri: str, *operations: dict[str, Any]) -> dict[str, Any]:
    return {"method": "PATCH", "uri": f"{uri}?api-version=7.1", "headers": PATCH, "body": list(operations)}


def update(id: int, rev: int) -> dict[str, Any]:
    return part(f"/_apis/wit/workitems/{id}", expect(rev), field("System.State", "Ready for Retest"))


@pytest.fixture
def ids(dev: Actor) -> list[int]:
    return [dev.create("Bug", {"System.Title": f"Defect {number}"}) for number in range(3)]


def test_each_part_has_its_own_answer_in_the_order_of_the_parts(azure: Azure, client: Client, ids: list[int]) -> None:
    answer = client.batch([update(id, 1) for id in ids])

    parts = answer.json()["value"]
    assert (answer.status_code, [part["code"] for part in parts]) == (200, [200, 200, 200])
    assert [json.loads(part["body"])["id"] for part in parts] == ids
    assert {azure.item(id).state for id in ids} == {"Ready for Retest"}


@pytest.mark.parametrize(
    ("is_atomic", "codes", "revs"), [(False, [200, 412, 200], [2, 1, 2]), (True, [400, 412, 400], [1, 1, 1])]
)
def test_one_failure_undoes_the_others_or_does_not(
    azure: Azure, client: Client, ids: list[int], is_atomic: bool, codes: list[int], revs: list[int]
) -> None:
    azure.organisation.batch_is_atomic = is_atomic
    mark = azure.mark()

    answer = client.batch([update(ids[0], 1), update(ids[1], 7), update(ids[2], 1)])

    parts = answer.json()["value"]
    assert (answer.status_code, [part["code"] for part in parts]) == (200, codes)
    assert json.loads(parts[1]["body"])["value"]["Message"].startswith("VS403351")
    assert [azure.item(id).rev for id in ids] == revs
    assert len(azure.revisions_since(mark)) == sum(revs) - 3


def test_later_parts_refer_to_new_items_by_their_provisional_ids(azure: Azure, client: Client, ids: list[int]) -> None:
    title = field("System.Title", "x")
    new = {"op": "add", "path": "/id", "value": "-1"}
    parent = relation("System.LinkTypes.Hierarchy-Reverse", -1)

    answer = client.batch(
        [
            part("/MHHS/_apis/wit/workitems/$Candidate%20List", new, title),
            part("/MHHS/_apis/wit/workitems/$Request for Change", title, parent),
        ]
    )

    made = [json.loads(part["body"])["id"] for part in answer.json()["value"]]
    assert azure.item(made[1]).links("System.LinkTypes.Hierarchy-Reverse") == (made[0],)


def test_a_batch_of_200_is_taken_and_one_more_is_not(azure: Azure, client: Client, ids: list[int]) -> None:
    parts = [part(f"/_apis/wit/workitems/{ids[0]}", field("Custom.FoundIn", f"SIT {number}")) for number in range(201)]

    assert client.batch(parts).status_code == 400
    assert azure.item(ids[0]).rev == 1
    assert client.batch(parts[:200]).status_code == 200
    assert azure.item(ids[0]).rev == 201


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "POST"}, "the method 'POST' in a batch"),
        ({"headers": {}}, "must be application/json-patch+json"),
        ({"uri": "/acme/wit/workitems/1"}, "the address"),
        ({"uri": "/Other/_apis/wit/workitems/1?api-version=7.1"}, "TF200016"),
        ({"depth": 1}, "other keys"),
    ],
)
def test_a_part_that_cannot_be_read_refuses_the_batch(
    azure: Azure, client: Client, ids: list[int], change: dict[str, Any], words: str
) -> None:
    answer = client.batch([update(ids[0], 1), {**update(ids[1], 1), **change}])

    assert answer.status_code >= 400
    assert words in message(answer)
    assert azure.item(ids[0]).rev == 1


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("/_apis/wit/workitems/1", "without its own api-version"),
        ("/_apis/wit/workitems/1?api-version=7.1&bypassRules=true", "TF401322"),
        ("/_apis/wit/workitems/1/comments?api-version=7.1", "does not know the address"),
    ],
)
def test_a_part_that_is_refused_says_why(client: Client, ids: list[int], uri: str, words: str) -> None:
    (refused,) = client.batch([{**update(ids[0], 1), "uri": uri}]).json()["value"]

    assert refused["code"] == 400
    assert words in json.loads(refused["body"])["value"]["Message"]
