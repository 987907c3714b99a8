"""The ledger: what was meant to be done and why, and what came of it; only ever added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, delete, exists, func, insert, or_, select

from adapters.azure_devops.outcomes import Outcome
from adapters.store.chain import add, locked
from adapters.store.chain_check import Checked, began, check
from adapters.store.database import Database
from adapters.store.failures import StoreLost
from adapters.store.ledger_rows import entries_of, intent, intent_values, outcome_values, run_record
from adapters.store.ledger_tables import head, intents, outcomes, pulse, runs
from adapters.store.open_intents import is_open
from adapters.store.records import Entry, Intent, RunRecord
from adapters.store.retention import PORTION, remove_oldest
from bot.fence import may_be_unseen
from bot.plan import Action, ActionKind

SUCCESS = "DONE"
"""How a run ends that did everything it had to do: then each of its jobs has come through."""


# Statements are made once: to make one costs more than to carry it out.
_COUNT = select(func.count()).where(intents.c.run == bindparam("run"))
_HAS_ACTED = select(exists().where(intents.c.run == bindparam("run")))
_HEAD = select(head.c.chain)
_OPEN = select(intents).where(is_open()).order_by(intents.c.sequence)
_SETTLED = select(intents.c.id).where(intents.c.id.in_(bindparam("ids", expanding=True)), ~is_open())
_OPEN_CREATIONS = select(intents.c.subject, intents.c.at).where(is_open(), intents.c.item.is_(None))
_REFUSED = (
    select(case((intents.c.claim != "", intents.c.claim), else_=intents.c.subject), outcomes.c.words)
    .join(intents, intents.c.id == outcomes.c.intent)
    .where(outcomes.c.is_lasting, intents.c.item.is_(None), outcomes.c.at >= bindparam("since"))
)
_FORGET_PULSE = delete(pulse).where(pulse.c.job.in_(bindparam("jobs", expanding=True)))
_KEEP_PULSE = insert(pulse)


def _quarantined() -> Select[Any]:
    later, its_intent = outcomes.alias(), intents.alias()
    same = (its_intent.c.item == intents.c.item) & (its_intent.c.rev == intents.c.rev)
    overtaken = exists().where(later.c.intent == its_intent.c.id, same, later.c.sequence > outcomes.c.sequence)
    return (
        select(intents.c.item, intents.c.rev, outcomes.c.words)
        .join(intents, intents.c.id == outcomes.c.intent)
        .where(outcomes.c.is_lasting, intents.c.item.is_not(None), outcomes.c.at >= bindparam("since"), ~overtaken)
        .where(intents.c.kind != ActionKind.CLAIM_LIST.value)
    )


_QUARANTINED = _quarantined()


class Ledger:
    """Each call is one transaction; what it was to record stands on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def intend(self, run: str, actions: Sequence[Action], at: datetime) -> tuple[str, ...]:
        """To be called before anything is sent. The ids are unique for all times: a new store does not repeat them."""
        with self._database.writing() as connection:
            count = connection.scalar(_COUNT, {"run": run}) or 0
            ids = tuple(f"{run}.{number}" for number in range(count + 1, count + 1 + len(actions)))
            rows = [intent_values(id, run, action, at) for id, action in zip(ids, actions, strict=True)]
            if rows:
                add(connection, intents, rows, at)
        return ids

    def insist_on_acting(self) -> None:
        """`StoreTaken` where another process acts; any other `StoreError` where nothing could be written down."""
        try:
            self._insist()
        except StoreLost:
            self._insist()  # nothing has been read before, with which what is there now could be mixed

    def _insist(self) -> None:
        with self._database.writing(is_lasting=False):
            pass

    def conclude(self, ended: Mapping[str, Outcome], at: datetime, words: str = "") -> None:
        """What came of each intent, by its id. `words`: what there is to say of those that were applied.

        What another thread has concluded before stays as it is: a revision has one record.
        """
        if not ended:
            return
        with self._database.writing() as connection:
            settled = set(connection.scalars(_SETTLED, {"ids": list(ended)}))
            rows = [outcome_values(id, outcome, at, words) for id, outcome in ended.items() if id not in settled]
            if rows:
                add(connection, outcomes, rows, at)

    def record_run(self, run: str, at: datetime | None, jobs: Sequence[str], ending: str, why: str = "") -> None:
        """How a run ended. One that had nothing to do leaves no record but the pulse of its jobs."""
        with self._database.reading() as connection:
            is_idle = ending == SUCCESS and not connection.scalar(_HAS_ACTED, {"run": run})
        with self._database.writing(is_lasting=not is_idle) as connection:
            locked(connection)  # the pulse is of one writer at a time, too
            if not is_idle:
                row = {"run": run, "at": at, "jobs": list(jobs), "ending": ending, "why": why}
                add(connection, runs, [row], at)
            if ending == SUCCESS and at is not None:
                _feel_pulse(connection, jobs, at)

    def head(self) -> str:
        """The chain of the latest row: it stands for everything that has been recorded."""
        with self._database.reading() as connection:
            return str(connection.scalar(_HEAD))

    def began(self) -> datetime | None:
        """When the first row of this store was written, by the server's clock; None where there is none yet."""
        with self._database.reading() as connection:
            return began(connection)

    def check(self) -> Checked:
        """Whether every row stands as it was written."""
        with self._database.reading() as connection:
            return check(connection)

    def prune(self, before: datetime, at: datetime, portion: int = PORTION) -> int:
        """Removes what is older, a portion at most, and keeps what is still open; how many rows that were."""
        with self._database.writing() as connection:
            return remove_oldest(connection, before, at, portion)

    def open_intents(self) -> tuple[Intent, ...]:
        """Those of which nobody knows yet whether they were done: not concluded, or concluded as unknown."""
        with self._database.reading() as connection:
            return tuple(map(intent, connection.execute(_OPEN).mappings()))

    def uncertain_creations(self, now: datetime) -> frozenset[str]:
        """The subjects of creations that may still arrive, or be found: nobody knows what came of them."""
        with self._database.reading() as connection:
            found = connection.execute(_OPEN_CREATIONS)
            return frozenset(subject for subject, at in found if may_be_unseen(at, now))

    def refused_creations(self, since: datetime) -> Mapping[str, str]:
        """The claim of an RFC, or the subject of anything else, that was refused for good since then; and the words."""
        with self._database.reading() as connection:
            return {str(made): str(words) for made, words in connection.execute(_REFUSED, {"since": since})}

    def entries(self, item: int) -> tuple[Entry, ...]:
        """Everything that was done to a work item, oldest first; with what created it, and what it was the fence of."""
        made_it = select(outcomes.c.intent).where(outcomes.c.item == item)
        return self._entries(or_(intents.c.item == item, intents.c.list == item, intents.c.id.in_(made_it)))

    def entries_of_run(self, run: str) -> tuple[Entry, ...]:
        """Everything that a run meant to do, in its order; nothing where the run is not known here, or had nothing."""
        return self._entries(intents.c.run == run)

    def _entries(self, about: ColumnElement[bool]) -> tuple[Entry, ...]:
        with self._database.reading() as connection:
            found = connection.execute(select(intents).where(about).order_by(intents.c.sequence)).mappings().all()
            its_own = select(intents.c.id).where(about)
            came = select(outcomes).where(outcomes.c.intent.in_(its_own)).order_by(outcomes.c.sequence)
            return entries_of(found, connection.execute(came).mappings())

    def runs(self, limit: int) -> tuple[RunRecord, ...]:
        """The latest that did something or failed, newest first."""
        with self._database.reading() as connection:
            found = connection.execute(select(runs).order_by(runs.c.sequence.desc()).limit(limit)).mappings()
            return tuple(map(run_record, found))

    def record_of(self, run: str) -> RunRecord | None:
        """How the run ended; None where it is not known here, goes on still, or had nothing to do."""
        with self._database.reading() as connection:
            found = connection.execute(select(runs).where(runs.c.run == run)).mappings().first()
            return run_record(found) if found is not None else None

    def last_success(self, job: str) -> datetime | None:
        with self._database.reading() as connection:
            return connection.scalar(select(pulse.c.at).where(pulse.c.job == job))

    def quarantined(self, since: datetime) -> Mapping[tuple[int, int], str]:
        """Item and revision to the server's words, where the last it said was no, for good, and that since then.

        That a list cannot be claimed is a matter of its RFC: see `refused_creations`.
        """
        with self._database.reading() as connection:
            return {(item, rev): words for item, rev, words in connection.execute(_QUARANTINED, {"since": since})}


def _feel_pulse(connection: Connection, jobs: Sequence[str], at: datetime) -> None:
    connection.execute(_FORGET_PULSE, {"jobs": list(jobs)})
    if jobs:
        connection.execute(_KEEP_PULSE, [{"job": job, "at": at} for job in dict.fromkeys(jobs)])
