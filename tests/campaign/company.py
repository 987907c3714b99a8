"""The company: the real bot, once or twice, each with a store of its own, beside the people of the small world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from adapters.configuration.configuration import Configuration
from adapters.sandbox.azure import Azure
from adapters.sandbox.boards import Boards
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.store.store import Store
from jobs.run import Report, run
from jobs.vitals import Vitals
from jobs.world import World
from tests.campaign.came_through import came_through
from tests.campaign.checker.at_rest import at_rest
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import Heard, overhearing
from tests.campaign.checker.violation import Violation
from tests.campaign.lives import Lives
from tests.jobs.blank_store import blank_store
from tests.jobs.play import URL, wired
from tests.jobs.small_world import START, small_settings, small_world

PER_MINUTE = 60
POLL = timedelta(minutes=2)
UNTIL_TRIED_AGAIN = timedelta(hours=7)
"""What was refused for good is tried again after six hours."""
AN_ANSWER_IS_AWAITED = timedelta(seconds=100)
LOOKS_IN_QUIET = 12


class Unexpected(AssertionError):
    """A look failed in a way that the program itself did not foresee."""


@dataclass
class Company:
    """`worlds`, `vitals` and `lives`: of each replica. `began`: how far the history had come by then."""

    azure: Azure
    configuration: Configuration
    heard: Heard
    stack: ExitStack
    worlds: list[World] = field(default_factory=list)
    vitals: list[Vitals] = field(default_factory=list)
    lives: list[Lives] = field(default_factory=list)
    began: int = 0
    checker: Checker = field(init=False)
    _asker: str = ""

    def __post_init__(self) -> None:
        self.checker = Checker(self.azure, self.configuration.programme, self.heard, per_minute=PER_MINUTE)
        self.heard.asker = lambda: self._asker
        self.began = len(self.azure.organisation.boards.changes)
        self._another_begins()

    def look(self, which: int = 0) -> Report:
        """One of the replicas; the second begins when it is first asked."""
        if which and len(self.worlds) == 1:
            self._another_begins()
        self._asker = self.lives[which].process
        report = run(self.worlds[which])
        self.vitals[which].note(report)
        if "nobody expected" in report.why:
            raise Unexpected(report.why)
        return report

    def restart(self, which: int = 0) -> None:
        """The process begins anew on the store that it had."""
        if which < len(self.worlds):
            self._begins(which, self.worlds[which].store)

    def lose_store(self, which: int = 0) -> None:
        if which < len(self.worlds):
            self.lives[which].forgets()
            self.heard.rests_are_over(self.lives[which].replica)
            self._begins(which, self._store())

    def token_ends(self) -> None:
        self.azure.tokens.expire(self.azure.token_for(BOT))

    def token_is_renewed(self) -> None:
        self.azure.tokens.renew(self.azure.token_for(BOT))

    def creation_is_late(self) -> None:
        """The next one: whoever sent it hears nothing."""
        self.azure.faults.add("create", self.azure.faults.held_back())

    def feeds_lag(self, by: timedelta) -> None:
        self.azure.organisation.feed_lag = by

    def passes(self, by: timedelta) -> None:
        """A request that was given up arrives in the meantime, as late as one may."""
        first = min(by, AN_ANSWER_IS_AWAITED)
        self.azure.clock.advance(first)
        self.azure.deliver_held_back()
        self.azure.clock.advance(by - first)

    def comes_to_rest(self) -> tuple[Violation, ...]:
        """Nothing goes wrong any more, nobody does anything; then all that is promised for the end has to hold."""
        self.azure.faults.clear()
        self.feeds_lag(timedelta(0))
        self.token_is_renewed()
        self.passes(UNTIL_TRIED_AGAIN)
        for number in range(LOOKS_IN_QUIET):
            self.passes(POLL)
            self.look(number % len(self.worlds))
        found = self.checker.when_quiet(
            [world.store.ledger for world in self.worlds],
            lived_since=self.began,
            forgotten=set[str]().union(*(lives.forgotten for lives in self.lives)),
        )
        writes = len(self.heard.writes)
        last = [self.look(which) for which in range(len(self.worlds))]
        now = self.azure.clock.now()
        stuck = (Violation("L5", now, 0, f"no look comes through: {r.why}") for r in last if not came_through(r))
        return (*found, *at_rest(self.checker.history, writes), *stuck)

    def _another_begins(self) -> None:
        self.worlds.append(self._world(self._store()))
        self.vitals.append(self._met(self.worlds[-1]))
        self.lives.append(Lives(str(len(self.lives)), 1))

    def _begins(self, which: int, store: Store) -> None:
        self.worlds[which] = self._world(store)
        self.vitals[which] = self._met(self.worlds[which])
        self.lives[which].begins()

    def _met(self, world: World) -> Vitals:
        vitals = Vitals(self.configuration, clock=self.azure.clock.now, monotonic=world.boards.gateway.elapsed)
        vitals.meet(world)
        return vitals

    def _world(self, store: Store) -> World:
        return wired(self.azure, self.configuration, store, per_minute=PER_MINUTE)

    def _store(self) -> Store:
        return self.stack.enter_context(blank_store())


@contextmanager
def company() -> Iterator[Company]:
    """In the small world, after the first look; it has to be left."""
    azure = small_world()
    azure.token_for(BOT)
    boards, configuration = _beginning()
    azure.organisation.boards = boards.copy()
    with ExitStack() as stack:
        yield Company(azure, configuration, stack.enter_context(overhearing(azure)), stack)


@cache
def _beginning() -> tuple[Boards, Configuration]:
    folder = Path(gettempdir()) / "shunter-campaign"
    folder.mkdir(exist_ok=True)
    azure = small_world()
    configuration = small_settings(azure, URL, folder)
    with blank_store() as store:
        report = run(wired(azure, configuration, store))
    assert not report.why, report.why
    assert azure.clock.now() == START
    return azure.organisation.boards.copy(), configuration
