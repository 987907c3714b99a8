"""Kills: a process is killed at one moment of one request, another one takes over, and the world has to come right."""

from __future__ import annotations

import shutil
import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from adapters.sandbox.azure import Azure, Mark
from adapters.store.store import opened
from bot.fence import QUARANTINE
from tests.processes.installation import Installation
from tests.processes.line import Cut, Deliver, Moment, Passing, plainly
from tests.processes.scenes import Scene
from tests.processes.shunter_process import PATIENCE, ShunterProcess, Start, from_the_nursery
from tests.processes.verdict import difference, violations, world

FORGETTING = 1 / 3
LOOKS = 4
"""So many runs after a kill at most until the world is as it should be."""


@dataclass(frozen=True, slots=True)
class Aim:
    """The request of a scene that a process is killed at: the how-maniest, of which operation, how far it has come.

    `healing`: the one that takes over is killed too, at this request of its own. `forgets`: it starts with no store.
    """

    scene: str
    number: int
    operation: str
    is_write: bool
    moment: Moment
    healing: int = 0
    forgets: bool = False

    def __str__(self) -> str:
        more = f", and at request {self.healing} of the next" if self.healing else ""
        lost = ", and the store is lost" if self.forgets else ""
        return f"{self.scene}: request {self.number}, {self.operation}, {self.moment.value}{more}{lost}"


@dataclass
class Course:
    """What the runs of a scene do when nobody disturbs them: `at_once`, and after the quarantine."""

    requests: list[Passing]
    at_once: Counter[object]
    after: Counter[object]


@dataclass
class Came:
    """What came of a kill. `seconds` and `requests` are what it took from the next start until all was well.

    `uncertain`: the writes of which the ledger does not know the end even then.
    """

    aim: Aim
    is_hit: bool
    seconds: float
    requests: int
    looks: int
    uncertain: int
    complaints: list[str] = field(default_factory=list)


class Killer:
    """A watcher of a line. The process is gone before the request goes on its way."""

    def __init__(self, number: int, moment: Moment) -> None:
        self._number, self._moment = number, moment
        self.victim: ShunterProcess | None = None
        self.has_struck = False

    def __call__(self, passing: Passing) -> None:
        if self.has_struck or (passing.number, passing.moment) != (self._number, self._moment):
            return
        self.has_struck = True
        given_up = time.monotonic() + PATIENCE
        while self.victim is None and time.monotonic() < given_up:
            time.sleep(0.001)
        assert self.victim is not None
        self.victim.kill()
        raise Cut("its process has been killed")


