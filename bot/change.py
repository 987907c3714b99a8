"""Changes of work items, in meanings: which field gets which value, which links come and go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.any_state import AnyState
from bot.control_points import ControlPoints
from bot.defect import Kind
from bot.list_page import ListPage
from bot.number import Number, ReleaseType
from bot.release_note import ReleaseNote
from bot.remark import Remark


class Field(Enum):
    """What a field means to the process; the value is how `plan` calls it. Spellings are configuration."""

    TITLE = "title"
    STATE = "state"
    ASSIGNED_TO = "assigned to"
    TAGS = "tags"
    REMARK = "history"
    RAISED_BY = "raised by"
    COMMENT_COUNT = "comments"
    BODY = "list"
    SEVERITY = "severity"
    PRIORITY = "priority"
    FOUND_IN = "found in"
    PARTY = "party"
    VERSION = "version"
    PLANNED_FOR = "planned for"
    TESTED_IN = "tested in"
    RETESTED_BY = "retest by"
    DELIVERED_BY = "delivered by"
    WORKAROUND = "workaround"
    SUMMARY = "summary"
    ENVIRONMENT = "environment"
    NUMBER = "number"
    TYPE = "type"
    ROADMAP = "roadmap name"
    WINDOW_START = "window start"
    WINDOW_END = "window end"
    EDITION = "edition"
    SEAL = "seal"
    WAIVER = "waiver"
    WRITTEN = "written"
    SEQUENCE = "sequence"
    CLAIM = "claim"
    LIST = "candidate list"
    INTENT = "intent"
    NOTE = "release note"
    WAY_BACK = "way back"
    DOWNTIME = "downtime"
    INSTRUCTIONS = "instructions"
    ANSWERS = "answers"
    CONTROL_POINTS = "control points"
    DELIVERED = "delivered list"
    ACCEPTED = "accepted"
    ATTEMPT = "attempt"
    DEPLOYED_AT = "deployed at"
    OUTCOME = "outcome"
    EVIDENCE = "evidence"
    SMOKE = "smoke test"
    ISSUES = "issues"

    __hash__ = object.__hash__  # each is one: by name it takes longer than what is looked up by it


class LinkKind(Enum):
    """What a link between two work items means. The direction is from the item that is changed."""

    ENTRY = "entry"
    FIX = "fix"
    LIST = "candidate list"
    RFC = "RFC"
    DEPENDS_ON = "depends on"
    DUPLICATE_OF = "duplicate of"


Document = ListPage | ReleaseNote | ControlPoints | Remark
Value = str | int | date | datetime | AnyState | Number | ReleaseType | Document | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One field, from what was read to what shall be. `old` is None where it was not read or is empty."""

    field: Field
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the work item `target`, with the words that stand on it."""

    kind: LinkKind
    target: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one write does to one work item: everything or nothing.

    `id` and `rev` are None for a work item that is to be created; otherwise the write counts only
    against revision `rev`. `assignees` are tried in this order; the state does not wait for a name.
    """

    kind: Kind
    id: int | None
    rev: int | None
    edits: tuple[Edit, ...] = ()
    links: tuple[Link, ...] = ()
    unlinks: tuple[Link, ...] = ()
    assignees: tuple[str, ...] = ()

    def new(self, field: Field) -> Value:
        return next((edit.new for edit in self.edits if edit.field is field), None)
