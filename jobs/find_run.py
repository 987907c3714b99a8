"""Finding a run: the work items that it wrote, and what their revisions tell; the store only shortens the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.spelling import Spelling
from adapters.configuration.configuration import Configuration
from adapters.store.failures import StoreError
from adapters.store.records import Entry, Result
from adapters.store.store import opened
from bot.change import Field
from bot.defect import Kind
from bot.revision import Trace
from bot.written import Written, read_mark

REACH = timedelta(days=14)
"""How far back the project is searched for a run that the store does not know."""


def in_ledger(run: str, configuration: Configuration) -> tuple[Entry, ...]:
    """What the store tells of the run: nothing where there is none here, or none that this person may read."""
    if isinstance(configuration.store, Path) and not os.access(configuration.store, os.R_OK):
        return ()
    try:
        with opened(configuration.store) as store:
            return store.ledger.entries_of_run(run)
    except StoreError:
        return ()


def items_of(run: str, entries: Sequence[Entry], boards: Boards, configuration: Configuration) -> frozenset[int]:
    """What the ledger names. The project is searched where it names nothing, or does not know what it has made."""
    is_whole = all(e.intent.item is not None or _created(e) is not None for e in entries)
    named = named_in(entries)
    return named if entries and is_whole else named | _searched(run, boards, configuration)


def named_in(entries: Sequence[Entry]) -> frozenset[int]:
    """What a run meant to write, the lists under whose fence it did so, and what it made."""
    ids = {id for e in entries for id in (e.intent.item, e.intent.list_id, _created(e))}
    return frozenset(id for id in ids if id is not None)


def traces(rows: Iterable[ItemRow], boards: Boards, spelling: Spelling) -> Iterator[Trace]:
    """The whole history of each, by one request or more."""
    for row in rows:
        kind = spelling.kind_of(row.type)
        if kind is not None:
            yield Trace(kind, row.id, boards.revisions(row.id, kind))


def mark_of(row: ItemRow, spelling: Spelling) -> Written | None:
    """Which run last wrote on it, by its own words; None where it is no list or RFC, or bears no mark."""
    kind = spelling.kind_of(row.type)
    if kind not in (Kind.LIST, Kind.RFC):
        return None
    return read_mark(str(row.fields.get(spelling.field(kind, Field.WRITTEN) or "", "")))


def unknown(run: str) -> str:
    """That nothing is known of it, and what a person can do."""
    return (
        f"run {run} is not known: the store that is read here has no record of it, and nothing that Shunter wrote "
        f"in the last {REACH.days} days carries it, as far as Azure DevOps tells by now. `shunter status` names the "
        "latest runs, where Shunter runs; the history of each work item names the run of each of its writes, and what "
        "is older is put back there, by hand"
    )


def _created(entry: Entry) -> int | None:
    return next((c.item for c in reversed(entry.conclusions) if c.result is Result.APPLIED), None)


def _searched(run: str, boards: Boards, configuration: Configuration) -> frozenset[int]:
    """The lists and RFCs that carry its mark, and every defect that Shunter wrote: their histories tell which."""
    since = boards.server_time() - REACH
    rows = boards.revisions_by(configuration.sign_in.account, since)
    return frozenset(row.id for row in rows if _may_be_of(run, row, configuration.spelling))


def _may_be_of(run: str, row: ItemRow, spelling: Spelling) -> bool:
    kind = spelling.kind_of(row.type)
    if kind not in (Kind.LIST, Kind.RFC):
        return kind is not None
    mark = mark_of(row, spelling)
    return mark is not None and mark.run == run
