"""Shunter reads what was recorded of the real service."""

from __future__ import annotations

import json

import pytest

from adapters.azure_devops.answers import Declined, SignedOut, Unreachable
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut, Fault, body_replaced
from tests.adapters.azure_devops.world import World, an_azure
from tests.recorded.exchange import Recorded, recorded

CHILD = "System.LinkTypes.Hierarchy-Forward"
RECORDS = {one.name: one for one in recorded()}
"""Empty on a machine that has none: then every test here has nothing to look at."""


def named(end: str) -> list[Recorded]:
    """At most one."""
    return [one for name, one in RECORDS.items() if name.endswith(end)]


def body(value: object) -> Fault:
    return body_replaced(json.dumps(value).encode())


def whole(record: Recorded) -> Fault:
    """Status, headers and body as they were recorded."""

    def fault(_: CarryOut) -> Answer:
        text = "" if record.answer in ("", None) else json.dumps(record.answer)
        kind = record.headers.get("content-type", "")
        mark = b"\xef\xbb\xbf" if record.status == 503 else b""
        return Answer(record.status, mark + text.encode() if text else b"", kind, {})

    return fault


def items(record: Recorded) -> tuple[ItemRow, ...]:
    world = World(an_azure())
    world.azure.faults.add("workitemsbatch", body({"count": 1, "value": [record.answer]}))
    return world.boards.closely([record.answer["id"]])


def test_a_work_item_is_read_with_its_links_by_their_ends_and_its_people() -> None:
    for record in named("remove.yaml#16"):
        (row,) = items(record)

        assert (row.id, row.rev, row.type) == (973, 1, "Task")
        assert row.relations == tuple(Relation(CHILD, id) for id in (975, 974, 976))
        assert row.fields["System.Title"] == "Task_0"
        assert row.fields["System.ChangedBy"] == "Jane Doe <test@example.com>"


def test_a_work_item_without_links_has_none_rather_than_unread_ones() -> None:
    for record in named("remove.yaml#9"):
        assert [row.relations for row in items(record)] == [()]


def test_the_ids_and_the_time_of_a_query_are_read() -> None:
    for record in named("remove.yaml#15"):
        world = World(an_azure())
        world.azure.faults.add("wiql", body(record.answer))
        world.defects(974, 975, 976)

        rows = world.boards.everything()

        assert world.boards.as_of().isoformat() == "2026-03-31T18:36:28.537000+00:00"
        assert sorted(row.id for some in rows for row in some) == [974, 975, 976]


def test_the_link_types_of_the_configuration_are_among_those_of_the_service() -> None:
    for record in named("remove.yaml#14"):
        world = World(an_azure())
        world.azure.faults.add("relation types", body(record.answer))

        there = {node.text("referenceName") for node in world.boards.work_items.link_types().nodes("value")}

        assert {"System.LinkTypes.Related", CHILD, "System.LinkTypes.Dependency-Forward"} <= there


@pytest.mark.parametrize(
    ("end", "failure", "words"),
    [
        pytest.param(
            "Delete.yaml#25", Declined, "404: Wiki page ‘/abc’ could not be found", id="a page that is not there"
        ),
        pytest.param("Delete.yaml#0", Declined, "404: TF200016", id="a project that is not there"),
        pytest.param(
            "Delete.yaml#1", Declined, "404: answered 404 without a reason", id="an address that is not there"
        ),
        pytest.param("test.yaml#28", SignedOut, "signed out", id="signed out"),
        pytest.param("ListMember.yaml#0", Unreachable, "503: TF24668", id="stopped"),
        pytest.param("iterations.yaml#25", Declined, "400: TF400497", id="refused"),
    ],
)
def test_a_refusal_is_told_by_its_name_and_its_words(end: str, failure: type[Exception], words: str) -> None:
    for record in named(end):
        world = World(an_azure())
        world.azure.faults.add("wiql", whole(record), times=10)

        with pytest.raises(failure, match=words):
            world.boards.everything()


def test_the_records_are_those_that_are_looked_for() -> None:
    """Where they are at hand at all."""
    ends = ("remove.yaml#9", "remove.yaml#14", "remove.yaml#15", "remove.yaml#16", "Delete.yaml#25", "Delete.yaml#0")

    assert not RECORDS or all(named(end) for end in (*ends, "Delete.yaml#1", "test.yaml#28", "iterations.yaml#25"))
