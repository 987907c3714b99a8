"""A campaign: many seeds in several processes, for as long as there is time, and what came of all of them."""

from __future__ import annotations

import gc
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from adapters.logs import SHUNTER
from tests.campaign.base import base
from tests.campaign.coverage import Struck
from tests.campaign.points import Point, violations
from tests.campaign.simulation import Outcome, Simulation

RARELY = (50_000, 20, 20)
TOLD_EACH = 250
_FOR_GOOD = ExitStack()

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class Tally:
    """`cpu`: seconds that all seeds took together."""

    seeds: int = 0
    requests: int = 0
    cpu: float = 0.0
    struck: Struck = field(default_factory=Counter)
    violations: dict[int, tuple[str, ...]] = field(default_factory=dict)
    recovered: int = 0
    worst: timedelta = timedelta(0)
    of_seed: int = 0
    in_recovery: int = 0

    def adds(self, outcome: Outcome, cpu: float) -> None:
        self.seeds += 1
        self.requests += outcome.requests
        self.cpu += cpu
        self.struck += outcome.struck
        if outcome.violations:
            self.violations[outcome.seed] = outcome.violations
        for after, asked in outcome.recoveries:
            self.recovered += 1
            self.in_recovery += asked
            if after > self.worst:
                self.worst, self.of_seed = after, outcome.seed


def campaign(
    seeds: Iterable[int], processes: int, until: float, tell: Callable[[str], object] = lambda _: None
) -> Tally:
    """`until`, of the monotonic clock, no new seed is begun any more. `tell` hears of a violation when it is found,
    and now and then how far it has come."""
    tally = Tally()
    for outcome, cpu in in_parallel(one, seeds, processes, until):
        tally.adds(outcome, cpu)
        for violation in outcome.violations:
            tell(f"seed {outcome.seed}: {violation}")
        if tally.seeds % TOLD_EACH == 0:
            tell(f"{tally.seeds} seeds, {len(tally.violations)} with violations")
    return tally


def one(seed: int) -> tuple[Outcome, float]:
    began = time.process_time()
    outcome = Simulation(seed).run()
    return outcome, time.process_time() - began


def cut_at_all(points: Sequence[Point], processes: int, until: float) -> Iterator[tuple[Point, tuple[str, ...]]]:
    """Each with what it violates."""
    return in_parallel(_cut, points, processes, until)


def _cut(point: Point) -> tuple[Point, tuple[str, ...]]:
    return point, violations(point)


def in_parallel(work: Callable[[T], R], given: Iterable[T], processes: int, until: float) -> Iterator[R]:
    """As it comes; nothing is begun when the time is over."""
    waiting = iter(given)
    if processes == 1:
        with _quiet():
            while time.monotonic() <= until and (some := list(islice(waiting, 1))):
                yield work(some[0])
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_be_quiet) as pool:
        running = {pool.submit(work, one) for one in islice(waiting, processes * 2)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
            if time.monotonic() <= until:
                running |= {pool.submit(work, one) for one in islice(waiting, len(done))}


def _be_quiet() -> None:
    """What a worker is, it is for good."""
    _FOR_GOOD.enter_context(_quiet())


@contextmanager
def _quiet() -> Iterator[None]:
    """What a run logs is in the story of its seed. What all seeds begin with is made before the first, and is not
    looked through for garbage after each."""
    handler, propagates, often = logging.NullHandler(), SHUNTER.propagate, gc.get_threshold()
    SHUNTER.addHandler(handler)
    SHUNTER.propagate = False
    base()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()
        SHUNTER.propagate = propagates
        SHUNTER.removeHandler(handler)
