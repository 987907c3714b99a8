"""How long one plan takes, by the size of the programme: `python -m tests.benchmarks.planning [DEFECTS ...]`."""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from adapters.azure_devops.decode import items
from bot.facts import Facts
from bot.picture import Picture
from jobs.every_job import decide
from tests.benchmarks.large_world import at_rest, large_world, monday_morning
from tests.benchmarks.rows import SPELLING, rows_of

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
RUNS = 3
COLUMNS = (
    "defects", "lists", "RFCs", "actions", "plan, s", "to before", "peak, MB", "nothing to do, s", "rows", "decode, s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: `busy` and `quiet` are the processor seconds of a plan with so many actions, and of one with none."""

    world: Facts
    actions: int
    busy: float
    quiet: float
    peak: int
    rows: int
    decoding: float


def measure(defects: int) -> Measured:
    world = monday_morning(large_world(defects))
    quiet = at_rest(world)
    rows = rows_of(world)
    return Measured(
        world,
        actions=len(decide(Picture(world)).plan),
        busy=best(lambda: decide(Picture(world)).plan),
        quiet=best(lambda: decide(Picture(quiet)).plan),
        peak=peak(lambda: decide(Picture(world)).plan),
        rows=len(rows),
        decoding=best(lambda: items(rows, (), SPELLING)),
    )


def best(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest run: what else the machine does only ever adds to it."""
    return min(_once(work) for _ in range(RUNS))


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def peak(work: Callable[[], object]) -> int:
    """Bytes, in a run of its own: counting them slows everything down."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def main() -> None:
    table = Table(*COLUMNS, title=f"10 environments, 12 parties, a year of weekly releases; best of {RUNS}")
    for column in table.columns:
        column.justify = "right"
    before: Measured | None = None
    for defects in map(int, sys.argv[1:] or SIZES):
        found = measure(defects)
        table.add_row(*_row(found, before))
        before = found
    Console(width=120).print(table)


def _row(found: Measured, before: Measured | None) -> tuple[str, ...]:
    world = found.world
    return (
        f"{len(world.defects):,}",
        f"{len(world.lists):,}",
        f"{len(world.rfcs):,}",
        f"{found.actions:,}",
        f"{found.busy:.2f}",
        f"× {found.busy / before.busy:.1f}" if before else "",
        f"{found.peak / 1e6:,.0f}",
        f"{found.quiet:.2f}",
        f"{found.rows:,}",
        f"{found.decoding:.2f}",
    )


if __name__ == "__main__":
    main()
