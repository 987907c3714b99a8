"""The schedule: says when to look, and nothing else; every rule about time is in the decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from jobs.attend import Attendant
from jobs.bounds import BOUNDS, Bounds
from jobs.clock_steps import ClockSteps
from jobs.hints import Hints
from jobs.let_end import let_end
from jobs.one_look import OneLook
from jobs.run import Report
from jobs.side_jobs import Aside, SideJob
from jobs.tally import Tally
from jobs.timetable import Timetable
from jobs.watch import Watch
from jobs.world import World


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes on beside the looks. `world`: None until a store is open, and until then nothing is done aside.

    `hang_up` ends all waiting for answers.
    """

    side_jobs: Mapping[str, SideJob] = field(default_factory=dict)
    world: Callable[[], World | None] = lambda: None
    hang_up: Callable[[], object] = lambda: None
    tally: Tally = field(default_factory=Tally)


def run_until_stopped(
    look: Callable[[], Report],
    told: Callable[[Report], object],
    every: timedelta,
    hints: Hints,
    listening: AbstractContextManager[object] | None = None,
    *,
    beside: Beside | None = None,
    bounds: Bounds = BOUNDS,
) -> None:
    """Looks at once and then at each interval, earlier when that is hinted at; one look at a time, until it is stopped.

    `listening` is entered before the first look, and left at once when it is to stop. A look that is under way is
    finished first: its waits end at once, and no new change is begun. Raises `Hung` where something does not end: then
    whoever called ends the process.
    """
    beside = beside or Beside()
    one_look = OneLook(look, told, hints)
    aside = [Aside(name, job, beside.world, beside.tally) for name, job in beside.side_jobs.items()]
    timetable = Timetable(one_look, every, aside, beside.tally)
    try:
        with listening or nullcontext():
            timetable.begin()
            watch = Watch(one_look, every.total_seconds(), bounds)
            Attendant(one_look, timetable, watch, ClockSteps(), hints, bounds, beside.tally).attend()
    finally:
        hints.stop()
        hints.stopping.set()
        ending = timetable.end()
    let_end(ending, timetable.under_way, beside.hang_up, bounds)
