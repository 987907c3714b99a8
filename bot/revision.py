"""Revisions: what each hand changed on a work item, and which of it was done by one run of Shunter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.change import Edit, Field, Value
from bot.defect import Kind
from bot.written import Written


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision. Of a long text `edits` tell only that it changed. `mark` is the bot's that stands on it then."""

    rev: int
    at: datetime
    by: str
    edits: tuple[Edit, ...] = ()
    mark: Written | None = None

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(edit.field for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Trace:
    """All revisions of one work item, oldest first."""

    kind: Kind
    id: int
    revisions: tuple[Revision, ...]

    @property
    def name(self) -> str:
        return f"{self.kind.value if self.kind is not Kind.LIST else 'list'} {self.id}"

    @property
    def rev(self) -> int:
        return self.revisions[-1].rev

    def value(self, field: Field) -> Value:
        """What stands in the field."""
        written = (edit.new for revision in reversed(self.revisions) for edit in revision.edits if edit.field is field)
        return next(written, None)

    def made_by(self, run: str, bot: str) -> tuple[Revision, ...]:
        """Only under the bot's own account is a mark its own: anybody can write the same words."""
        return tuple(r for r in self.revisions if r.by == bot and r.mark is not None and r.mark.run == run)


def net(revisions: tuple[Revision, ...]) -> dict[Field, Edit]:
    """From what was before the first of them to what was after the last, by field."""
    found: dict[Field, Edit] = {}
    for edit in (edit for revision in revisions for edit in revision.edits):
        earlier = found.get(edit.field, edit)
        found[edit.field] = Edit(edit.field, earlier.old, edit.new)
    return found
