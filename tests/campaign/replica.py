"""A replica: one process of Shunter with a store, a clock and a connection of its own, which may end and begin anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.sign_in import by_pat
from adapters.configuration.configuration import Configuration
from adapters.rendering import Rendering
from adapters.sandbox.azure import Azure
from adapters.sandbox.transport import InProcess
from jobs.run import Report
from jobs.serve import look
from jobs.vitals import Vitals
from jobs.wiring import world_of
from jobs.world import World
from tests.campaign.kinds import Killed
from tests.campaign.lives import Lives
from tests.campaign.moment import Moment
from tests.campaign.passing_time import MachineClock, OwnClock, PassingTime, Waiting
from tests.campaign.watched_store import WatchedStore
from tests.jobs.play import URL

PER_MINUTE = 60


@dataclass
class Account:
    """The one account of all replicas; `renew` says whether its token is good again."""

    token: str
    renew: Callable[[], bool]


@dataclass
class Replica:
    """`at_commit` is called with the replica before and after each commit of its store."""

    name: str
    azure: Azure
    time: PassingTime
    configuration: Configuration
    account: Account
    store: WatchedStore
    at_commit: Callable[[Replica, Moment, bool], None]
    is_looking: bool = False
    loses_all: bool = False
    lives: Lives = field(init=False)
    machine: MachineClock = field(init=False)
    clock: OwnClock = field(init=False)
    vitals: Vitals = field(init=False)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.store.database.happening = partial(self.at_commit, self)
        self.lives, self.machine = Lives(self.name), MachineClock(self.time)
        self.start()

    def start(self) -> None:
        self.lives.begins()
        stopping = Event()
        self.clock = OwnClock(self.time)
        pace = Pace(monotonic=self.clock.seconds, wait=Waiting(self.time, stopping), per_minute=PER_MINUTE)
        sign_in = by_pat(lambda: self.account.token, self.account.renew)
        gateway = Gateway(URL, sign_in, pace, transport=InProcess(self.azure))
        spelling = self.configuration.spelling
        boards = Boards(gateway, spelling, Rendering(spelling.web_url))
        world = world_of(self.configuration, self.store.opened(), boards, stopping)
        self.world = replace(world, why_unsteady=gateway.clock.why_unsteady)
        self.vitals = Vitals(self.configuration, clock=self.machine.now, monotonic=self.clock.seconds)
        self.vitals.meet(self.world)

    def clock_jumps(self, seconds: float) -> None:
        """The seconds that pass go on only ahead. By them, whatever this process was told to wait for is over."""
        self.machine.ahead += seconds
        if seconds > 0:
            self.clock.ahead += seconds
            self.lives.begins()

    def loses_its_store(self) -> None:
        """At once between looks; else when it is killed."""
        if self.is_looking:
            self.loses_all = True
        else:
            self._store_is_lost()
            self.start()

    def look(self) -> Report | None:
        """None: it was killed, and has begun anew."""
        self.is_looking = True
        try:
            self.vitals.begin()
            report = look(self.world, self.configuration)
            self.vitals.note(report)
            return report
        except Killed:
            self._begins_anew()
            return None
        finally:
            self.is_looking = False

    def _begins_anew(self) -> None:
        if self.loses_all:
            self._store_is_lost()
            self.loses_all = False
        self.start()

    def _store_is_lost(self) -> None:
        self.store.is_lost()
        self.lives.forgets()
