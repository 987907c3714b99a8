"""Vitals: what the service remembers of its looks, for whoever asks how it is; fed by one thread, read by any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from threading import Lock

from adapters.azure_devops.outcomes import Applied, Outcome
from adapters.configuration.configuration import Configuration
from adapters.store.failures import StoreError
from bot.facts import Facts
from bot.picture import Picture
from bot.standing import standings
from bot.where import Where
from jobs.catch_up import EVERYTHING
from jobs.every_job import JOBS
from jobs.last_look import MOST, LastLook, keep_last_look
from jobs.run import Ending, Report
from jobs.signs import Signs
from jobs.world import World

LOOKED = frozenset({Ending.DONE, Ending.PARTLY_DONE})
"""One work item that is refused for good leaves every run partly done, and nobody is woken for it."""


class Vitals:
    """At its start it knows what the ledger has kept: a process that has just begun is not well for that.

    `clock` is the machine's; nothing is decided by it. `is_service`: another look follows.
    """

    def __init__(
        self,
        world: World,
        configuration: Configuration,
        *,
        is_service: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._world, self._clock, self._is_service = world, clock, is_service
        self._missed = Counter[str]()
        self._lock = Lock()
        self._zone = configuration.programme.zone
        ledger = world.store.ledger
        succeeded = {job: ledger.last_success(job) for job in JOBS}
        self._moved = world.boards.monotonic()
        self._began: float | None = None
        self._came_through: float | None = None
        self._signs = Signs(
            interval=configuration.poll_interval,
            acts=world.may_act,
            succeeded=succeeded,
            last_success=max((at for at in succeeded.values() if at), default=None),
            uncertain=self._uncertain(),
            read_all=self._read_all(),
            credential_ends=self._end_of(configuration),
        )

    def begin(self) -> None:
        """A look begins."""
        self._began = self._moved = self._world.boards.monotonic()

    def note(self, report: Report) -> None:
        """A look has ended so."""
        now = self._world.boards.monotonic()
        before, self._moved = self._signs, now
        has_looked = report.ending in LOOKED and report.facts is not None
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
        if report.facts is not None:
            signs = _with_facts(signs, report, report.facts)
        self._signs = self._with_store(signs)

    def _last_look(self, signs: Signs) -> LastLook:
        at, resting = self._clock(), self._world.boards.gateway.resting()
        return LastLook(
            at=at,
            ending=signs.ending.name.lower() if signs.ending else "",
            why=signs.why,
            read_only=signs.read_only,
            next_look=at - timedelta(seconds=signs.took or 0) + signs.interval if self._is_service else None,
            throttled_until=at + timedelta(seconds=resting) if resting else None,
            server_time=signs.server_time,
            backlog=signs.backlog,
            suspicious=signs.suspicious[:MOST],
        )

    def stand_by(self, why: str) -> None:
        """Another process acts; this one looks again later, and is alive meanwhile."""
        self._moved = self._world.boards.monotonic()
        self._signs = replace(self._signs, stands_by=why)

    def miss(self, why: str) -> None:
        """A look was due, and did not happen. `why` is one of a few words."""
        with self._lock:
            self._missed[why] += 1

    def now(self) -> Signs:
        gateway = self._world.boards.gateway
        now, moved = self._world.boards.monotonic(), gateway.traffic.moved()
        return replace(
            self._signs,
            silent=now - max(self._moved, moved.last or self._moved),
            since_success=None if self._came_through is None else now - self._came_through,
            resting=gateway.resting(),
            missed=dict(self._missed),
            moved=moved,
        )

    def _with_store(self, signs: Signs) -> Signs:
        try:
            keep_last_look(self._last_look(signs), self._world.store.mirror)
            return replace(signs, store="", uncertain=self._uncertain(), read_all=self._read_all())
        except StoreError as failure:
            return replace(signs, store=str(failure))

    def _uncertain(self) -> tuple[datetime, ...]:
        return tuple(intent.at for intent in self._world.store.ledger.open_intents())

    def _read_all(self) -> datetime | None:
        at = self._world.store.mirror.token(EVERYTHING)
        return None if at is None else datetime.fromisoformat(at)

    def _end_of(self, configuration: Configuration) -> datetime | None:
        """The last moment of the last day."""
        last = configuration.sign_in.expires
        if last is None:
            return None
        return datetime.combine(last + timedelta(days=1), time.min, self._zone).astimezone(UTC)


def result_of(outcome: Outcome) -> str:
    return "applied" if isinstance(outcome, Applied) else type(outcome).__name__.lower()


def _with_facts(signs: Signs, report: Report, facts: Facts) -> Signs:
    found = standings(Picture(facts))
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
