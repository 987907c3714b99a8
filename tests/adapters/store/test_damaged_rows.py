"""A row that does not hold what was written into it is not believed: what only SQLite thinks sound is moved aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.store.failures import MovedAside
from adapters.store.store import opened
from tests.adapters.store.samples import NOW, a_move, an_item

DAMAGE = {
    "a letter of a field": "UPDATE mirror_items SET fields = replace(fields, 'Right', 'Eight')",
    "a digit of the checksum": "UPDATE mirror_items SET fields = '0' || substr(fields, 2) WHERE fields NOT LIKE '0%'",
    "bytes that are no text": "UPDATE mirror_items SET fields = CAST(x'ff' AS TEXT)",
}


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0


@pytest.mark.parametrize("what", DAMAGE)
def test_what_the_mirror_holds_by_mistake_is_moved_aside_and_read_anew(path: Path, what: str) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item(1, title="Right")])
        damage(path, DAMAGE[what])

        with pytest.raises(MovedAside, match="a row does not hold what was written into it"):
            store.mirror.items(["Bug"])

        assert store.mirror.items(["Bug"]) == ()
        store.mirror.absorb([an_item(1, title="Right")])
        assert len(store.mirror.items(["Bug"])) == 1
    assert len(list(path.parent.glob(f"{path.name}.damaged-*"))) >= 1


def test_so_is_a_ledger_in_which_something_cannot_be_read(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.ledger.intend("r1", [a_move()], NOW)
        damage(path, "DROP TRIGGER ledger_intents_no_update", "UPDATE ledger_intents SET diff = '[{'")

        with pytest.raises(MovedAside, match="a row does not hold what was written into it"):
            store.ledger.open_intents()
        assert store.ledger.open_intents() == ()
