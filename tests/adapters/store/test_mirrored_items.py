"""Work items in the mirror: the newest reading stands, and no reading erases what another one brought."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.azure_devops.rows import ItemRow
from adapters.store.store import Store
from bot.history import Step
from tests.adapters.store.samples import LINKED, NOW, an_item


def test_what_was_read_is_there(store: Store) -> None:
    row = an_item(relations=LINKED, title="Bad MPAN", priority=2, ratio=0.5, is_urgent=True)
    store.mirror.absorb([row])

    assert store.mirror.item(123) == row
    assert store.mirror.items(["Bug"]) == (row,)


def test_what_was_never_read_is_not(store: Store) -> None:
    assert store.mirror.item(123) is None
    assert store.mirror.token("items") is None
    assert store.mirror.history(123) is None


@pytest.mark.parametrize("revs", [(1, 2), (2, 1)], ids=["in order", "out of order"])
def test_the_higher_revision_stands(store: Store, revs: tuple[int, int]) -> None:
    for rev in revs:
        store.mirror.absorb([an_item(rev=rev, title=f"revision {rev}")])

    assert store.mirror.item(123) == an_item(rev=2, title="revision 2")


def test_of_one_page_too(store: Store) -> None:
    store.mirror.absorb([an_item(rev=2), an_item(rev=3), an_item(rev=1)])

    assert store.mirror.items(["Bug"]) == (an_item(rev=3),)


def test_the_same_revision_read_again_keeps_what_only_the_first_reading_asked_for(store: Store) -> None:
    store.mirror.absorb([an_item(relations=LINKED, title="Bad MPAN", text="long")])
    store.mirror.absorb([an_item(title="Bad MPAN", comments=3)])

    assert store.mirror.item(123) == an_item(relations=LINKED, title="Bad MPAN", text="long", comments=3)


def test_the_same_revision_read_closely_brings_its_relations_up_to_date(store: Store) -> None:
    store.mirror.absorb([an_item(relations=LINKED)])
    store.mirror.absorb([an_item(relations=())])

    assert store.mirror.item(123) == an_item(relations=())


def test_a_new_revision_makes_relations_unknown(store: Store) -> None:
    store.mirror.absorb([an_item(relations=LINKED)])
    store.mirror.absorb([an_item(rev=2)])

    assert store.mirror.stale_relations([123]) == {123}


def test_relations_are_to_be_read_where_they_never_were_and_the_item_is_still_there(store: Store) -> None:
    store.mirror.absorb([an_item(1), an_item(2, relations=()), an_item(3, is_deleted=True)])

    assert store.mirror.stale_relations([4, 3, 2, 1]) == {1, 4}


def test_a_deleted_item_is_not_among_the_items_and_is_known_as_deleted(store: Store) -> None:
    store.mirror.absorb([an_item(rev=2), an_item(rev=3, is_deleted=True)])

    assert store.mirror.items(["Bug"]) == ()
    assert store.mirror.item(123) == an_item(rev=3, is_deleted=True)


def test_a_restored_item_is_back(store: Store) -> None:
    store.mirror.absorb([an_item(rev=3, is_deleted=True)])
    store.mirror.absorb([an_item(rev=4)])

    assert store.mirror.items(["Bug"]) == (an_item(rev=4),)


def test_items_are_given_by_type_however_it_is_spelled(store: Store) -> None:
    bug, change, other = an_item(3, type="Bug"), an_item(1, type="Change Request"), an_item(2, type="Task")
    store.mirror.absorb([bug, change, other])

    assert store.mirror.items(["bug", "CHANGE REQUEST"]) == (change, bug)
    assert store.mirror.items([]) == ()


def test_text_is_kept_as_it_is(store: Store) -> None:
    nasty = "'); DROP TABLE mirror_items;-- \0 \ud800 \u202e {{7*7}} 🦔"
    store.mirror.absorb([an_item(title=nasty)])

    assert store.mirror.item(123) == an_item(title=nasty)


def test_more_items_than_one_statement_takes(store: Store) -> None:
    rows = [an_item(id) for id in range(1, 40_001, 20)]
    store.mirror.absorb(rows)

    assert store.mirror.items(["Bug"]) == tuple(rows)
    assert store.mirror.stale_relations(row.id for row in rows) == {row.id for row in rows}


def test_after_reading_everything_what_is_no_longer_there_is_gone(store: Store) -> None:
    store.mirror.absorb([an_item(1), an_item(2)], token=("items", "a"))
    store.mirror.keep_history(2, 1, [Step(1, NOW, "dev@si.example")])
    store.mirror.replace_all([an_item(1), an_item(3)], token=("everything", "b"))

    assert store.mirror.items(["Bug"]) == (an_item(1), an_item(3))
    assert store.mirror.history(2) is None
    assert (store.mirror.token("items"), store.mirror.token("everything")) == ("a", "b")


def test_a_feed_may_begin_anew_with_it_or_by_itself(store: Store) -> None:
    for feed in ("items", "links"):
        store.mirror.absorb(token=(feed, "a"))
    store.mirror.replace_all([], token=("everything", "b"), anew="items")
    assert [store.mirror.token(feed) for feed in ("items", "links", "everything")] == [None, "a", "b"]

    store.mirror.forget_token("links")

    assert store.mirror.token("links") is None


def test_what_was_changed_a_moment_ago_may_be_spared(store: Store) -> None:
    old, young, undated = an_item(1), an_item(2), an_item(3)
    at = datetime(2026, 12, 7, 9, tzinfo=UTC)
    dated = [replace(old, fields={**old.fields, "System.ChangedDate": "2026-12-07T09:00:00Z"})]
    dated += [replace(young, fields={**young.fields, "System.ChangedDate": "2026-12-07T09:00:00.5Z"}), undated]
    store.mirror.absorb(dated)
    assert store.mirror.changed_since(at) == {2}

    store.mirror.replace_all([], spared=store.mirror.changed_since(at))

    assert [row.id for row in store.mirror.items(["Bug"])] == [2]


def test_reading_everything_loses_nothing_that_was_known_better(store: Store) -> None:
    store.mirror.absorb([an_item(1, relations=LINKED, by="tess"), an_item(2, rev=9)])
    store.mirror.replace_all([an_item(1, title="Bad MPAN"), an_item(2, rev=8)])

    assert store.mirror.items(["Bug"]) == (
        an_item(1, relations=LINKED, by="tess", title="Bad MPAN"),
        an_item(2, rev=9),
    )


def test_an_item_that_comes_while_everything_is_read_stays(store: Store) -> None:
    def reading() -> Iterator[ItemRow]:
        yield an_item(1)
        store.mirror.absorb([an_item(2)])

    store.mirror.replace_all(reading())

    assert store.mirror.items(["Bug"]) == (an_item(1), an_item(2))


def test_a_reading_of_everything_that_fails_half_way_changes_nothing(store: Store) -> None:
    def reading() -> Iterator[ItemRow]:
        yield an_item(2)
        raise ConnectionError

    store.mirror.absorb([an_item(1)])
    with pytest.raises(ConnectionError):
        store.mirror.replace_all(reading(), token=("everything", "a"))

    assert store.mirror.items(["Bug"]) == (an_item(1),)
    assert store.mirror.token("everything") is None


def test_all_can_be_forgotten(store: Store) -> None:
    store.mirror.absorb([an_item(1)], token=("items", "a"))
    store.mirror.keep_history(1, 1, [Step(1, NOW, "dev@si.example")])
    store.mirror.forget_all()

    assert (store.mirror.item(1), store.mirror.token("items"), store.mirror.history(1)) == (None, None, None)
