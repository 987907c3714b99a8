"""Several processes at once, each with a store of its own, on the same organisation: as if there were one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast
from tests.jobs.small_world import IN_SIT_A
from tests.processes.installation import Installation, installed
from tests.processes.scenes import ACTS
from tests.processes.test_network import RAISED
from tests.processes.timeline import Timeline
from tests.processes.verdict import READY, violations

STEP = timedelta(seconds=20)
"""Of the server's clock, each fifth of a second."""
LISTS = 6


@pytest.fixture(params=[2, 3], ids=["two", "three"])
def replicas(
    request: pytest.FixtureRequest, azure: Azure, url: str, tmp_path: Path, timeline: Timeline
) -> Iterator[list[Installation]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(installed(azure, url, tmp_path / name, name=name, timeline=timeline))
            for name in ("one", "two", "three")[: request.param]
        ]


class Contest:
    """Each replica looks, and looks again, without a rest; the server's clock goes on meanwhile."""

    def __init__(self, azure: Azure, replicas: list[Installation]) -> None:
        self._azure, self._replicas = azure, replicas
        self._is_over = Event()
        self.codes: list[int] = []

    def until_all_have_looked(self, times: int) -> None:
        threads = [Thread(target=self._look, args=(one, times)) for one in self._replicas]
        ticking = Thread(target=self._tick)
        for thread in (ticking, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        self._is_over.set()
        ticking.join()

    def _look(self, replica: Installation, times: int) -> None:
        for _ in range(times):
            self.codes.append(replica.look().ended())

    def _tick(self) -> None:
        while not self._is_over.wait(0.2):
            self._azure.clock.advance(STEP)


@pytest.mark.slow
def test_replicas_that_act_at_the_same_time_do_everything_once(azure: Azure, replicas: list[Installation]) -> None:
    mark, cast = azure.mark(), Cast(azure)
    contest = Contest(azure, replicas)

    for at, act in ACTS.values():
        azure.clock.set(max(at, azure.clock.now()))
        act(cast)
        contest.until_all_have_looked(3)

    assert violations(azure, mark) == []
    assert set(contest.codes) <= {0, 3}
    assert len(cast.lists(state="Raised") + cast.lists(state="Proposed")) == LISTS
    assert len(cast.rfcs()) == RAISED
    assert [azure.item(id).state for id in IN_SIT_A] == [READY] * len(IN_SIT_A)
