"""Settling: what became of a write, told from what stands in Azure DevOps afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from adapters.azure_devops.encode import Encoding
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.node import Json
from adapters.azure_devops.outcomes import Applied, Refused, Unknown
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.reading import CHANGED_BY
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.spelling import LONG_TEXT, PEOPLE
from bot.change import Change, Edit, Field


@dataclass(frozen=True, slots=True)
class Settling:
    """`revision` gives one past revision of an item; `me` is our sign-in name.

    Each write is guarded by the revision that it was decided on. So if it was applied at all, then as the very
    next one, and once another revision stands there it never will be.
    """

    encoding: Encoding
    me: str
    revision: Callable[[int, int], ItemRow | None]

    def settle(self, change: Change, rev: int, row: ItemRow | None) -> Applied | Refused | Unknown | None:
        """None: the item stands as it did before, at `rev`. `row` is None where it did not come, for whatever reason:
        that tells nothing of the write."""
        if row is None:
            return Unknown(f"work item {change.id} did not come when it was looked for")
        if row.rev == rev:
            only_links = not change.edits and not change.assignees
            return Applied(row.id, row.rev, row) if only_links and self._links_stand(change, row) else None
        made = row if row.rev == rev + 1 else self.revision(row.id, rev + 1)
        if made is not None and self._is_ours(change, made):
            return Applied(row.id, rev + 1, row)
        return Refused(f"changed meanwhile by {_who(made or row)}: to be decided again")

    def _is_ours(self, change: Change, row: ItemRow) -> bool:
        return _who(row) == self.me and all(self._stands(change, edit, row) for edit in change.edits)

    def _stands(self, change: Change, edit: Edit, row: ItemRow) -> bool:
        """Long texts are not compared: Azure DevOps rewrites HTML. Nor are people, who have many spellings."""
        if edit.field in LONG_TEXT | PEOPLE:
            return True
        there = row.fields.get(self.encoding.field(change, edit.field))
        sent = None if edit.new is None else self.encoding.plain_value(change, edit)
        return _comparable(edit.field, there) == _comparable(edit.field, sent)

    def _links_stand(self, change: Change, row: ItemRow) -> bool:
        there = {(relation.rel, relation.target) for relation in row.relations or ()}
        wanted = {(self.encoding.rel(link), link.target) for link in change.links}
        unwanted = {(self.encoding.rel(link), link.target) for link in change.unlinks} - wanted
        return wanted <= there and not unwanted & there


def _comparable(field: Field, value: Json) -> Json | datetime:
    if field is Field.TAGS:
        tags = str(value or "").replace(",", ";").split(";")
        return frozenset(tag.strip().casefold() for tag in tags if tag.strip())
    if value in (None, ""):
        return None
    return read_instant(value) or str(value).strip().casefold()


def _who(row: ItemRow) -> str:
    return sign_in_of(str(row.fields.get(CHANGED_BY, "somebody")))
