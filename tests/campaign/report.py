"""The report of a campaign, for people: what was run, what was found, and what was not tried."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.campaign.campaign import Tally
from tests.campaign.coverage import missing, table
from tests.campaign.points import Cut, Point

MOST_SEEDS = 40


def report(tally: Tally, first: int, elapsed: float) -> Iterator[str]:
    each = max(tally.seeds, 1)
    yield f"commit {commit()}"
    yield f"seeds {first} to {first + tally.seeds - 1}: {tally.seeds} runs in {elapsed:.0f} s"
    yield f"a seed: {tally.cpu / each:.2f} s of processor, {tally.requests / each:.0f} requests"
    yield f"faults injected: {sum(tally.struck.values())}"
    yield from table(tally.struck)
    if never := missing(tally.struck):
        yield f"never injected, although it can be: {'; '.join(never)}"
    yield (
        f"recoveries: {tally.recovered}, the longest {str(tally.worst).partition('.')[0]} (seed {tally.of_seed}),"
        f" requests in recovery {tally.in_recovery} ({tally.in_recovery / max(tally.recovered, 1):.1f} each)"
    )
    yield f"seeds with violations: {len(tally.violations)}"
    for seed, words in sorted(tally.violations.items())[:MOST_SEEDS]:
        yield f"  seed {seed}: {len(words)}"
        yield from (f"    {violation}" for violation in words[:3])
    if len(tally.violations) > MOST_SEEDS:
        yield f"  and {len(tally.violations) - MOST_SEEDS} more: {sorted(tally.violations)[MOST_SEEDS:]}"


def report_of_points(
    points: Sequence[Point], results: Mapping[Point, tuple[str, ...]], elapsed: float
) -> Iterator[str]:
    yield f"commit {commit()}"
    yield f"{len(points)} points, {len(results)} of them run in {elapsed:.0f} s"
    for cut in Cut:
        of_it = [found for point, found in results.items() if point.cut is cut and not point.then]
        yield f"{cut.value:32}{len(of_it):>5} runs, {sum(map(bool, of_it))} with violations"
    twice = [found for point, found in results.items() if point.then]
    yield f"{'cut, and killed again soon':32}{len(twice):>5} runs, {sum(map(bool, twice))} with violations"
    for point, found in results.items():
        if found:
            yield f"  {point}"
            yield from (f"    {violation}" for violation in found[:4])


def commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return asked.stdout.strip() or "unknown"
