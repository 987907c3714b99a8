"""Replicas: services that share one PostgreSQL, each with a line, a port for health and a log of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server
from threading import Event
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from adapters.configuration.load import load
from adapters.sandbox.azure import Azure
from adapters.store.database import Database
from adapters.store.ledger import Ledger
from adapters.store.on_server import OnServer
from bot.programme import Programme
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import Heard, overhearing
from tests.postgres import PostgresDatabase
from tests.processes.installation import Installation, installed
from tests.processes.line import Passing
from tests.processes.scenes import Scene
from tests.processes.shunter_process import PATIENCE, ShunterProcess, Start, from_the_nursery, until
from tests.processes.timeline import Timeline

NAMES = ("one", "two", "three")
TERM = 30.0
"""Seconds that a lease lasts which nobody renews."""
ASKED = 5.0
"""Seconds after which whoever stands by asks for it again."""
ROOM = 5.0
"""Seconds that a loaded machine may take on top."""


@dataclass
class Replica:
    installation: Installation
    port: int

    @property
    def name(self) -> str:
        return self.installation.name

    @property
    def process(self) -> ShunterProcess:
        """The latest."""
        return self.installation.started[-1]

    @property
    def requests(self) -> int:
        """How many it has sent, in all its lives."""
        return self.installation.line.requests

    @property
    def log(self) -> list[Mapping[str, Any]]:
        """Of its latest process."""
        return [json.loads(line) for line in self.process.words.splitlines() if line.startswith("{")]

    @property
    def stands_by(self) -> bool:
        return "shunter_stands_by 1.0" in self.get("/metrics")[1].splitlines()

    def start(self, by: Start = from_the_nursery) -> None:
        """It answers when this returns."""
        self.installation.start("run", by=by)
        self.process.says("health: listening")

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status), answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def looked(self) -> int:
        """How many of its looks have come to an end."""
        return sum(record["event"] == "looked" for record in self.log)

    def awaits_a_look(self) -> None:
        before = self.looked()
        until(lambda: self.looked() > before, f"{self.name} does not look: {self.process.words}")


@dataclass
class Replicas:
    """`begins`: the place in the server's history at which they begin."""

    azure: Azure
    database: PostgresDatabase
    timeline: Timeline
    heard: Heard
    every: list[Replica]
    begins: int = 0
    _programme: Programme = field(init=False)

    def __post_init__(self) -> None:
        first = self.every[0].installation
        self._programme = load(first.config, first.environment).programme

    def begin(self, scene: Scene) -> None:
        scene.set(self.azure, self.every[0].installation.folder)
        self.begins = len(self.azure.organisation.boards.changes)

    def start(self, others_by: Start = from_the_nursery) -> None:
        """The first of them is about to look, and the others stand by; then it looks."""
        first, *others = self.every
        others_stand_by = Event()

        def waits(_: Passing) -> None:
            others_stand_by.wait(PATIENCE)

        first.installation.line.watchers.insert(0, waits)
        first.start()
        until(lambda: first.requests > 0, f"the first one does not look: {first.process.words}")
        for other in others:
            other.start(others_by)
            until(lambda replica=other: replica.stands_by, "it does not stand by")  # type: ignore[misc]
        others_stand_by.set()
        first.installation.line.watchers.remove(waits)

    def lease(self) -> tuple[str, int]:
        """Who has it, and the how-maniest time somebody does."""
        process, epoch = self.database.sql("SELECT process, epoch FROM shunter_lease")[0]
        return str(process), int(epoch)

    def acts(self, replica: Replica) -> bool:
        return f"process {replica.process.pid} " in self.lease()[0]

    def lease_runs_out(self) -> None:
        """As if half a minute had passed: for what need not be seen to last that long."""
        self.database.sql("UPDATE shunter_lease SET until = until - interval '1 minute'")

    def taken_over_by(self, *others: Replica, within: float) -> Replica:
        """Whichever of them acts."""
        found: list[Replica] = []

        def acts() -> bool:
            found[:] = [other for other in others if self.acts(other)]
            return bool(found)

        until(acts, f"nobody has taken over within {within:.0f} s", within)
        return found[0]

    def open_intents(self) -> int:
        with self._ledger() as ledger:
            return len(ledger.open_intents())

    def complaints(self) -> list[str]:
        """Every promise, held against the server's history and the ledger that they share, once all is quiet."""
        with self._ledger() as ledger:
            checker = Checker(self.azure, self._programme, self.heard)
            found = checker.when_quiet([ledger], lived_since=self.begins)
            return [*map(str, found), *ledger.check().breaks]

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        """As it is, of whatever version."""
        with closing(Database(OnServer(self.database.place, to_act=False))) as database:
            yield Ledger(database)


@contextmanager
def replicas_on(
    database: PostgresDatabase, azure: Azure, url: str, folder: Path, *, count: int, timeline: Timeline
) -> Iterator[Replicas]:
    with ExitStack() as stack:
        heard = stack.enter_context(overhearing(azure))
        every = [
            stack.enter_context(_a_replica(database, azure, url, folder, name=name, timeline=timeline))
            for name in NAMES[:count]
        ]
        yield Replicas(azure, database, timeline, heard, every)


@contextmanager
def _a_replica(
    database: PostgresDatabase, azure: Azure, url: str, folder: Path, *, name: str, timeline: Timeline
) -> Iterator[Replica]:
    store = f'url = "{database.url}"'
    with installed(azure, url, folder / name, name=name, store=store, timeline=timeline) as installation:
        with create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        installation.edit("backups = 7 ", "# backups = 7 ")
        installation.edit('format = "text"', 'format = "json"')
        installation.edit('# [health]\n# address = "127.0.0.1"', '[health]\naddress = "127.0.0.1"')
        installation.edit("# port = 8421 ", f"port = {port} ")
        yield Replica(installation, port)
