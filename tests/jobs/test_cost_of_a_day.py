"""The cost of a day: 720 looks, 200 edits by people, 3 RFCs raised, approved and deployed, 60 fixes handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.jobs.crowd import many
from tests.jobs.play import Play, playing
from tests.jobs.small_world import DCC_BUILD, ELECTRALINK_BUILD, Seed, small_world

POLL = timedelta(minutes=2)
LOOKS = 720
RAISED = Counter({"update": 3 * 2, "create": 3, "workitemsbatch": 3 + 3})
"""Under its fence, and read by id before; once more after, because the feed tells of its links."""
DECIDED = Counter({"updates": 3 * 3, "workitemsbatch": 3 * 3 * 2, "update": 3 + 3})
"""Each list agreed, each RFC approved and deployed: its history, read twice; sealed, and its control points written."""
MOVED = Counter({"batch": 3})
"""With the word of what came of the deployment, in one write."""
REWRITTEN = Counter({"workitemsbatch": 10, "batch": 7, "update": 3})
"""Every quarter of an hour at most, because titles that stand on a list have changed."""
RESYNC = Counter({"wiql": 1, "workitemsbatch": 1})
EDITED = [4_001 + n % 40 for n in range(200)]
PLACES = {
    "SIT-A": (2_001, DCC_BUILD, "DCC"),
    "SIT-B": (2_101, DCC_BUILD, "DCC"),
    "UIT": (2_201, ELECTRALINK_BUILD, "Electralink"),
}


def defects(count: int) -> list[Seed]:
    """Twenty that are ready in each of three places; the rest waits for a version."""
    ready = [
        replace(seed, found_in=place, party=party)
        for place, (first, version, party) in PLACES.items()
        for seed in many(20, version, first=first)
    ]
    return [*ready, *many(count - 60, first=4_001)]


def what_people_do(play: Play) -> Mapping[int, list[Callable[[], object]]]:
    """By the number of the look before which it happens: one edit at every third, and the acts on lists and RFCs."""
    acts: dict[int, list[Callable[[], object]]] = {
        3 * n: [partial(play.cast.retitle, id, f"Read {id} is missing, for the time {n}")]
        for n, id in enumerate(EDITED)
    }
    for number, place in enumerate(PLACES):
        for look, act in ((60, play.cast.agree), (180, play.cast.approve), (300, play.cast.deploy)):
            acts.setdefault(look + 20 * number, []).append(partial(act, place))
    return acts


@pytest.mark.slow
def test_a_day_costs_two_polls_a_look_and_73_requests_more(tmp_path: Path) -> None:
    with playing(small_world(defects(100)), tmp_path) as play:
        play.world = replace(play.world, resync_interval=timedelta(hours=24))
        for _ in range(4):
            play.look()
        play.seen()
        acts, since = what_people_do(play), len(play.azure.journal)

        for look in range(LOOKS):
            play.azure.clock.advance(POLL)
            for act in acts.get(look, []):
                act()
            play.look()

        exchanges = play.azure.journal[since:]
        asked = Counter(exchange.operation for exchange in exchanges)
        assert (
            asked
            == Counter({"revisions feed": LOOKS, "links feed": LOOKS}) + RAISED + DECIDED + MOVED + REWRITTEN + RESYNC
        )
        assert asked.total() == 1_513
        assert sum(exchange.bytes_out for exchange in exchanges) < 8_000_000
        assert sum(news.endswith("Resolved -> Ready for Retest") for news in play.news()) == 60
