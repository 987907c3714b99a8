"""Encoding: from a change in meanings to the JSON Patch that makes it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from adapters.azure_devops.instants import spell_day, spell_instant
from adapters.azure_devops.node import Json
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.azure_devops.spelling import LONG_TEXT, Spelling
from adapters.azure_devops.text_values import LINE_LIMIT, one_line, title
from bot.any_state import AnyState
from bot.change import Change, Document, Edit, Field, Link, Value
from bot.control_points import ControlPoints
from bot.list_page import ListPage
from bot.number import Number, ReleaseType
from bot.release_note import ReleaseNote
from bot.remark import Remark

HISTORY = "System.History"
Operation = dict[str, Json]
AT_PLACE = "/relations/"
NEW = "/relations/-"


class Unwritable(ValueError):
    """A change that cannot be written as this project spells things; the text says what is in the way."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the changes of one project are written. `url` is the organisation's; links name their targets under it."""

    spelling: Spelling
    render: Callable[[Document], str]
    url: str

    def creation(self, change: Change, assignee: str | None) -> list[Operation]:
        """A new item starts in the first state of its type, so that no state is sent."""
        edits = [edit for edit in change.edits if edit.field is not Field.STATE and edit.new is not None]
        operations = [self._edit(change, edit, is_new=True) for edit in edits]
        return operations + self._assignment(change, assignee) + [self._added(link) for link in change.links]

    def update(self, change: Change, assignee: str | None, row: ItemRow | None) -> list[Operation]:
        """`row`: the item, read closely, where links change: their indexes are the server's of that moment."""
        edits = [self._edit(change, edit, is_new=False) for edit in change.edits]
        work = edits + self._assignment(change, assignee) + self._links(change, row)
        return [operation("test", "/rev", change.rev), *work] if work else []

    def plain_value(self, change: Change, edit: Edit) -> Json:
        """What stands in the field when `edit` was applied, in the spelling that is sent."""
        return self._value(change, edit)

    def field(self, change: Change, meaning: Field) -> str:
        name = self.spelling.field(change.kind, meaning)
        if name is None and meaning is Field.REMARK:
            return HISTORY
        if name is None:
            raise Unwritable(f"the configuration names no field for '{meaning.value}' of a {change.kind.value}")
        return name

    def _edit(self, change: Change, edit: Edit, *, is_new: bool) -> Operation:
        path = f"/fields/{self.field(change, edit.field)}"
        if edit.new is None:
            return operation("remove", path)
        # `add` to tags would merge them with those that are there.
        verb = "replace" if edit.field is Field.TAGS and not is_new else "add"
        return operation(verb, path, self._value(change, edit))

    def _value(self, change: Change, edit: Edit) -> Json:
        match edit.new:
            case ListPage() | ReleaseNote() | ControlPoints() | Remark():
                return self.render(edit.new)
            case str():
                return _text(edit.field, edit.new)
            case _:
                return self._short(change, edit.new)

    def _short(self, change: Change, value: Value) -> Json:
        match value:
            case Number():
                return str(value)
            case ReleaseType():
                return value.value
            case datetime():
                return spell_instant(value)
            case date():
                return spell_day(value, self.spelling.zone)
            case Enum():
                return self._state(change, value)
            case _:
                return value

    def _state(self, change: Change, state: AnyState) -> str:
        name = self.spelling.written_state(change.kind, state)
        if name is not None:
            return name
        raise Unwritable(f"the configuration names no state of a {change.kind.value} for '{state.value}'")

    def _assignment(self, change: Change, assignee: str | None) -> list[Operation]:
        if assignee is None:
            return []
        return [operation("add", f"/fields/{self.field(change, Field.ASSIGNED_TO)}", one_line(assignee))]

    def _links(self, change: Change, row: ItemRow | None) -> list[Operation]:
        if not change.links and not change.unlinks:
            return []
        if row is None or row.relations is None:
            raise Unwritable("its links were not read")
        kept = {self.key(link) for link in change.links}
        gone = {self.key(link) for link in change.unlinks} - kept
        places = {(relation.rel, relation.target): index for index, relation in enumerate(row.relations)}
        comments = [o for link in change.links for o in self._commented(link, row.relations, places)]
        # From the highest down: a removal moves those behind it.
        removed = sorted((places[key] for key in gone if key in places), reverse=True)
        removals = [removal(place) for place in removed]
        added = [self._added(link) for link in change.links if self.key(link) not in places]
        return comments + removals + added

    def _commented(
        self, link: Link, relations: Sequence[Relation], places: dict[tuple[str, int | None], int]
    ) -> Iterator[Operation]:
        """A link that is there already gets its words changed: it cannot be added twice."""
        place = places.get(self.key(link))
        if place is not None and relations[place].comment != self.words(link):
            yield worded(place, self.words(link))

    def key(self, link: Link) -> tuple[str, int | None]:
        return self.rel(link), link.target

    def words(self, link: Link) -> str:
        """As they are written beside it, and come back."""
        return one_line(link.comment)[:LINE_LIMIT]

    def rel(self, link: Link) -> str:
        name = self.spelling.links.get(link.kind)
        if name is None:
            raise Unwritable(f"the configuration names no link type for '{link.kind.value}'")
        return name

    def _added(self, link: Link) -> Operation:
        url = f"{self.url}/_apis/wit/workItems/{link.target:d}"
        comment = self.words(link)
        attributes = {"attributes": {"comment": comment}} if comment else {}
        return operation("add", NEW, {"rel": self.rel(link), "url": url, **attributes})


def _text(field: Field, text: str) -> str:
    if field is Field.TITLE:
        return title(text)
    if field in LONG_TEXT:
        return html.escape(text).replace("\n", "<br>")
    line = one_line(text)
    if len(line) > LINE_LIMIT and field is not Field.TAGS:
        raise Unwritable(f"'{field.value}' would have {len(line)} characters; Azure DevOps takes {LINE_LIMIT}")
    return line


def removal(place: int) -> Operation:
    """Of the link that stands there among the item's links."""
    return operation("remove", f"{AT_PLACE}{place}")


def worded(place: int, words: str) -> Operation:
    return operation("replace", f"{AT_PLACE}{place}/attributes/comment", words)


def operation(op: str, path: str, value: Json = None) -> Operation:
    return {"op": op, "path": path} | ({} if value is None else {"value": value})
