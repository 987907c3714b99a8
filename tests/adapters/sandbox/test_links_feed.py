"""The feed of links: made and removed, each told once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from tests.adapters.sandbox.client import PROJECT, Client

RELATED = "System.LinkTypes.Related"
PARENT = "System.LinkTypes.Hierarchy-Reverse"


def feed(client: Client, **query: object) -> dict[str, Any]:
    return dict(client.get(f"{PROJECT}/reporting/workitemlinks", **query).json())


def told(page: dict[str, Any]) -> list[tuple[str, int, int, bool, str]]:
    return [
        (row["rel"], row["sourceId"], row["targetId"], row["isActive"], row["changedOperation"])
        for row in page["values"]
    ]


def test_a_link_is_told_from_its_forward_end_when_made_and_when_removed(client: Client, dev: Actor) -> None:
    parent = dev.create("Candidate List", {"System.Title": "SIT-A, DCC"})
    child = dev.create("Request for Change", {"System.Title": "x"}, links=[(PARENT, parent)])
    first = feed(client)
    dev.unlink(child, PARENT, parent)
    second = feed(client, continuationToken=first["continuationToken"])

    assert told(first) == [("System.LinkTypes.Hierarchy", parent, child, True, "create")]
    assert told(second) == [("System.LinkTypes.Hierarchy", parent, child, False, "remove")]
    assert feed(client, continuationToken=second["continuationToken"])["values"] == []


def test_only_the_links_that_were_asked_for(client: Client, dev: Actor, clock: SettableClock) -> None:
    one, two = (dev.create("Bug", {"System.Title": "x"}) for _ in range(2))
    change = dev.create("Change Request", {"System.Title": "x"})
    dev.link(one, RELATED, two)
    clock.advance(timedelta(hours=1))
    dev.link(one, "System.LinkTypes.Duplicate-Reverse", change)

    assert [row[2] for row in told(feed(client, linkTypes=RELATED))] == [two]
    assert [row[0] for row in told(feed(client, types="Change Request"))] == ["System.LinkTypes.Duplicate"]
    assert len(feed(client, startDateTime="2026-12-07T09:30:00Z")["values"]) == 1
    assert len(feed(client, linkTypes=f"{RELATED},System.LinkTypes.Duplicate-Forward")["values"]) == 2
    assert "does not exist" in feed(client, linkTypes="Nothing")["message"]


def test_pages_and_lag_are_those_of_the_other_feed(
    azure: Azure, client: Client, dev: Actor, clock: SettableClock
) -> None:
    one, two, three = (dev.create("Bug", {"System.Title": "x"}) for _ in range(3))
    dev.link(one, RELATED, two)
    dev.link(one, RELATED, three)
    azure.organisation.limits.feed_page = 1
    azure.organisation.feed_lag = timedelta(minutes=5)

    assert (feed(client)["values"], feed(client)["isLastBatch"]) == ([], True)
    clock.advance(timedelta(minutes=6))
    first = feed(client)
    assert (len(first["values"]), first["isLastBatch"]) == (1, False)
    assert feed(client, continuationToken=first["continuationToken"])["isLastBatch"]


def test_a_page_is_filled_with_what_was_asked_for(azure: Azure, client: Client, dev: Actor) -> None:
    one, two, three, four = (dev.create("Bug", {"System.Title": "x"}) for _ in range(4))
    for a, b in ((one, two), (three, four)):
        dev.link(a, RELATED, b)
        dev.link(a, "System.LinkTypes.Duplicate-Reverse", b)
        dev.link(a, PARENT, b)
    azure.organisation.limits.feed_page = 1

    first = feed(client, linkTypes="System.LinkTypes.Duplicate-Reverse")
    second = feed(client, linkTypes="System.LinkTypes.Duplicate-Reverse", continuationToken=first["continuationToken"])

    assert [(len(page["values"]), page["isLastBatch"]) for page in (first, second)] == [(1, False), (1, True)]
    assert feed(client, continuationToken=second["continuationToken"])["values"] == []
