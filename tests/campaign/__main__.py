"""The campaign by command: `python -m tests.campaign --seeds 1000 --from 0 --minutes 10 --processes 2`."""

from __future__ import annotations

import argparse
import random
import sys
import time

from tests.campaign.base import close_all
from tests.campaign.campaign import campaign, cut_at_all
from tests.campaign.points import all_points, pairs
from tests.campaign.report import report, report_of_points
from tests.campaign.simulation import Simulation


def main(given: list[str]) -> int:
    asked = _arguments(given)
    try:
        if asked.points:
            return _points(asked)
        return _one(asked.seed, is_told=asked.verbose) if asked.seed is not None else _many(asked)
    finally:
        close_all()


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first of them")
    parser.add_argument("--minutes", type=float, default=10, help="no seed is begun after that")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--points", action="store_true", help="the crash points instead of seeds, and --pairs of them")
    parser.add_argument("--pairs", type=int, default=200, help="so many are cut twice")
    parser.add_argument("--verbose", action="store_true", help="tells the story of the seed")
    return parser.parse_args(given)


def _one(seed: int, *, is_told: bool) -> int:
    outcome = Simulation(seed, _say if is_told else lambda _: None).run()
    for violation in outcome.violations:
        _say(violation)
    _say(f"seed {seed}: {len(outcome.violations)} violations, {outcome.requests} requests")
    return 1 if outcome.violations else 0


def _many(asked: argparse.Namespace) -> int:
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    tally = campaign(seeds, asked.processes, began + 60 * asked.minutes, _say_meanwhile)
    for line in report(tally, asked.first, time.monotonic() - began):
        _say(line)
    return 1 if tally.violations else 0


def _points(asked: argparse.Namespace) -> int:
    began = time.monotonic()
    points = [*all_points(), *pairs(asked.first, asked.pairs)]
    random.Random(asked.first).shuffle(points)  # so that whatever there is time for is a sample
    results = dict(cut_at_all(points, asked.processes, began + 60 * asked.minutes))
    for line in report_of_points(points, results, time.monotonic() - began):
        _say(line)
    return 1 if any(results.values()) or len(results) < len(points) else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _say_meanwhile(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