@dataclass(frozen=True)
class Trial:
    """Where kills are tried: one server, one installation, and the scenes that they begin with."""

    azure: Azure
    installation: Installation
    scenes: Mapping[str, Scene]

    def undisturbed(self, name: str, *, with_texts: bool = False) -> Course:
        self.begin(name)
        seen: list[Passing] = []
        self.installation.line.watchers.append(seen.append)
        self._look()
        self.installation.line.watchers.remove(seen.append)
        arrived = [passing for passing in seen if passing.moment is Moment.ARRIVED]
        at_once = world(self.azure, with_texts=with_texts)
        self.azure.clock.advance(QUARANTINE)
        self._look()
        return Course(arrived, at_once, world(self.azure))

    def kill(self, aim: Aim, course: Course, *, by: Start = from_the_nursery) -> Came:
        mark = self.begin(aim.scene)
        is_hit = self._killed(aim.number, aim.moment, by)
        self._between(aim)
        if aim.healing:
            self._killed(aim.healing, aim.moment, by)
            self._between(aim)
        return self._came(aim, course, mark, is_hit=is_hit, by=by)

    def disturb(self, aim: Aim, course: Course, deliver: Deliver) -> Came:
        """Nobody is killed: the answer to that request is delivered so."""
        mark = self.begin(aim.scene)
        line, disturbed = self.installation.line, []

        def once(client: socket.socket, answer: bytes) -> None:
            line.deliver = plainly
            disturbed.append(aim.number)
            deliver(client, answer)

        def watch(passing: Passing) -> None:
            if (passing.number, passing.moment) == (aim.number, Moment.APPLIED):
                line.deliver = once

        line.watchers.append(watch)
        self.installation.look()
        line.watchers.remove(watch)
        self._between(aim)
        return self._came(aim, course, mark, is_hit=bool(disturbed), by=from_the_nursery)

    def _came(self, aim: Aim, course: Course, mark: Mark, *, is_hit: bool, by: Start) -> Came:
        before, began = self.installation.line.requests, time.monotonic()
        looks, missing = self.heal(course, by)
        seconds, requests = time.monotonic() - began, self.installation.line.requests - before
        complaints = [*violations(self.azure, mark), *missing]
        return Came(aim, is_hit, seconds, requests, looks, self._uncertain(), complaints)

    def heal(self, course: Course, by: Start = from_the_nursery) -> tuple[int, list[str]]:
        """Runs until all is as it should be, as far as patience reaches; how many, and what is not."""
        missing: list[str] = []
        for look in range(1, LOOKS + 1):
            self._look(by)
            missing = difference(course.after, world(self.azure))
            if not missing:
                return look, []
            self.azure.clock.advance(QUARANTINE)
        return LOOKS, missing

    def begin(self, name: str) -> Mark:
        self._forget()
        self.scenes[name].set(self.azure, self.installation.folder)
        self.installation.line.requests = 0
        self.installation.timeline.note("story", name)
        return self.azure.mark()

    def _between(self, aim: Aim) -> None:
        self.azure.clock.advance(QUARANTINE + timedelta(seconds=1))
        if aim.forgets:
            self._forget()

    def _forget(self) -> None:
        """Everything but the configuration is lost."""
        for file in self.installation.folder.glob("shunter.db*"):
            file.unlink()
        shutil.rmtree(self.installation.folder / "sdk-cache", ignore_errors=True)

    def _killed(self, number: int, moment: Moment, by: Start) -> bool:
        line = self.installation.line
        killer = Killer(line.requests + number, moment)
        line.watchers.append(killer)
        killer.victim = self.installation.start("run", "--once", by=by)
        killer.victim.ended()
        line.watchers.remove(killer)
        if killer.has_struck:
            self.installation.timeline.note("story", f"process {killer.victim.pid} is killed, {moment.value}")
        return killer.has_struck

    def _look(self, by: Start = from_the_nursery) -> None:
        process = self.installation.look(by=by)
        assert process.ended() in (0, 3), process.words

    def _uncertain(self) -> int:
        with opened(self.installation.store) as store:
            return len(store.ledger.open_intents())


def aims(scene: str, course: Course) -> Iterator[Aim]:
    """Every request of the scene, at every moment."""
    for number, passing in enumerate(course.requests, 1):
        for moment in Moment:
            yield Aim(scene, number, passing.operation, passing.is_write, moment)


def chosen(courses: Mapping[str, Course], count: int, dice: Random) -> Iterator[Aim]:
    """Two of three at a write: first one of each kind at each moment, then all the others as the dice fall.

    A third of them lose their store as well, and of every fifth the next process is killed too.
    """
    every = [aim for scene, course in courses.items() for aim in aims(scene, course)]
    writes = _endless([aim for aim in every if aim.is_write], dice)
    reads = _endless([aim for aim in every if not aim.is_write], dice)
    for number in range(1, count + 1):
        aim = next(reads if number % 3 == 0 else writes)
        healing = dice.randint(1, 40) if number % 5 == 0 else 0
        yield replace(aim, healing=healing, forgets=dice.random() < FORGETTING)


def _endless(every: Sequence[Aim], dice: Random) -> Iterator[Aim]:
    mixed = dice.sample(every, len(every))
    kinds = {(aim.scene, aim.operation, aim.moment): aim for aim in mixed}
    yield from kinds.values()
    yield from (aim for aim in mixed if aim not in kinds.values())
    while True:
        yield from dice.sample(every, len(every))
