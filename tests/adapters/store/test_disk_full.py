"""A full disk: nothing half written, a clear word, and on it goes once there is room again."""

from itertools import count
from pathlib import Path

import pytest

from adapters.azure_devops.outcomes import Unknown
from adapters.store.failures import StoreError
from adapters.store.store import Store, opened
from tests.adapters.store.disk import CountedPages, RealDisk, counted_pages, small_disk
from tests.adapters.store.samples import NOW, a_move, an_item

FULL = "the disk is full"


def fill(store: Store) -> int:
    """Pages of a feed until no more go in; the number of the last that did."""
    with pytest.raises(StoreError, match=FULL):
        absorb_without_end(store)
    return int(store.mirror.token("items") or 0)


def absorb_without_end(store: Store) -> None:
    for number in count(1):
        rows = [an_item(id, rev=number, title="x" * 500) for id in range(number * 20)]
        store.mirror.absorb(rows, token=("items", str(number)))


def its_story(disk: RealDisk | CountedPages) -> None:
    with opened(disk.folder / "shunter.db", to_act=True) as store:
        (before,) = store.ledger.intend("r1", [a_move()], NOW)
        last = fill(store)
        assert last > 1
        assert {row.rev for row in store.mirror.items(["Bug"])} == {last}
        assert len(store.mirror.items(["Bug"])) == last * 20

        with pytest.raises(StoreError, match=FULL):
            store.ledger.intend("r2", [a_move(id) for id in range(2000)], NOW)
        assert [intent.id for intent in store.ledger.open_intents()] == [before]

        disk.grow()
        assert len(store.ledger.intend("r3", [a_move(id) for id in range(2000)], NOW)) == 2000
        store.ledger.conclude({before: Unknown("no answer")}, NOW)


def test_it_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        its_story(disk)


def test_it_does_so_by_the_database_s_own_limit(tmp_path: Path) -> None:
    with counted_pages(tmp_path) as disk:
        its_story(disk)
