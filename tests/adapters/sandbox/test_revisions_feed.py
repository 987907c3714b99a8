"""The feed of revisions: everything once, in order, from where one stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from tests.adapters.sandbox.client import PROJECT, Client
from tests.adapters.sandbox.conftest import DEV

FIELDS = "System.Id,System.State,System.ChangedBy,System.Description"


@pytest.fixture
def ids(dev: Actor) -> list[int]:
    return [dev.create("Bug", {"System.Title": f"Defect {number}"}) for number in range(5)]


def revisions(page: dict[str, Any]) -> list[tuple[int, int]]:
    return [(row["id"], row["rev"]) for row in page["values"]]


def read_all(client: Client, **query: object) -> list[dict[str, Any]]:
    pages = [client.feed(**query)]
    while not pages[-1]["isLastBatch"]:
        pages.append(client.feed(**query, continuationToken=pages[-1]["continuationToken"]))
    return pages


def test_it_tells_every_revision_and_afterwards_only_the_new_ones(client: Client, dev: Actor, ids: list[int]) -> None:
    dev.set_state(ids[0], "Resolved")
    first = client.feed(fields=FIELDS)
    dev.set_state(ids[1], "Resolved")
    second = client.feed(fields=FIELDS, continuationToken=first["continuationToken"])
    third = client.feed(fields=FIELDS, continuationToken=second["continuationToken"])

    assert revisions(first) == [*((id, 1) for id in ids), (ids[0], 2)]
    assert revisions(second) == [(ids[1], 2)]
    assert (revisions(third), third["isLastBatch"]) == ([], True)
    assert third["continuationToken"] == second["continuationToken"]


def test_only_the_latest_revision_of_each_item(client: Client, dev: Actor, ids: list[int]) -> None:
    dev.set_state(ids[0], "Active")
    dev.set_state(ids[0], "Resolved")

    assert revisions(client.feed(includeLatestOnly="true")) == [*((id, 1) for id in ids[1:]), (ids[0], 3)]


def test_people_are_strings_and_long_texts_only_come_when_asked_for(client: Client, dev: Actor) -> None:
    dev.create("Bug", {"System.Title": "x", "System.Description": "<p>long</p>"})

    (short,) = client.feed(fields=FIELDS)["values"]
    (long,) = client.feed(fields=FIELDS, expand_="fields", includeIdentityRef="true")["values"]

    assert short["fields"] == {"System.Id": 1, "System.State": "New", "System.ChangedBy": f"Dev Patel <{DEV}>"}
    assert long["fields"]["System.Description"] == "<p>long</p>"
    assert long["fields"]["System.ChangedBy"]["uniqueName"] == DEV


def test_pages_are_as_long_as_the_server_allows(azure: Azure, client: Client, ids: list[int]) -> None:
    azure.organisation.limits.feed_page = 2

    pages = read_all(client)

    assert [len(page["values"]) for page in pages] == [2, 2, 1]
    assert [row for page in pages for row in revisions(page)] == [(id, 1) for id in ids]


def test_a_page_may_be_empty_though_it_is_not_the_last(azure: Azure, client: Client, ids: list[int]) -> None:
    azure.organisation.empty_page_before_last = True
    azure.organisation.limits.feed_page = 3

    pages = read_all(client)

    assert [len(page["values"]) for page in pages] == [3, 0, 2]
    assert client.feed(continuationToken=pages[-1]["continuationToken"])["isLastBatch"]


def test_deleted_items_are_told_of_only_when_asked_for(client: Client, dev: Actor, ids: list[int]) -> None:
    dev.delete(ids[0])

    told = client.feed(fields="System.Id", includeDeleted="true", includeLatestOnly="true")

    assert ids[0] not in [row["id"] for row in client.feed()["values"]]
    assert told["values"][-1] == {"id": ids[0], "rev": 2, "fields": {"System.Id": ids[0], "System.IsDeleted": True}}


def test_it_tells_of_the_types_and_from_the_time_that_were_asked_for(
    client: Client, dev: Actor, ids: list[int], clock: SettableClock
) -> None:
    clock.advance(timedelta(hours=1))
    change = dev.create("Change Request", {"System.Title": "x"})

    assert revisions(client.feed(types="Change Request")) == [(change, 1)]
    assert revisions(client.feed(startDateTime="2026-12-07T10:00:00Z")) == [(change, 1)]


def test_links_are_not_in_it(client: Client, dev: Actor, ids: list[int]) -> None:
    token = client.feed()["continuationToken"]
    dev.link(ids[0], "System.LinkTypes.Related", ids[1])

    assert client.feed(continuationToken=token)["values"] == []


def test_a_lagging_feed_hides_what_is_young_and_tells_it_later(
    azure: Azure, client: Client, dev: Actor, ids: list[int], clock: SettableClock
) -> None:
    azure.organisation.feed_lag = timedelta(minutes=5)

    early = client.feed(includeLatestOnly="true")
    clock.advance(timedelta(minutes=5))
    dev.set_state(ids[0], "Resolved")
    late = client.feed(includeLatestOnly="true", continuationToken=early["continuationToken"])

    assert (revisions(early), early["isLastBatch"]) == ([], True)
    assert revisions(late) == [(id, 1) for id in ids]


def test_a_filter_may_come_in_the_body(client: Client, dev: Actor, ids: list[int]) -> None:
    dev.set_state(ids[0], "Resolved")
    body = {"fields": ["System.State"], "types": ["Bug"], "includeLatestOnly": True}

    page = client.post(f"{PROJECT}/reporting/workitemrevisions", body).json()

    assert page["values"][-1] == {"id": ids[0], "rev": 2, "fields": {"System.State": "Resolved"}}


def test_an_empty_answer_is_small(client: Client, ids: list[int]) -> None:
    token = client.feed()["continuationToken"]

    answer = client.get(f"{PROJECT}/reporting/workitemrevisions", fields=FIELDS, continuationToken=token)

    assert len(answer.content) < 600


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"fields": "Custom.Nothing"}, "TF51535"),
        ({"types": "Epic"}, "VS402323"),
        ({"continuationToken": "abc"}, "does not know the continuation token"),
        ({"continuationToken": "1;1;1", "startDateTime": "2026-12-07"}, "together with"),
        ({"includeTagRef": "true"}, "does not know ['includeTagRef']"),
    ],
)
def test_a_feed_that_is_asked_wrongly_is_refused(client: Client, query: dict[str, str], words: str) -> None:
    assert words in client.feed(**query)["message"]
