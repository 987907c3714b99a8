"""Links in the mirror: those that stand, whichever end reported them, and the relations they make unknown."""

import pytest

from adapters.azure_devops.rows import LinkRow
from adapters.store.store import Store
from tests.adapters.store.samples import LINKED, an_item

FORWARD, REVERSE = "System.LinkTypes.Dependency-Forward", "System.LinkTypes.Dependency-Reverse"
RELATED = "System.LinkTypes.Related"


def made(source: int, target: int, rel: str = FORWARD, comment: str = "") -> LinkRow:
    return LinkRow(source, target, rel, is_active=True, comment=comment)


def removed(source: int, target: int, rel: str = FORWARD) -> LinkRow:
    return LinkRow(source, target, rel, is_active=False)


def test_a_link_that_was_made_stands(store: Store) -> None:
    store.mirror.absorb(links=[made(2, 1, comment="first")])

    assert store.mirror.links() == (made(2, 1, comment="first"),)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param(made(2, 1), removed(2, 1), id="reported from the same end"),
        pytest.param(made(2, 1), removed(1, 2, REVERSE), id="reported from the other end"),
        pytest.param(made(1, 2, REVERSE), removed(2, 1), id="reported from the far end first"),
        pytest.param(made(2, 1, RELATED), removed(1, 2, RELATED), id="of a link that has no direction"),
    ],
)
def test_a_link_that_was_removed_does_not(store: Store, first: LinkRow, then: LinkRow) -> None:
    store.mirror.absorb(links=[first])
    store.mirror.absorb(links=[then])

    assert store.mirror.links() == ()


def test_the_last_word_of_a_page_counts(store: Store) -> None:
    store.mirror.absorb(links=[made(2, 1), removed(2, 1), made(3, 1), removed(3, 1), made(3, 1)])

    assert store.mirror.links() == (made(3, 1),)


def test_a_link_in_the_other_direction_is_another_link(store: Store) -> None:
    store.mirror.absorb(links=[made(1, 2), made(2, 1)])
    store.mirror.absorb(links=[removed(1, 2)])

    assert store.mirror.links() == (made(2, 1),)


def test_a_new_comment_replaces_the_old_one(store: Store) -> None:
    store.mirror.absorb(links=[made(1, 2, comment="old")])
    store.mirror.absorb(links=[made(1, 2, comment="new")])

    assert store.mirror.links() == (made(1, 2, comment="new"),)


@pytest.mark.parametrize("news", [made(1, 2), removed(1, 2)], ids=["made", "removed"])
def test_the_relations_of_both_ends_become_unknown(store: Store, news: LinkRow) -> None:
    store.mirror.absorb([an_item(id, relations=LINKED) for id in (1, 2, 3)], links=[made(1, 2)])
    store.mirror.absorb([an_item(id, relations=LINKED) for id in (1, 2, 3)])
    store.mirror.absorb(links=[news])

    assert store.mirror.stale_relations([1, 2, 3]) == {1, 2}


def test_links_are_forgotten_with_the_rest(store: Store) -> None:
    store.mirror.absorb(links=[made(1, 2)])
    store.mirror.forget_all()

    assert store.mirror.links() == ()
