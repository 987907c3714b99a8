"""A hunt: one mutant is looked for, trial after trial, until one finds it that the real product passes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from itertools import islice

from tests.campaign.mutants.every import MUTANTS
from tests.campaign.mutants.search import promises


@dataclass(frozen=True)
class Caught:
    """`by`: the first trial that finds it, empty where none did; `of`: how many were made, `times`: by how many of
    them it was found; `promises`: those that the first one says are not kept."""

    mutant: str
    by: str = ""
    promises: tuple[str, ...] = ()
    words: str = ""
    times: int = 0
    of: int = 0


def hunt(name: str, trials: int, until: float, *, goes_on: bool = False) -> Caught:
    """`until`, of the monotonic clock; `goes_on`: to count by how many it is found."""
    search, caught = MUTANTS[name].found_by, Caught(name)
    for number, trial in enumerate(islice(search.trials(), trials), 1):
        found = seen(name, trial)
        is_it = bool(promises(found)) and not _in_the_product(name, trial)
        caught = Caught(
            name,
            caught.by or (trial if is_it else ""),
            caught.promises or (promises(found) if is_it else ()),
            caught.words or (found[0] if is_it else ""),
            caught.times + is_it,
            number,
        )
        if (caught.by and not goes_on) or time.monotonic() > until:
            break
    return caught


def seen(name: str, trial: str) -> tuple[str, ...]:
    """What this trial finds while the mutant lives."""
    mutant = MUTANTS[name]
    mutant.found_by.prepare()
    with mutant.lives():
        return mutant.found_by.found(trial)


@cache
def _in_the_product(name: str, trial: str) -> tuple[str, ...]:
    """What it finds there: then it proves nothing."""
    return MUTANTS[name].found_by.found(trial)
