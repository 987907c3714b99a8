"""What is old is removed from the ledger, a portion at a time, and the chain stays whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.azure_devops.outcomes import Applied, Unknown
from adapters.store.store import Store, opened
from tests.adapters.store.samples import NOW, a_move

OLD = NOW - timedelta(days=800)
LIMIT = NOW - timedelta(days=730)


def a_run(store: Store, run: str, at: object, *, settled: bool = True) -> None:
    """Three rows, or two."""
    when = OLD if at == "old" else NOW
    (id,) = store.ledger.intend(run, [a_move()], when)
    store.ledger.conclude({id: Applied(123, 5) if settled else Unknown("no answer")}, when)
    store.ledger.record_run(run, when, ["retest"], "DONE")


def runs(store: Store) -> list[str]:
    return [record.run for record in store.ledger.runs(100)]


def test_what_is_older_is_removed_and_the_chain_stays_whole(store: Store) -> None:
    for run in ("a", "b"):
        a_run(store, run, "old")
    a_run(store, "c", "new")
    head = store.ledger.head()

    assert store.ledger.prune(LIMIT, NOW) == 6, "two runs of three rows"

    checked = store.ledger.check()
    assert (checked.breaks, checked.rows) == ((), 4), "the third run, and the anchor"
    assert (checked.began, checked.removed_until) == (OLD, LIMIT)
    assert head[:24] in checked.heads
    assert runs(store) == ["c"]
    assert [entry.intent.run for entry in store.ledger.entries(123)] == ["c"]
    assert store.ledger.prune(LIMIT, NOW) == 0


def test_what_comes_after_is_chained_to_the_rest(store: Store) -> None:
    a_run(store, "a", "old")
    store.ledger.prune(LIMIT, NOW)
    a_run(store, "b", "new")

    assert store.ledger.check().breaks == ()
    assert store.ledger.began() == OLD


def test_what_is_open_stays_and_all_that_came_after_it(store: Store) -> None:
    a_run(store, "a", "old")
    a_run(store, "b", "old", settled=False)
    a_run(store, "c", "old")

    store.ledger.prune(LIMIT, NOW)

    assert [intent.run for intent in store.ledger.open_intents()] == ["b"]
    assert runs(store) == ["c", "b"]
    assert store.ledger.check().breaks == ()


def test_a_write_whose_end_is_young_keeps_its_beginning(store: Store) -> None:
    a_run(store, "a", "old")
    (id,) = store.ledger.intend("b", [a_move()], OLD)
    store.ledger.conclude({id: Applied(123, 5)}, NOW)

    store.ledger.prune(LIMIT, NOW)

    (entry,) = store.ledger.entries(123)
    assert (entry.intent.run, len(entry.conclusions)) == ("b", 1)


def test_it_goes_by_portions_and_ends(store: Store) -> None:
    for number in range(10):
        a_run(store, f"r{number}", "old")
    removed = []
    for _ in range(20):
        removed.append(store.ledger.prune(LIMIT, NOW, portion=7))
        assert store.ledger.check().breaks == ()

    assert max(removed) <= 7
    assert removed[-1] == 0
    assert runs(store) == []


def test_a_write_that_waited_longer_than_a_portion_does_not_stop_it(store: Store) -> None:
    (slow,) = store.ledger.intend("slow", [a_move()], OLD)
    for number in range(5):
        a_run(store, f"r{number}", "old")
    store.ledger.conclude({slow: Applied(123, 5)}, OLD)

    assert store.ledger.prune(LIMIT, NOW, portion=4) == 17
    assert (runs(store), store.ledger.check().breaks) == ([], ())


def test_an_empty_ledger_has_nothing_to_remove(store: Store) -> None:
    assert store.ledger.prune(LIMIT, NOW) == 0
    assert store.ledger.check().rows == 0


@pytest.mark.parametrize("table", ["ledger_intents", "ledger_outcomes", "ledger_anchors"])
def test_what_no_anchor_covers_cannot_be_removed(path: Path, table: str) -> None:
    with opened(path) as store:
        a_run(store, "a", "old")
        store.ledger.prune(LIMIT, NOW)
        a_run(store, "b", "new")

    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only ever added to"),
    ):
        connection.execute(f"DELETE FROM {table}")
