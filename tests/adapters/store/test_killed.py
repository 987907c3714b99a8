"""Killed in the middle: what was said to stand on the disk does, and nothing stands there by half."""

from collections import Counter

import pytest

from adapters.store.store import opened
from tests.adapters.store.another_process import ITEMS, started
from tests.adapters.store.site import Site

KILLS = 6


@pytest.mark.slow
def test_a_process_killed_while_it_writes_leaves_whole_pages_and_whole_intents(site: Site) -> None:
    for kill in range(KILLS):
        with started("write", site.spelled) as said:
            promised = [int(said.readline()) for _ in range(3 + 7 * kill)][-1]

        with opened(site.place) as store:
            token = int(store.mirror.token("items") or 0)
            items = store.mirror.items(["Bug"])
            intents = Counter(intent.run for intent in store.ledger.open_intents())
            assert store.ledger.check().breaks == ()

        assert token >= promised
        assert [item.rev for item in items] == [token] * ITEMS
        assert intents[f"r{promised}"] == 2
        assert set(intents.values()) == {2}
