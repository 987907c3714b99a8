"""A work item as the service writes it in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from adapters.sandbox import derived, instant
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.process import Kind
from adapters.sandbox.relation import Relation
from adapters.sandbox.relation_type import relation_types
from adapters.sandbox.work_item import FieldValue, Revision, WorkItem

EXPANSIONS = ("none", "relations", "fields", "links", "all")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which parts of an item are asked for; `fields` None: all that have a value."""

    expand: str = "none"
    fields: tuple[str, ...] | None = None
    with_links: bool = True


@dataclass(frozen=True, slots=True)
class ItemJson:
    organisation: Organisation
    base: str

    @property
    def address(self) -> str:
        return f"{self.base}/{self.organisation.project_id}"

    def url(self, id: int) -> str:
        return f"{self.address}/_apis/wit/workItems/{id}"

    def item(self, item: WorkItem, shape: Shape, revision: Revision | None = None) -> dict[str, Any]:
        """`revision`: of the past; None is the current one."""
        shown = revision or item.latest
        body: dict[str, Any] = {"id": item.id, "rev": shown.rev, "fields": self.fields(item, shown, shape)}
        body["multilineFieldsFormat"] = self._formats(item, body["fields"])
        if shape.expand in {"relations", "all"} and (seen := self._seen(item)):
            body["relations"] = self.relations(seen)
        if shape.with_links or shape.expand in {"links", "all"}:
            body["_links"] = self._links(item)
        body["url"] = self.url(item.id) + (f"/revisions/{shown.rev}" if revision else "")
        return body

    def fields(self, item: WorkItem, revision: Revision, shape: Shape) -> dict[str, Any]:
        wanted = shape.fields
        if wanted is None:
            extra = derived.DERIVED if shape.expand == "all" else derived.BY_DEFAULT
            wanted = (*revision.fields, *extra)
        found = ((name, derived.value(item, revision, name)) for name in wanted)
        return {name: self.value(value) for name, value in found if value is not None}

    def value(self, value: FieldValue) -> Any:
        match value:
            case Person():
                return value.reference(self.base)
            case datetime():
                return instant.in_text(value)
        return value

    def relation(self, relation: Relation) -> dict[str, Any]:
        comment = {"comment": relation.comment} if relation.comment else {}
        if relation.target is None:
            name = {"name": relation.name} if relation.name else {}
            return {"rel": relation.rel, "url": relation.url, "attributes": {**name, **comment}}
        attributes = {"isLocked": False, **comment, "name": relation_types()[relation.rel].name}
        return {"rel": relation.rel, "url": self.url(relation.target), "attributes": attributes}

    def _seen(self, item: WorkItem) -> list[Relation]:
        late = self.organisation.doubts.other_ends_after
        if not late:
            return list(item.relations)
        since = self.organisation.clock.now() - late
        return [relation for relation in item.relations if relation.appeared is None or relation.appeared <= since]

    def relations(self, relations: Iterable[Relation]) -> list[dict[str, Any]]:
        return [self.relation(relation) for relation in relations]

    def _formats(self, item: WorkItem, fields: dict[str, Any]) -> dict[str, str]:
        known = self.organisation.process
        long = (name for name in fields if (found := known.field(name)) and found.kind is Kind.HTML)
        return {name: "markdown" if name in item.markdown else "html" for name in long}

    def _links(self, item: WorkItem) -> dict[str, Any]:
        own = self.url(item.id)
        links = {
            "self": own,
            "workItemUpdates": own + "/updates",
            "workItemRevisions": own + "/revisions",
            "workItemComments": own + "/comments",
            "html": f"{self.address}/_workitems/edit/{item.id}",
            "workItemType": f"{self.address}/_apis/wit/workItemTypes/{quote(item.type.name)}",
            "fields": f"{self.address}/_apis/wit/fields",
        }
        return {name: {"href": href} for name, href in links.items()}
