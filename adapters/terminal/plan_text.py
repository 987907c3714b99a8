"""A plan in words: each action with its rule and reason, and field by field what was and what would be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from adapters.readable import PARAGRAPH, readable
from bot.change import Change, Document, Edit, Value
from bot.control_points import ControlPoints
from bot.dates import spoken, spoken_day
from bot.list_page import ListPage
from bot.plan import Action, Plan
from bot.release_note import ReleaseNote
from bot.remark import Remark


def plan_lines(plan: Plan, zone: ZoneInfo) -> Iterator[str]:
    for action in plan:
        yield f"{action.subject}: {action.kind.value}"
        yield f"    because {readable(action.reason)} (rule {action.rule})"
        yield from (f"    {line}" for line in _changed(action.change, zone))
        yield ""


def plan_data(plan: Plan, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The same for machines: instants in ISO 8601."""
    return [_data(action, zone) for action in plan]


def described(value: Value, zone: ZoneInfo) -> str:
    """A value in few words: a document by what is on it."""
    match value:
        case ListPage() | ReleaseNote() | ControlPoints() | Remark():
            return _document(value)
        case datetime():
            return spoken(value, zone)
        case date():
            return spoken_day(value)
        case Enum():
            return str(value.value)
        case _:
            return readable(str(value)) if value not in (None, "") else "(empty)"


def _document(document: Document) -> str:
    match document:
        case ListPage():
            return f"text: {document.count} in, {len(document.left_out)} left out"
        case ReleaseNote():
            return f"note: fixes and change requests: {document.count}; known issues: {len(document.known_issues)}"
        case ControlPoints():
            return f"ten points; next: {document.next_step}"
        case Remark():
            return readable(" ".join(document.sentences), PARAGRAPH)


def _changed(change: Change, zone: ZoneInfo) -> Iterator[str]:
    for edit in change.edits:
        yield f"{edit.field.value:16} {_difference(edit, zone)}"
    if change.assignees:
        yield f"{'assigned to':16} → {', else '.join(map(readable, change.assignees))}"
    for link in change.unlinks:
        yield f"{'- link':16} {link.kind.value} {link.target}"
    for link in change.links:
        yield f"{'+ link':16} {link.kind.value} {link.target}" + (
            f" ({readable(link.comment)})" if link.comment else ""
        )


def _difference(edit: Edit, zone: ZoneInfo) -> str:
    new = described(edit.new, zone)
    return f"→ {new}" if edit.old in (None, "") else f"{described(edit.old, zone)} → {new}"


def _data(action: Action, zone: ZoneInfo) -> dict[str, Any]:
    change = action.change
    return {
        "action": action.kind.value,
        "subject": action.subject,
        "rule": action.rule,
        "reason": action.reason,
        "id": change.id,
        "rev": change.rev,
        "fields": {e.field.value: {"old": _iso(e.old, zone), "new": _iso(e.new, zone)} for e in change.edits},
        "assignees": list(change.assignees),
        "links": [{"kind": li.kind.value, "target": li.target, "comment": li.comment} for li in change.links],
        "unlinks": [{"kind": li.kind.value, "target": li.target} for li in change.unlinks],
    }


def _iso(value: Value, zone: ZoneInfo) -> str | int | None:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else described(value, zone)
