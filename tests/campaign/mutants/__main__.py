"""The hunt by command: `python -m tests.campaign.mutants [--only NAME] [--seeds 200] [--minutes 30] [--all]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial

from tests.campaign.campaign import in_parallel
from tests.campaign.mutants.every import MUTANTS
from tests.campaign.mutants.hunt import Caught, hunt
from tests.campaign.mutants.record import record


def main(given: Sequence[str]) -> int:
    asked = _arguments(given)
    names = [name for name in MUTANTS if not asked.only or name in asked.only]
    if not names:
        sys.stderr.write(f"no mutant is called {' or '.join(asked.only)}: {', '.join(MUTANTS)}\n")
        return 2
    until = time.monotonic() + 60 * asked.minutes
    work = partial(hunt, trials=asked.seeds, until=until, goes_on=asked.all)
    found = []
    for caught in in_parallel(work, names, asked.processes, until):
        sys.stdout.write(f"{_line(caught)}\n")
        sys.stdout.flush()
        found.append(caught)
        if asked.record:
            record([caught])
    for words in _rest(found, names):
        sys.stdout.write(f"{words}\n")
    survivors = [caught for caught in found if not caught.by and not MUTANTS[caught.mutant].survives]
    return 0 if len(found) == len(names) and not survivors else 1


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.mutants", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument(
        "--seeds", type=int, default=200, help="so many are tried for each, or crash points, or stories"
    )
    parser.add_argument("--minutes", type=float, default=30, help="for all together")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="count by how many of them it is caught")
    parser.add_argument("--record", action="store_true", help="keep what caught it, for the suite")
    return parser.parse_args(given)


def _line(caught: Caught) -> str:
    what = f"{' '.join(caught.promises)} by {caught.by}" if caught.by else "SURVIVES"
    return f"{caught.mutant:36} {what} ({caught.times} of {caught.of} tried) {caught.words[:120]}"


def _rest(found: Sequence[Caught], names: Sequence[str]) -> Iterator[str]:
    yield f"{sum(bool(caught.by) for caught in found)} of {len(names)} mutants were caught"
    for caught in found:
        if not caught.by:
            mutant = MUTANTS[caught.mutant]
            yield f"not caught: the bot that {mutant.broken}" + (f" ({mutant.survives})" if mutant.survives else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
