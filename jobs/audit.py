"""Auditing a run: what it did, work item by work item, from the ledger; else from what the work items carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.configuration.configuration import Configuration
from adapters.store.differences import Difference, text_of
from adapters.store.records import Entry, Result
from adapters.store.store import opened
from adapters.terminal.talk import Talk
from bot.dates import spoken
from bot.revision import Trace
from jobs.find_run import items_of, traces, unknown
from jobs.run import Ending
from jobs.wiring import boards_of, private_cache


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One write of a run. `revision` is the one that it made; `changes` are from what was to what is."""

    id: int | None
    subject: str
    rule: str
    outcome: str
    revision: int | None
    action: str
    why: str
    changes: tuple[str, ...]


def show_audit(configuration: Configuration, said: Talk, run: str) -> int:
    with opened(configuration.store) as store:
        entries, record = store.ledger.entries_of_run(run), store.ledger.record_of(run)
    if record is not None:
        at = f", {spoken(record.at, configuration.programme.zone)}" if record.at is not None else ""
        said.say(f"run {run}{at}: {record.ending.lower().replace('_', ' ')}{record.why and f'; {record.why}'}")
    if entries or record is not None:
        said.rows("writes", [_of_entry(entry) for entry in entries])
        return 0
    return _show_recovered(configuration, said, run)


def _show_recovered(configuration: Configuration, said: Talk, run: str) -> int:
    private_cache(configuration.folder)
    boards, bot = boards_of(configuration, Event()), configuration.sign_in.account
    try:
        boards.signed_in_as()  # the first answer: from here on the server's time is known
        rows = boards.closely(items_of(run, (), boards, configuration))
        found = [row for trace in traces(rows, boards, configuration.spelling) for row in _of_trace(trace, run, bot)]
    except Failure as failure:
        said.say(f"{configuration.connection.organisation_url}: {failure}")
        return Ending.of(failure).value
    if not found:
        said.say(unknown(run))
        return Ending.FAILED.value
    said.say(f"the store has no record of run {run}: this is what the work items tell of it")
    said.rows("writes", found)
    return 0


def _of_entry(entry: Entry) -> AuditRow:
    intent, came = entry.intent, entry.conclusions[-1] if entry.conclusions else None
    return AuditRow(
        id=came.item if came is not None and came.item is not None else intent.item,
        subject=intent.subject,
        rule=intent.rule,
        outcome=came.result.value if came is not None else "unknown",
        revision=came.rev if came is not None else None,
        action=intent.kind,
        why=f"{intent.reason}{came.words and f' ({came.words})' if came is not None else ''}",
        changes=tuple(_changes(intent.differences)),
    )


def _of_trace(trace: Trace, run: str, bot: str) -> Iterator[AuditRow]:
    for made in trace.made_by(run, bot):
        if made.mark is not None:
            differences = (Difference(e.field.value, text_of(e.old), text_of(e.new)) for e in made.edits)
            action = "created" if made.rev == 1 else "changed"
            changes = tuple(_changes(differences))
            yield AuditRow(
                trace.id, trace.name, made.mark.rule, Result.APPLIED.value, made.rev, action, made.mark.reason, changes
            )


def _changes(differences: Iterable[Difference]) -> Iterator[str]:
    told = (d for d in differences if d.old != d.new)
    yield from (f"{d.field}{d.old and f': {d.old}'} → {d.new or '(empty)'}" for d in told)
