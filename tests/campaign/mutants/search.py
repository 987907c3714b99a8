"""Searches: where a mutant may be found, one trial after the other; each trial tells what it violates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Protocol

from tests.campaign.base import base
from tests.campaign.company import company
from tests.campaign.kinds import CELLS
from tests.campaign.people import People
from tests.campaign.people import campaign as people
from tests.campaign.points import all_points, undisturbed, violations
from tests.campaign.simulation import Simulation

_OF_A_PROMISE = re.compile(r"([SL]\d+) \d{4}-")
EXAMPLES, STEPS = 10, 25


class Search(Protocol):
    """`trials` are as many as there are; their names are kept, and give the same again. `prepare` makes of the real
    product what every trial begins with."""

    def prepare(self) -> None: ...
    def trials(self) -> Iterator[str]: ...
    def found(self, trial: str) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Seeds:
    """The fortnights of trouble. `only`: kinds of faults, where others would but get in the way; `on`: the only
    operation that they befall; `resync_hours`: everything is read anew as often."""

    only: tuple[str, ...] = ()
    on: str = ""
    resync_hours: int = 0

    def prepare(self) -> None:
        base()

    def trials(self) -> Iterator[str]:
        with_what = f", only {' and '.join(self.only)}{f' of {self.on}' if self.on else ''}" if self.only else ""
        return (f"seed {number}{with_what}" for number in count())

    def found(self, trial: str) -> tuple[str, ...]:
        steered = tuple((replace(kind, operation=self.on), at) for kind, at in CELLS if kind.name in self.only)
        cells = steered or CELLS
        resync = timedelta(hours=self.resync_hours) if self.resync_hours else None
        return Simulation(int(trial.split()[1].rstrip(",")), cells=cells, resync=resync).run().violations


@dataclass(frozen=True)
class Cuts:
    """The crash points of which the name has all of these words in it."""

    words: tuple[str, ...] = ()

    def prepare(self) -> None:
        undisturbed()

    def trials(self) -> Iterator[str]:
        names = map(str, all_points())
        return (name for name in names if all(word in name for word in self.words))

    def found(self, trial: str) -> tuple[str, ...]:
        point = next(point for point in all_points() if str(point) == trial)
        return violations(point)


@dataclass(frozen=True)
class Stories:
    """What people do, as hypothesis draws it."""

    def prepare(self) -> None:
        with company():
            pass

    def trials(self) -> Iterator[str]:
        return (f"people {number}" for number in count())

    def found(self, trial: str) -> tuple[str, ...]:
        try:
            people(EXAMPLES, STEPS, int(trial.split()[1]))
        except AssertionError as failed:
            return tuple(str(failed).splitlines())
        return ()


@dataclass(frozen=True)
class Told:
    """One story of people, which says by itself what it is about."""

    words: str
    play: Callable[[People], object]

    def prepare(self) -> None:
        Stories().prepare()

    def trials(self) -> Iterator[str]:
        yield f"people who {self.words}"

    def found(self, trial: str) -> tuple[str, ...]:
        state = People()
        try:
            self.play(state)
            state.every_promise_is_kept()
            state.teardown()
        except AssertionError as failed:
            state.leave()
            return tuple(str(failed).splitlines())
        return ()


def promises(found: tuple[str, ...]) -> tuple[str, ...]:
    """Those that were not kept. Of a crash point, that it does not end as it would have is one too."""
    named = {told[1] if (told := _OF_A_PROMISE.match(words)) else _otherwise(words) for words in found}
    return tuple(sorted(named - {""}))


def _otherwise(words: str) -> str:
    ends = ("missing in the end", "not meant to be", "people could not go on")
    return "ends otherwise" if words.startswith(ends) else ""
