"""The feeds: what changed since the last time, in one request when nothing did."""

import json

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.rows import ItemRow, LinkRow, Page
from adapters.sandbox.faults import body_replaced
from adapters.sandbox.organisation import Limits
from tests.adapters.azure_devops.world import MANAGER, START, TESTER, World, an_azure

RELATED = "System.LinkTypes.Related"
BEFORE = START.replace(day=1)


def all_items(world: World, token: str | None = None) -> tuple[list[ItemRow], str]:
    page = world.boards.changed_items(token, BEFORE)
    rows = list(page.rows)
    while not page.is_last:
        page = world.boards.changed_items(page.token, BEFORE)
        rows += page.rows
    return rows, page.token


def test_nothing_new_costs_one_small_request_for_each_feed(world: World) -> None:
    world.defects(1, 2, 3)
    items, links = world.boards.changed_items(None, BEFORE), world.boards.changed_links(None, BEFORE)
    world.asked()
    before = len(world.azure.journal)

    assert world.boards.changed_items(items.token, BEFORE) == Page((), items.token, is_last=True)
    assert world.boards.changed_links(links.token, BEFORE).rows == ()
    assert world.asked() == {"revisions feed": 1, "links feed": 1}
    assert all(exchange.bytes_out <= 600 for exchange in world.azure.journal[before:])


def test_a_changed_item_comes_once_with_its_latest_revision(world: World) -> None:
    world.defects(1, 2)
    _, token = all_items(world)
    tess = world.azure.person(TESTER)
    tess.edit(2, {"Custom.FoundIn": "SIT-A", "Custom.RetestBy": "Tess Hall"})
    tess.edit(2, {"System.Title": "Clearer", "Custom.Workaround": "<p>long</p>"})

    (row,), _ = all_items(world, token)

    assert (row.id, row.rev, row.fields["System.Title"], row.fields["Custom.FoundIn"]) == (2, 3, "Clearer", "SIT-A")
    assert row.fields["Custom.RetestBy"] == "Tess Hall <tess.hall@st.example>"
    assert row.fields["System.ChangedBy"] == "Tess Hall <tess.hall@st.example>"
    assert "Custom.Workaround" not in row.fields
    assert row.relations is None


def test_a_deleted_item_is_told_of(world: World) -> None:
    world.defects(1)
    _, token = all_items(world)
    world.azure.person(MANAGER).delete(1)

    (row,), _ = all_items(world, token)

    assert (row.id, row.is_deleted) == (1, True)


def test_all_pages_are_read_also_an_empty_one_in_the_middle() -> None:
    world = World(an_azure(Limits(feed_page=2)))
    world.azure.organisation.empty_page_before_last = True
    world.defects(1, 2, 3, 4, 5)

    rows, _ = all_items(world)

    assert [row.id for row in rows] == [1, 2, 3, 4, 5]


def test_links_come_and_go(world: World) -> None:
    world.defects(1, 2)
    dev = world.azure.person(MANAGER)
    dev.link(1, RELATED, 2, "5.2.16.0, carried")
    made = world.boards.changed_links(None, BEFORE)
    dev.unlink(1, RELATED, 2)
    gone = world.boards.changed_links(made.token, BEFORE)

    assert {(row.rel, row.is_active) for row in made.rows} == {(RELATED, True)}
    assert {(row.rel, row.is_active) for row in gone.rows} == {(RELATED, False)}
    assert {frozenset((row.source, row.target)) for row in (*made.rows, *gone.rows)} == {frozenset((1, 2))}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{}", id="empty object"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"values":null,"continuationToken":"1","isLastBatch":true}', id="no rows"),
        pytest.param(b'{"value":[],"continuationToken":"1","isLastBatch":true}', id="another key"),
        pytest.param(b'{"values":[],"isLastBatch":true}', id="no token"),
        pytest.param(b'{"values":[],"continuationToken":"1"}', id="unsaid whether more follows"),
        pytest.param(
            b'{"values":[{"id":1,"fields":{}}],"continuationToken":"1","isLastBatch":true}', id="row without revision"
        ),
        pytest.param(
            b'{"values":[{"id":1,"rev":1,"fields":{}}],"continuationToken":"1","isLastBatch":true}',
            id="row without type",
        ),
    ],
)
def test_a_page_that_lacks_what_it_must_have_is_unreadable(world: World, body: bytes) -> None:
    world.azure.faults.add("revisions feed", body_replaced(body))

    with pytest.raises(Unreadable, match="POST reporting/workitemrevisions: the answer "):
        world.boards.changed_items(None, BEFORE)


def test_links_of_the_feed_keep_their_words(world: World) -> None:
    body = (
        b'{"values":[{"rel":"System.LinkTypes.Related","sourceId":1,"targetId":2,"isActive":true,"comment":"c"}],'
        b'"continuationToken":"9","isLastBatch":true}'
    )
    world.azure.faults.add("links feed", body_replaced(body))

    assert world.boards.changed_links("8", None).rows == (LinkRow(1, 2, RELATED, is_active=True, comment="c"),)


def test_a_feed_that_leads_back_to_itself_is_not_followed(world: World) -> None:
    items, links = world.boards.changed_items(None, BEFORE).token, world.boards.changed_links(None, BEFORE).token
    for operation, token in (("revisions feed", items), ("links feed", links)):
        page = {"values": [], "continuationToken": token, "isLastBatch": False}
        world.azure.faults.add(operation, body_replaced(json.dumps(page).encode()))

    with pytest.raises(Unreadable, match="the feed does not move on"):
        world.boards.changed_items(items, None)
    with pytest.raises(Unreadable, match="the feed does not move on"):
        world.boards.changed_links(links, None)
