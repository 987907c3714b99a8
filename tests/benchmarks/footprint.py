"""How much memory and time one process of Shunter takes: `python -m tests.benchmarks.footprint [DEFECTS ...]`."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.serve import served
from tests.benchmarks.peers.contender import LINGERING, SHUNTER
from tests.benchmarks.peers.course import course
from tests.benchmarks.peers.model_defect import azure_with
from tests.house import ROOT
from tests.jobs.command_line import configured_for

SIZES = (500, 20_000)
RUNS = 5


def main() -> None:
    table = Table("", "measured", "at most", title=f"one process of Shunter; seconds are the best of {RUNS}")
    table.add_row("--help", f"{help_seconds():.2f} s", "0.50 s")
    table.add_row("processor time of --help", f"{help_cpu():.2f} s", "")
    table.add_row("from the start to the first request", f"{start_seconds():.2f} s", "2.50 s")
    for defects in map(int, sys.argv[1:] or SIZES):
        with course(azure_with(defects)) as ground:
            cold, steady = ground.run(SHUNTER)
        limit = "120 MB" if defects <= SIZES[0] else "160 MB"
        table.add_row(f"memory, {defects:,} defects", f"{steady.peak / 1e6:.0f} MB", limit)
        table.add_row(f"a cold cycle of them, {cold.requests} requests", f"{cold.cpu:.2f} s CPU", "")
        table.add_row(f"a cycle in which nothing changed, {steady.requests} requests", f"{steady.cpu:.2f} s CPU", "")
    with course(azure_with(100)) as ground:
        before, after = ground.run(LINGERING)
    table.add_row("more memory after 2,000 cycles", f"{(after.peak - before.peak) / 1e6:.1f} MB", "2.0 MB")
    Console(width=100).print(table)


def help_seconds() -> float:
    return min(_seconds(lambda: _ran({}, "--help")) for _ in range(RUNS))


def help_cpu() -> float:
    """It does not grow with what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _ran({}, "--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_seconds() -> float:
    """Of `shunter run --once`, until the server hears of it."""
    heard: list[float] = []

    def hear(_call: Call, _answer: Answer | None) -> None:
        heard.append(time.perf_counter())

    waited = []
    Azure.watchers.append(hear)
    for _ in range(RUNS):
        azure = azure_with(1)
        with served(azure) as url, tempfile.TemporaryDirectory() as folder:
            shunter = configured_for(azure, url, Path(folder))
            heard.clear()
            started = time.perf_counter()
            _ran({**shunter.environment(), "HOME": folder}, "run", "--once", "--config", str(shunter.config))
            waited.append(heard[0] - started)
    Azure.watchers.remove(hear)
    return min(waited)


def _ran(environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "jobs.cli", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
