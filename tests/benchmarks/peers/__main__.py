"""Side by side: `python -m tests.benchmarks.peers [--sizes 0 1 200 201 500 5000] [--repeats 5] [--latency 20]`.

Each contender runs in a process of its own against the same Azure DevOps, on a port of this machine and nowhere else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from jobs.set_up_problem import CannotSetUp
from tests.benchmarks.peers import own_environment
from tests.benchmarks.peers.contender import READERS, Contender, movers, simple_ado
from tests.benchmarks.peers.cost import Cost, typical
from tests.benchmarks.peers.course import Distant, course
from tests.benchmarks.peers.model_defect import FIRST, VERSION, azure_with
from tests.benchmarks.peers.result_table import result_table
from tests.jobs.crowd import deliver, one_place
from tests.jobs.play import playing
from tests.jobs.small_world import small_programme

Costs = dict[str, list[Cost]]
MOVES_REPEATS = 3


def main(words: Sequence[str]) -> None:
    asked = arguments(words)
    Distant.latency = asked.latency / 1_000
    console = Console(width=140)
    for items in asked.sizes:
        found = read(items, readers(asked), asked.repeats)
        console.print(result_table(f"{items:,} defects, cold", {name: costs[0] for name, costs in found.items()}))
        again = {name: costs[1] for name, costs in found.items() if len(costs) > 1}
        console.print(result_table(f"{items:,} defects, again, nothing changed", again))
    for items in asked.moves:
        moved = {name: costs[0] for name, costs in move(items, min(asked.repeats, MOVES_REPEATS)).items()}
        console.print(result_table(f"{items:,} defects moved to retest", moved))


def arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.peers", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, 1, 200, 201, 500, 5_000], help="defects to read")
    parser.add_argument("--moves", type=int, nargs="*", default=[500], help="defects to move to retest")
    parser.add_argument("--repeats", type=int, default=5, help="of which the median is shown")
    parser.add_argument("--latency", type=float, default=20, help="milliseconds that each answer takes longer")
    parser.add_argument("--without-simple-ado", action="store_true", help="which is installed from a package index")
    return parser.parse_args(words)


def readers(asked: argparse.Namespace) -> tuple[Contender, ...]:
    if asked.without_simple_ado:
        return READERS
    return (*READERS, simple_ado(own_environment.python()))


def read(items: int, contenders: Iterable[Contender], repeats: int) -> Costs:
    with course(azure_with(items, azure_type=Distant)) as ground:
        found = {}
        for contender in contenders:
            runs = [ground.run(contender) for _ in range(contender.repeats(items, repeats))]
            found[contender.name] = [typical(costs) for costs in zip(*runs, strict=True)]
            insist(contender, found[contender.name], items)
        return found


def move(items: int, repeats: int) -> Costs:
    """Each time in a world of its own: what has moved does not move again."""
    found = {}
    for contender in movers(FIRST, items):
        runs = [run for _ in range(contender.repeats(items, repeats)) for run in moved_by(contender, items)]
        found[contender.name] = [typical(runs)]
        insist(contender, found[contender.name], items)
    return found


def moved_by(contender: Contender, items: int) -> Iterator[Cost]:
    azure = azure_with(items, VERSION, Distant)
    latency, Distant.latency = Distant.latency, 0.0
    with tempfile.TemporaryDirectory() as folder, playing(azure, Path(folder), one_place(small_programme())) as play:
        deliver(play)
    Distant.latency = latency
    with course(azure) as ground:
        yield from ground.run(contender)
    states = {azure.item(id).state for id in range(FIRST, FIRST + items)}
    if states != {"Ready for Retest"}:
        raise RuntimeError(f"{contender.name} left defects in {states}")


def insist(contender: Contender, costs: Iterable[Cost], items: int) -> None:
    """That every contender has done the whole work."""
    if any(cost.done != items for cost in costs):
        raise RuntimeError(f"{contender.name} did {[cost.done for cost in costs]} of {items}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotSetUp as problem:
        sys.exit(f"{problem}\nWithout it: --without-simple-ado")
