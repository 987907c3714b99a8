"""Vitals: what the service remembers of its looks, for whoever asks how it is; read by any thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from time import monotonic

from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.outcomes import Applied, Outcome
from adapters.azure_devops.traffic import Moved
from adapters.configuration.configuration import Configuration, Mode
from adapters.store.failures import StoreError
from adapters.store.this_process import this_process
from bot.canary import CanaryReport
from bot.picture import Picture
from bot.standing import standings
from bot.where import Where
from jobs.catch_up import EVERYTHING
from jobs.every_job import JOBS
from jobs.last_look import MOST, LastLook, keep_last_look, last_look
from jobs.run import Ending, Report
from jobs.signs import Signs
from jobs.world import World

LOOKED = frozenset({Ending.DONE, Ending.PARTLY_DONE})
"""One work item that is refused for good leaves every run partly done, and nobody is woken for it."""


class Vitals:
    """What the ledger has kept is known as soon as it is met: a process that has just begun is not well for that.

    `clock` is the machine's, and nothing is decided by it; `monotonic` gives seconds. `is_service`: another look
    follows. `mishaps`: how often what has happened to which job of the schedule, since the process began.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        is_service: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = monotonic,
        mishaps: Callable[[], Mapping[tuple[str, ...], int]] = dict,
    ) -> None:
        self._clock, self._monotonic, self._mishaps, self._is_service = clock, monotonic, mishaps, is_service
        self._world: World | None = None
        self._moved = monotonic()
        self._began: float | None = None
        self._came_through: float | None = None
        self._canary: CanaryReport | None = None
        self._signs = Signs(
            interval=configuration.poll_interval,
            acts=configuration.mode is Mode.ACT,
            started=clock(),
            succeeded=dict.fromkeys(JOBS),
            credential_ends=_end_of(configuration),
        )

    def meet(self, world: World) -> None:
        """To be called whenever a store has been opened. Raises StoreError where it cannot be read.

        What the server asked of the process before this one, it asks of this one too.
        """
        ledger = world.store.ledger
        succeeded = {job: ledger.last_success(job) for job in JOBS}
        before = last_look(world.store.mirror)
        if before is not None and before.told_until is not None:
            world.boards.gateway.rest_as_told((before.told_until - self._clock()).total_seconds())
        known = [at for at in (self._signs.last_success, *succeeded.values()) if at is not None]
        self._signs = replace(
            self._signs,
            succeeded=succeeded,
            backlog=before.backlog if before else {},
            waiting=before.waiting if before else {},
            server_time=before.server_time if before else None,
            last_success=max(known, default=None),
            uncertain=_uncertain(world),
            read_all=_read_all(world),
        )
        self._world = world

    def beginning(self, look: Callable[[], Report]) -> Callable[[], Report]:
        """The same look, of which it is known here when it begins."""

        def begun() -> Report:
            self.begin()
            return look()

        return begun

    def noting(self, told: Callable[[Report], None]) -> Callable[[Report], None]:
        """What is told is noted here first."""

        def noted(report: Report) -> None:
            self.note(report)
            told(report)

        return noted

    def begin(self) -> None:
        """A look begins."""
        self._began = self._moved = self._monotonic()

    def note(self, report: Report) -> None:
        """A look has ended so."""
        if report.stands_by:
            self.stand_by(report.stands_by)
            return
        now = self._monotonic()
        before, self._moved = self._signs, now
        has_looked = report.ending in LOOKED and report.picture is not None
        if has_looked:
            self._came_through = now
        signs = replace(
            before,
            ending=report.ending,
            why=report.why,
            is_passing=report.is_passing,
            read_only=report.read_only,
            stands_by="",
            stopped=report.stopped,
            suspicious=(*report.stopped, *report.skipped),
            failures=0 if has_looked else before.failures + 1,
            looks=Counter(before.looks) + Counter([report.ending]),
            writes=Counter(before.writes) + Counter((r.action.kind, result_of(r.outcome)) for r in report.results),
            planned=len(report.plan),
            took=None if self._began is None else now - self._began,
        )
        if report.picture is not None:
            signs = _with_what_it_saw(signs, report, report.picture)
        self._signs = self._with_store(signs, self._world) if self._world else signs

    def hear(self, canary: CanaryReport) -> None:
        """What the canary has proved, or not. It comes from another thread than the looks."""
        self._canary = canary

    def stand_by(self, why: str) -> None:
        """Another process acts; this one looks again later, and is alive meanwhile. What it found when it acted itself
        is not so any more, and no reason to wake anybody."""
        self._moved = self._monotonic()
        self._signs = replace(
            self._signs,
            stands_by=why,
            why="",
            read_only="",
            store="",
            failures=0,
            stopped=(),
            suspicious=(),
            backlog={},
            waiting={},
            uncertain=(),
        )
        self._canary = None

    def now(self) -> Signs:
        gateway = self._world.boards.gateway if self._world else None
        moved = gateway.traffic.moved() if gateway else Moved()
        latest, now = max(self._moved, moved.last or self._moved), self._monotonic()
        return replace(
            self._signs,
            silent=now - latest,
            since_success=None if self._came_through is None else now - self._came_through,
            resting=gateway.resting() if gateway else 0.0,
            moved=moved,
            mishaps=self._mishaps(),
            canary=self._canary,
        )

    def _with_store(self, signs: Signs, world: World) -> Signs:
        try:
            keep_last_look(self._last_look(signs, world.boards.gateway), world.store.mirror)
            return replace(signs, store="", uncertain=_uncertain(world), read_all=_read_all(world))
        except StoreError as failure:
            return replace(signs, store=str(failure))

    def _last_look(self, signs: Signs, gateway: Gateway) -> LastLook:
        at = self._clock()
        return LastLook(
            at=at,
            ending=signs.ending.name.lower() if signs.ending else "",
            why=signs.why,
            read_only=signs.read_only,
            next_look=at - timedelta(seconds=signs.took or 0) + signs.interval if self._is_service else None,
            waits_until=_after(at, gateway.resting()),
            told_until=_after(at, gateway.told()),
            server_time=signs.server_time,
            backlog=signs.backlog,
            waiting=signs.waiting,
            suspicious=signs.suspicious[:MOST],
            by=this_process(),
        )


