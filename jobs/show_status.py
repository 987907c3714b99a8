"""Showing the status: how the service is, from what it has left in the store; nothing is asked of Azure DevOps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.configuration.configuration import Configuration
from adapters.store.server import Server
from adapters.store.store import Store, opened
from adapters.terminal.talk import Output, Talk, plain
from bot.dates import lasting
from bot.overview import BucketRow
from bot.where import Where
from jobs.catch_up import EVERYTHING
from jobs.every_job import JOBS
from jobs.last_look import LastLook, last_look

RUNS = 10
CLOCKS = "Ages are by this machine's clock; looks and waits by that of the service's machine, all else by the server's."


@dataclass(frozen=True, slots=True)
class Service:
    """Its last look, and what it knew then; `waits_until`: before that it asks Azure DevOps nothing.

    `last_look`, `next_look` and `waits_until` are by the clock of its machine, what else is an instant by the server's.
    """

    mode: str
    store: str
    store_bytes: int | None
    sign_in_ends: date | None = None
    full_read: datetime | None = None
    last_look: datetime | None = None
    looked_by: str = ""
    ago: timedelta | None = None
    ending: str = ""
    why: str = ""
    read_only: str = ""
    next_look: datetime | None = None
    waits_until: datetime | None = None
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """When a job last came through, by the server's clock, and how long ago that is by this machine's."""

    job: str
    last_success: datetime | None
    age: timedelta | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """How a run ended that did something, or failed."""

    run: str
    at: datetime | None
    ending: str
    why: str


@dataclass(frozen=True, slots=True)
class UncertainRow:
    """A write of which nobody knows yet whether it was done."""

    at: datetime
    run: str
    action: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class SuspiciousRow:
    """What the last look left alone, or could not make out."""

    what: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of the store."""

    table: str
    rows: int


def show_status(configuration: Configuration, said: Talk, *, now: datetime | None = None) -> int:
    now = now or datetime.now(UTC)
    with opened(configuration.store) as store:
        look = last_look(store.mirror)
        service = _service(configuration, store, look, now)
        tables = _tables(store, look, now)
    if said.output is Output.JSON:
        rows = {title.replace(" ", "_"): [plain(row) for row in table] for title, table in tables.items()}
        said.json({"service": plain(service), **rows})
        return 0
    said.record(service)
    said.tables(tables)
    said.say(CLOCKS)
    for words in _silence(look, now):
        said.say(words)
    return 0


def _service(configuration: Configuration, store: Store, look: LastLook | None, now: datetime) -> Service:
    read = store.mirror.token(EVERYTHING)
    service = Service(
        mode=configuration.mode.value,
        store=str(configuration.store),
        store_bytes=_size(configuration.store),
        sign_in_ends=configuration.sign_in.expires,
        full_read=datetime.fromisoformat(read) if read else None,
    )
    if look is None:
        return service
    return replace(
        service,
        last_look=look.at,
        looked_by=look.by,
        ago=_age(look.at, now),
        ending=look.ending.replace("_", " "),
        why=look.why,
        read_only=look.read_only,
        next_look=look.next_look,
        waits_until=look.waits_until,
        server_time=look.server_time,
    )


def _tables(store: Store, look: LastLook | None, now: datetime) -> Mapping[str, Sequence[object]]:
    ledger = store.ledger
    return {
        "jobs": tuple(_job(job, ledger.last_success(job), now) for job in JOBS),
        "backlog": tuple(BucketRow(where.value, look.backlog.get(where, 0)) for where in Where) if look else (),
        "suspicious": tuple(map(SuspiciousRow, look.suspicious)) if look else (),
        "runs": tuple(RunRow(r.run, r.at, r.ending.lower(), r.why) for r in ledger.runs(RUNS)),
        "uncertain": tuple(UncertainRow(i.at, i.run, i.kind, i.subject, i.reason) for i in ledger.open_intents()),
        "store": tuple(TableRow(table, rows) for table, rows in store.mirror.sizes().items()),
    }


def _job(job: str, at: datetime | None, now: datetime) -> JobRow:
    return JobRow(job.replace("_", " "), at, None if at is None else _age(at, now))


def _age(at: datetime, now: datetime) -> timedelta:
    """A server whose clock is ahead has done nothing in the future."""
    return max(now - at, timedelta())


def _silence(look: LastLook | None, now: datetime) -> Sequence[str]:
    if look is None:
        return ("Nobody has looked with this store yet: start `shunter run`.",)
    if look.next_look is not None and now - look.next_look > look.next_look - look.at:
        return (f"The next look has been due for {lasting(now - look.next_look)}: is `shunter run` running?",)
    return ()


def _size(store: Path | Server) -> int | None:
    """With what SQLite keeps beside the file; a server knows its own."""
    if isinstance(store, Server):
        return None
    files = (store, store.with_name(f"{store.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
