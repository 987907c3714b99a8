"""A work item with its whole history, as the server keeps it. A value: each change makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.person import Person
from adapters.sandbox.process import ProcessType
from adapters.sandbox.relation import Relation
from adapters.sandbox.system_fields import IS_DELETED, STATE, TAGS

FieldValue = str | int | float | bool | datetime | Person
Fields = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class Revision:
    """`watermark` orders the revisions of all items; `comment` is what was said with this change."""

    id: int
    rev: int
    watermark: int
    by: Person
    at: datetime
    fields: Fields
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """One entry of the `updates` of an item: a revision, or a change of links that made none."""

    id: int
    rev: int
    by: Person
    at: datetime
    before: Revision | None
    after: Revision
    added: tuple[Relation, ...] = ()
    removed: tuple[Relation, ...] = ()
    edited: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    text: str
    by: Person
    at: datetime
    version: int = 1
    edited_by: Person | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """`relations` stand in the server's order; an empty field is absent from `fields`.

    `markdown`: the fields of several lines that hold no HTML any more. `is_gone`: destroyed, or in another project
    now; here nobody sees it again, and no feed says so.
    """

    id: int
    type: ProcessType
    history: tuple[Revision, ...]
    relations: tuple[Relation, ...] = ()
    updates: tuple[Update, ...] = ()
    comments: tuple[Comment, ...] = ()
    markdown: frozenset[str] = frozenset()
    is_gone: bool = False

    @property
    def latest(self) -> Revision:
        return self.history[-1]

    @property
    def rev(self) -> int:
        return self.latest.rev

    @property
    def fields(self) -> Fields:
        return self.latest.fields

    @property
    def state(self) -> str:
        return str(self.fields[STATE])

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(str(self.fields.get(TAGS, "")).split("; ")) if TAGS in self.fields else ()

    @property
    def is_deleted(self) -> bool:
        return bool(self.fields.get(IS_DELETED, False))

    @property
    def is_there(self) -> bool:
        return not self.is_deleted and not self.is_gone

    def as_of(self, at: datetime) -> Revision | None:
        """None: it did not exist then."""
        return next((revision for revision in reversed(self.history) if revision.at <= at), None)

    def links(self, rel: str) -> tuple[int, ...]:
        """The ids at the other end of the links of this type, lowest first."""
        return tuple(sorted(r.target for r in self.relations if r.rel == rel and r.target is not None))
