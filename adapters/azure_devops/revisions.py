"""Revisions: the history of a work item, read into what each hand changed, and under which mark of the bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from adapters.azure_devops import people
from adapters.azure_devops.encode import HISTORY
from adapters.azure_devops.node import Json, Node
from adapters.azure_devops.row_fields import RowFields
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.spelling import LONG_TEXT, PEOPLE, Spelling
from adapters.azure_devops.text_values import plain
from adapters.azure_devops.updates import steps
from bot.change import Edit, Field, Value
from bot.defect import Kind
from bot.revision import Revision
from bot.written import Written, read_mark, read_signature

TEXT = "(text)"
"""What stands for a long text: Azure DevOps keeps every revision of it itself."""
_NUMBERS = frozenset({Field.DELIVERED_BY, Field.LIST, Field.EDITION, Field.SEQUENCE, Field.ATTEMPT})
_INSTANTS = frozenset({Field.WINDOW_START, Field.WINDOW_END, Field.DEPLOYED_AT})


def revisions(updates: Sequence[Node], kind: Kind, spelling: Spelling) -> tuple[Revision, ...]:
    """One for each revision, as of `steps`; links make none."""
    return tuple(_revisions(updates, kind, spelling))


def _revisions(updates: Sequence[Node], kind: Kind, spelling: Spelling) -> Iterator[Revision]:
    changed = {update.number("rev"): update.mapping("fields") for update in reversed(updates) if update.get("fields")}
    mark: Written | None = None
    for step in steps(updates, kind, spelling):
        fields = changed[step.rev]
        mark = _mark(fields, kind, spelling, mark)
        yield Revision(step.rev, step.at, step.by, tuple(_edits(fields, kind, spelling)), mark)


def _mark(fields: Mapping[str, Json], kind: Kind, spelling: Spelling, before: Written | None) -> Written | None:
    """In the field of a list or RFC it stands until the next one; in the history of a defect it is of one revision."""
    name = spelling.field(kind, Field.WRITTEN)
    if name is None:
        return read_signature(plain(str(_side(fields.get(HISTORY), "newValue") or "")))
    return read_mark(str(_side(fields[name], "newValue") or "")) if name in fields else before


def _edits(fields: Mapping[str, Json], kind: Kind, spelling: Spelling) -> Iterator[Edit]:
    old, new = (_row(fields, side, spelling.types[kind][0]) for side in ("oldValue", "newValue"))
    names = {meaning: name for (of, meaning), name in spelling.fields.items() if of is kind}
    for meaning, name in {Field.REMARK: HISTORY, **names}.items():
        if name not in fields or meaning is Field.WRITTEN:
            continue
        if meaning not in LONG_TEXT:
            before, after = (_value(RowFields(row, kind, spelling), meaning, name) for row in (old, new))
            yield Edit(meaning, before, after)
        elif meaning is not Field.REMARK or name in new.fields:
            # What was said is of one revision: the next one takes nothing away by saying nothing.
            yield Edit(meaning, None, TEXT)


def _row(fields: Mapping[str, Json], side: str, type_name: str) -> ItemRow:
    found = {name: _side(change, side) for name, change in fields.items()}
    kept = {n: v for n, v in found.items() if isinstance(v, str | int | float | bool) and v != ""}
    return ItemRow(0, 0, type_name, kept)


def _side(change: Json, side: str) -> Json:
    value = change.get(side) if isinstance(change, dict) else None
    return people.spelled(value) or value


def _value(of: RowFields, meaning: Field, name: str) -> Value:
    if name not in of.row.fields:
        return None
    if meaning is Field.STATE:
        return of.state()
    if meaning in PEOPLE:
        return of.person(meaning)
    if meaning in _NUMBERS:
        return of.number(meaning)
    if meaning in _INSTANTS:
        return of.instant(meaning)
    return of.day(meaning) if meaning is Field.PLANNED_FOR else of.text(meaning)
