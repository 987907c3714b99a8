"""Links: they have two ends, no revision, and an order of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from tests.adapters.sandbox.client import PROJECT, Client, expect, field, message, relation

RELATED = "System.LinkTypes.Related"
PARENT = "System.LinkTypes.Hierarchy-Reverse"
CHILD = "System.LinkTypes.Hierarchy-Forward"


@pytest.fixture
def ids(dev: Actor) -> list[int]:
    return [dev.create("Bug", {"System.Title": f"Defect {number}"}) for number in range(6)]


def listed(client: Client, id: int) -> list[dict[str, Any]]:
    body = client.get(f"{PROJECT}/workitems/{id}", expand_="relations").json()
    return list(body.get("relations", []))


def test_a_link_makes_no_revision_at_either_end_and_stands_at_both(
    azure: Azure, client: Client, ids: list[int], clock: SettableClock
) -> None:
    clock.advance(timedelta(hours=1))
    first, second, *_ = ids

    answer = client.patch(first, expect(1), relation(RELATED, second, "5.2.16.0, retest here"))

    assert (answer.status_code, answer.json()["rev"]) == (200, 1)
    assert azure.item(second).rev == 1
    assert azure.item(first).fields["System.ChangedDate"] == azure.item(first).fields["System.CreatedDate"]
    (there,) = listed(client, second)
    assert there["url"].endswith(f"/workItems/{first}")
    assert there["attributes"] == {"isLocked": False, "comment": "5.2.16.0, retest here", "name": "Related"}


def test_links_are_not_listed_in_the_order_in_which_they_were_added(azure: Azure, dev: Actor, ids: list[int]) -> None:
    first, *others = ids
    for other in others:
        dev.link(first, RELATED, other)

    shown = [relation.target for relation in azure.item(first).relations]

    assert sorted(filter(None, shown)) == others
    assert shown != others


def test_a_link_is_removed_at_both_ends_by_its_place(azure: Azure, client: Client, dev: Actor, ids: list[int]) -> None:
    first, second, third, *_ = ids
    dev.link(first, RELATED, second)
    dev.link(first, RELATED, third)
    place = [link["url"].endswith(f"/{second}") for link in listed(client, first)].index(True)

    answer = client.patch(first, expect(1), {"op": "remove", "path": f"/relations/{place}"})

    assert answer.status_code == 200
    assert azure.item(first).links(RELATED) == (third,)
    assert azure.item(second).relations == ()


def test_several_links_are_removed_from_the_highest_place_down(client: Client, dev: Actor, ids: list[int]) -> None:
    first, second, third, *_ = ids
    dev.link(first, RELATED, second)
    dev.link(first, RELATED, third)
    removals = [{"op": "remove", "path": f"/relations/{place}"} for place in (0, 1)]

    rising = client.patch(first, *removals)
    falling = client.patch(first, *removals[::-1])

    assert (rising.status_code, "highest index first" in message(rising)) == (400, True)
    assert falling.status_code == 200
    assert listed(client, first) == []


def test_the_comment_of_a_link_is_edited_at_both_ends(azure: Azure, client: Client, dev: Actor, ids: list[int]) -> None:
    dev.link(ids[0], RELATED, ids[1], "5.2.15.0")

    client.patch(ids[0], {"op": "replace", "path": "/relations/0/attributes/comment", "value": "5.2.16.0"})

    assert [azure.item(id).relations[0].comment for id in ids[:2]] == ["5.2.16.0", "5.2.16.0"]
    assert azure.item(ids[0]).rev == 1


def test_a_child_that_is_created_with_its_parent_is_seen_from_it_at_once(client: Client, dev: Actor) -> None:
    parent = dev.create("Candidate List", {"System.Title": "SIT-A, DCC"})

    child = client.create("Request%20for%20Change", field("System.Title", "x"), relation(PARENT, parent)).json()

    assert child["fields"]["System.Parent"] == parent
    assert [link["rel"] for link in listed(client, parent)] == [CHILD]
    assert listed(client, parent)[0]["url"].endswith(f"/{child['id']}")


def test_a_link_to_something_outside_makes_a_revision(azure: Azure, client: Client, ids: list[int]) -> None:
    value = {"rel": "Hyperlink", "url": "https://x.example/run/7", "attributes": {"comment": "smoke test"}}

    client.patch(ids[0], {"op": "add", "path": "/relations/-", "value": value})

    assert azure.item(ids[0]).rev == 2
    assert listed(client, ids[0])[0]["url"] == "https://x.example/run/7"


@pytest.mark.parametrize(
    ("rel", "target", "status", "words"),
    [
        pytest.param(RELATED, 1, 400, "exists already", id="twice"),
        pytest.param(RELATED, 0, 400, "to itself", id="to itself"),
        pytest.param(PARENT, 3, 400, "TF201036", id="a second parent"),
        pytest.param(CHILD, 2, 400, "TF201035", id="in a circle"),
        pytest.param("System.LinkTypes.Nothing", 1, 400, "does not exist", id="of no known type"),
        pytest.param("System.LinkTypes.Remote.Related", 1, 400, "does not know", id="to another organisation"),
        pytest.param(RELATED, 5, 404, "TF401232", id="to a deleted item"),
    ],
)
def test_a_link_that_cannot_be_is_refused(
    client: Client, dev: Actor, ids: list[int], rel: str, target: int, status: int, words: str
) -> None:
    dev.link(ids[0], RELATED, ids[1])
    dev.link(ids[0], PARENT, ids[2])
    dev.delete(ids[5])

    answer = client.patch(ids[0], relation(rel, ids[target]))

    assert (answer.status_code, words in message(answer)) == (status, True)


def test_an_item_has_so_many_links_and_no_more(azure: Azure, client: Client, ids: list[int]) -> None:
    azure.organisation.limits.links = 2
    first, *others = ids

    assert client.patch(first, *(relation(RELATED, other) for other in others[:2])).status_code == 200
    assert client.patch(first, relation(RELATED, others[2])).status_code == 400
    assert client.patch(others[2], relation(RELATED, first)).status_code == 400


def test_links_go_with_a_deleted_item_and_come_back_with_it(azure: Azure, dev: Actor, ids: list[int]) -> None:
    first, second, third, *_ = ids
    dev.link(first, RELATED, second)
    dev.link(first, RELATED, third)

    dev.delete(first)
    assert azure.item(second).relations == ()
    dev.delete(third)
    dev.restore(first)

    assert azure.item(second).links(RELATED) == (first,)
    assert azure.item(first).links(RELATED) == (second,)


def test_links_have_entries_among_the_updates_though_no_revision(client: Client, dev: Actor, ids: list[int]) -> None:
    first, second, *_ = ids
    dev.link(first, RELATED, second)
    dev.edit(first, {"Custom.FoundIn": "SIT-A"})
    dev.unlink(first, RELATED, second)

    updates = client.get(f"{PROJECT}/workitems/{first}/updates").json()["value"]

    assert [(update["id"], update["rev"]) for update in updates] == [(1, 1), (2, 1), (3, 2), (4, 2)]
    assert updates[1]["relations"]["added"][0]["rel"] == RELATED
    assert "fields" not in updates[1]
    assert updates[2]["fields"]["Custom.FoundIn"] == {"newValue": "SIT-A"}
    assert updates[3]["relations"]["removed"][0]["rel"] == RELATED
    assert updates[3]["revisedDate"] == "9999-01-01T00:00:00Z"
    other_end = client.get(f"{PROJECT}/workitems/{second}/updates", skip_=1, top_=1).json()["value"]
    assert [set(update["relations"]) for update in other_end] == [{"added"}]
