"""Crash points: the canonical scenario, once for each boundary at which it can be cut off, and what comes of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cache

from adapters.sandbox.answer import Answer
from adapters.sandbox.boards import Boards
from adapters.sandbox.call import Call
from adapters.sandbox.cast import Cast, NotFound
from adapters.sandbox.faults import CarryOut, NoAnswer, unavailable
from adapters.sandbox.mhhs_seeds.people import BOT
from tests.campaign.base import a_store, base, give_back
from tests.campaign.canonical import SCENARIO, world_of
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import overhearing
from tests.campaign.kinds import Killed
from tests.campaign.moment import Moment
from tests.campaign.passing_time import PassingTime
from tests.campaign.replica import Account, Replica
from tests.jobs.play import CONNECTING
from tests.jobs.small_world import small_world

POLLS = (timedelta(minutes=2), timedelta(minutes=2), timedelta(minutes=7), timedelta(minutes=7))
"""After a cut: a few looks stand for all, and the last of them comes when nothing can be unseen any more."""
PAIRS = 200


class Cut(Enum):
    BEFORE_SENDING = "killed before it was sent"
    APPLIED = "killed when it was applied"
    ANSWERED = "killed when its answer had come"
    LOST = "its answer is lost"
    UNAVAILABLE = "503, although it was applied"
    NOT_KEPT = "killed before the commit"
    KEPT = "killed after the commit"


OF_REQUESTS = (Cut.BEFORE_SENDING, Cut.APPLIED, Cut.ANSWERED, Cut.LOST, Cut.UNAVAILABLE)
OF_COMMITS = (Cut.NOT_KEPT, Cut.KEPT)


@dataclass(frozen=True)
class Boundary:
    """The `number`th request or commit of a step of the scenario."""

    step: int
    number: int
    what: str
    is_commit: bool


@dataclass(frozen=True)
class Point:
    """`then`: after so many more boundaries there is a second cut, a crash."""

    boundary: Boundary
    cut: Cut
    then: int = 0

    def __str__(self) -> str:
        where = f"{SCENARIO[self.boundary.step].words!r}, {self.boundary.what} {self.boundary.number}"
        return f"{where}: {self.cut.value}" + (f", and a crash {self.then} boundaries later" if self.then else "")


@dataclass(frozen=True)
class Before:
    """How the world stood before a step."""

    boards: Boards
    store: bytes
    at: datetime


@dataclass(frozen=True)
class Undisturbed:
    """The scenario without any cut: what there is to cut, and how it ends."""

    before: tuple[Before, ...]
    boundaries: tuple[Boundary, ...]
    end: tuple[str, ...]


@dataclass
class Scene:
    """`point` None: nothing is cut."""

    point: Point | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    step: int = 0
    is_cut: bool = False

    def __post_init__(self) -> None:
        first = base()
        self.azure = small_world()
        self.azure.organisation.boards = first.boards.copy()
        self.azure.clock.set(first.at)
        self.time = PassingTime(self.azure.clock)
        self.store = a_store()
        self.store.holds(first.store)
        account = Account(self.azure.token_for(BOT), lambda: False)
        self.replica = Replica("A", self.azure, self.time, first.configuration, account, self.store, self._at_commit)
        self.azure.faults.add(self._meets, self._cut_request, times=1_000_000)
        self._counted = {True: 0, False: 0}
        self._since_the_cut = 0
        self._was_just_cut = False
        self._planned: Cut | None = None

    def begins(self, step: int, before: Before) -> None:
        self.azure.organisation.boards = before.boards.copy()
        self.store.holds(before.store)
        self.azure.clock.set(before.at)
        self.step = step

    def plays(self) -> Iterator[int]:
        """Gives the number of each step before it is played."""
        for number in range(self.step, len(SCENARIO)):
            yield number
            self.step, self._counted = number, {True: 0, False: 0}
            self.azure.clock.set(max(SCENARIO[number].at, self.azure.clock.now()))
            SCENARIO[number].act(Cast(self.azure))
            self._was_just_cut = False
            self.replica.look()
            while self._was_just_cut:
                self._was_just_cut = False
                self._recovers()

    def _recovers(self) -> None:
        for later in POLLS:
            self.time.passes(later)
            self.replica.look()

    def _meets(self, call: Call) -> bool:
        if call.by.sign_in != BOT or call.operation in CONNECTING or not self.replica.is_looking:
            return False
        self._planned = self._cut_at(call.operation, OF_REQUESTS, is_commit=False)
        return self._planned is not None

    def _cut_request(self, carry_out: CarryOut) -> Answer:
        match self._planned:
            case Cut.BEFORE_SENDING:
                raise Killed
            case Cut.LOST:
                carry_out()
                raise NoAnswer
            case Cut.UNAVAILABLE:
                return unavailable(applied=True)(carry_out)
        carry_out()
        raise Killed

    def _at_commit(self, replica: Replica, moment: Moment, is_made: bool) -> None:
        if not replica.is_looking:
            return
        wanted = Cut.KEPT if is_made else Cut.NOT_KEPT
        if self._cut_at(moment.value, (wanted,), is_commit=True, counts=not is_made) is wanted:
            raise Killed

    def _cut_at(self, what: str, cuts: Sequence[Cut], *, is_commit: bool, counts: bool = True) -> Cut | None:
        if counts:
            self._counted[is_commit] += 1
        if self.is_cut:
            return self._second_cut(cuts, counts=counts)
        met = Boundary(self.step, self._counted[is_commit], what, is_commit)
        if counts:
            self.boundaries.append(met)
        if self.point is None or self.point.cut not in cuts or not _is_at(met, self.point.boundary):
            return None
        self.is_cut = self._was_just_cut = True
        return self.point.cut

    def _second_cut(self, cuts: Sequence[Cut], *, counts: bool) -> Cut | None:
        self._since_the_cut += counts
        is_it = self.point is not None and counts and self._since_the_cut == self.point.then
        self._was_just_cut |= is_it
        return cuts[0] if is_it else None


def _is_at(met: Boundary, wanted: Boundary) -> bool:
    return (met.step, met.number, met.is_commit) == (wanted.step, wanted.number, wanted.is_commit)


@cache
def undisturbed() -> Undisturbed:
    scene, before = Scene(), []
    try:
        for _ in scene.plays():
            now = scene.azure.clock.now()
            before.append(Before(scene.azure.organisation.boards.copy(), scene.store.everything(), now))
        return Undisturbed(tuple(before), tuple(scene.boundaries), tuple(world_of(scene.azure)))
    finally:
        give_back(scene.store)


def all_points() -> list[Point]:
    """Each boundary with each cut that there is for it."""
    return [
        Point(boundary, cut)
        for boundary in undisturbed().boundaries
        for cut in (OF_COMMITS if boundary.is_commit else OF_REQUESTS)
    ]


def pairs(seed: int = 0, number: int = PAIRS) -> list[Point]:
    """A sample of two cuts, one soon after the other."""
    rng = random.Random(seed)
    chosen = rng.sample(all_points(), number)
    return [Point(point.boundary, point.cut, rng.randrange(1, 40)) for point in chosen]


def violations(point: Point) -> tuple[str, ...]:
    """Of the promises; and where the end is not the same as without a cut."""
    plain = undisturbed()
    scene = Scene(point)
    try:
        scene.begins(point.boundary.step, plain.before[point.boundary.step])
        with overhearing(scene.azure) as heard:
            checker = Checker(scene.azure, base().configuration.programme, heard)
            try:
                for _ in scene.plays():
                    pass
            except NotFound as stuck:
                return (f"people could not go on with {SCENARIO[scene.step].words!r}: {stuck}",)
            found = [str(violation) for violation in checker.when_quiet([scene.store.opened().ledger])]
    finally:
        give_back(scene.store)
    end = world_of(scene.azure)
    found += [f"missing in the end: {line}" for line in plain.end if line not in end]
    found += [f"not meant to be: {line}" for line in end if line not in plain.end]
    return (*found, *(() if scene.is_cut else ("it never came to the cut",)))