def _after(at: datetime, seconds: float) -> datetime | None:
    return at + timedelta(seconds=seconds) if seconds else None


def _uncertain(world: World) -> tuple[datetime, ...]:
    return tuple(intent.at for intent in world.store.ledger.open_intents())


def _read_all(world: World) -> datetime | None:
    at = world.store.mirror.token(EVERYTHING)
    return None if at is None else datetime.fromisoformat(at)


def _end_of(configuration: Configuration) -> datetime | None:
    """The last moment of the last day on which the credential holds."""
    last = configuration.sign_in.expires
    if last is None:
        return None
    return datetime.combine(last + timedelta(days=1), time.min, configuration.programme.zone).astimezone(UTC)


def result_of(outcome: Outcome) -> str:
    return "applied" if isinstance(outcome, Applied) else type(outcome).__name__.lower()


def _with_what_it_saw(signs: Signs, report: Report, picture: Picture) -> Signs:
    found, facts = standings(picture), picture.facts
    to_move = {id for id, standing in found.items() if standing.where is Where.MOVE}
    done = report.ending is Ending.DONE
    return replace(
        signs,
        server_time=facts.now,
        suspicious=(*signs.suspicious, *facts.unnamed),
        last_success=facts.now if report.ending in LOOKED else signs.last_success,
        succeeded=dict.fromkeys(JOBS, facts.now) if done else signs.succeeded,
        backlog=Counter(standing.where for standing in found.values()),
        waiting=_since(to_move, signs.waiting, facts.now),
    )


def _since(ids: set[int], before: Mapping[int, datetime], now: datetime) -> Mapping[int, datetime]:
    return {id: before.get(id, now) for id in ids}
