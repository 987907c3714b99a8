"""Side jobs: what is done once in a while beside the looks, on another thread, so that none of them waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from adapters.azure_devops.answers import Failure
from adapters.store.failures import StoreError
from jobs.run import Ending, failed, new_run
from jobs.tally import Mishap, Tally
from jobs.unexpected import unexpected_words
from jobs.world import World

SHARES = 24
"""So many times within its interval it is asked whether a job is due, and one that failed is tried again."""


@dataclass(frozen=True, slots=True)
class SideJob:
    """What `act` gives is of no interest; what it raises is told, counted, and tried again later."""

    every: timedelta
    act: Callable[[], object]

    @property
    def asked_every(self) -> timedelta:
        return self.every / SHARES


class Aside:
    """A side job as the scheduler calls it. When it last came through stands in the ledger, by the server's clock, so
    that a process that is started anew each day does it all the same, and one each hour does not do it each hour."""

    def __init__(self, name: str, job: SideJob, world: Callable[[], World | None], tally: Tally) -> None:
        self.name, self.job = name, job
        self._world, self._tally = world, tally
        self._turn = Lock()

    @property
    def is_under_way(self) -> bool:
        return self._turn.locked()

    def __call__(self) -> None:
        """Nothing before the first look has opened the store and heard the server's time."""
        world = self._world()
        if world is None or not self._turn.acquire(blocking=False):
            return
        try:
            self._do_if_due(world)
        finally:
            self._turn.release()

    def _do_if_due(self, world: World) -> None:
        id = new_run()
        try:
            now, last = world.boards.server_time(), world.store.ledger.last_success(self.name)
            if last is None or abs(now - last) >= self.job.every:
                self.job.act()
                world.store.ledger.record_run(id, world.boards.server_time(), (self.name,), Ending.DONE.name)
        except (Failure, StoreError) as failure:
            self._fail(str(failure), id, world)
        except Exception as error:  # noqa: BLE001  (the looks go on)
            self._fail(unexpected_words(error, id), id, world)

    def _fail(self, why: str, id: str, world: World) -> None:
        self._tally.count(Mishap.FAILED, self.name)
        failed(f"{self.name}: {why}", id, world, (self.name,))
