"""Threads: several may use one store at a time, in a file as well as in memory."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from adapters.store.store import Store, opened
from tests.adapters.store.samples import NOW, a_move, an_item

THREADS = 4


def work(store: Store, thread: int) -> None:
    for number in range(10):
        store.mirror.absorb([an_item(thread * 100 + number)], token=(f"feed {thread}", str(number)))
        store.ledger.intend(f"r{thread}", [a_move()], NOW)
        assert store.mirror.token(f"feed {thread}") == str(number)


def test_each_thread_s_work_is_done(store: Store) -> None:
    all_at_once(store)


def test_each_thread_s_work_is_done_in_a_file(path: Path) -> None:
    with opened(path) as store:
        all_at_once(store)


def all_at_once(store: Store) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda thread: work(store, thread), range(THREADS)))

    assert len(store.mirror.items(["Bug"])) == THREADS * 10
    assert len(store.ledger.open_intents()) == THREADS * 10
    assert (store.ledger.check().rows, store.ledger.check().breaks) == (1 + THREADS * 10, ())
