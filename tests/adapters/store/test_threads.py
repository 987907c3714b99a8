"""Threads: several may use one store at a time, in a file as well as in memory."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.store.store import Store, opened
from tests.adapters.store.samples import NOW, a_move, an_item

THREADS = 4


def work(store: Store, thread: int) -> None:
    for number in range(10):
        store.mirror.absorb([an_item(thread * 100 + number)], token=(f"feed {thread}", str(number)))
        store.ledger.intend(f"r{thread}", [a_move()], NOW)
        assert store.mirror.token(f"feed {thread}") == str(number)


@pytest.mark.parametrize("where", ["in memory", "in a file"])
def test_each_thread_s_work_is_done(where: str, store: Store, path: Path) -> None:
    with opened(path) as on_disk:
        used = store if where == "in memory" else on_disk
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(lambda thread: work(used, thread), range(THREADS)))

        assert len(used.mirror.items(["Bug"])) == THREADS * 10
        assert len(used.ledger.open_intents()) == THREADS * 10
        assert (used.ledger.check().rows, used.ledger.check().breaks) == (1 + THREADS * 10, ())
