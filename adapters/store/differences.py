"""Differences: what a change does to a work item, field by field, as text that still reads in years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.change import Change, Field, Link, Value
from bot.control_points import ControlPoints
from bot.list_page import ListPage
from bot.release_note import ReleaseNote
from bot.remark import Remark
from bot.written import digest_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, link or assignment, from what was read to what shall be; empty where there is nothing."""

    field: str
    old: str
    new: str


def differences(change: Change) -> tuple[Difference, ...]:
    return tuple(_all(change))


def _all(change: Change) -> Iterator[Difference]:
    for edit in change.edits:
        yield Difference(edit.field.value, text_of(edit.old), text_of(edit.new))
    if change.assignees:
        yield Difference(Field.ASSIGNED_TO.value, "", ", else ".join(change.assignees))
    yield from (Difference(f"link: {link.kind.value}", "", _spelled(link)) for link in change.links)
    yield from (Difference(f"link: {link.kind.value}", _spelled(link), "") for link in change.unlinks)


def text_of(value: Value) -> str:
    """A whole page stands as its heading and a digest: Azure DevOps keeps every revision of the text itself."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case Remark():
            return " ".join(value.sentences)
        case ListPage():
            return f"{value.heading} ({value.count} fixes, text {digest_of(value)})"
        case ReleaseNote():
            return f"{value.title} ({value.count} fixes, text {digest_of(value)})"
        case ControlPoints():
            return f"{value.next_step} (text {digest_of(value)})"
        case _:
            return str(value)


def _spelled(link: Link) -> str:
    return f"{link.target} ({link.comment})" if link.comment else str(link.target)
