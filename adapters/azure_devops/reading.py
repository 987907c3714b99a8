"""Reading: from the JSON of work items and links to rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from adapters.azure_devops import people
from adapters.azure_devops.answers import Stuck
from adapters.azure_devops.node import Json, Node
from adapters.azure_devops.rows import DatedLink, ItemRow, LinkRow, Page, Relation, Row, Scalar

TYPE = "System.WorkItemType"
CHANGED_BY = "System.ChangedBy"
CHANGED_DATE = "System.ChangedDate"
DELETED = "System.IsDeleted"
_TARGET = re.compile(r"/workitems/([1-9][0-9]{0,9})/?$", re.IGNORECASE)
BETWEEN_ITEMS = "System.LinkTypes."


def item_row(item: Node, named: Collection[str], *, closely: bool = False) -> ItemRow:
    """Only the `named` fields are kept. `closely`: the links were asked for, so that none given means none there."""
    fields = item.mapping("fields")
    kept = {name: value for name in named if (value := _scalar(fields.get(name))) not in (None, "")}
    return ItemRow(
        id=item.number("id"),
        rev=item.number("rev"),
        type=item.node("fields").text(TYPE),
        fields=kept,
        relations=_relations(item) if closely else None,
        is_deleted=fields.get(DELETED) is True,
    )


def item_rows(answer: Node, named: Collection[str], *, closely: bool) -> Iterator[ItemRow]:
    """Of a batch: what is deleted or out of sight comes as null, or not at all."""
    present = (node for node in answer.nodes("value") if node.value is not None)
    return (item_row(node, named, closely=closely) for node in present)


def item_page(answer: Node, named: Collection[str]) -> Page[ItemRow]:
    rows = tuple(item_row(node, named) for node in answer.nodes("values"))
    return Page(rows, answer.text("continuationToken"), answer.flag("isLastBatch"))


def link_page(answer: Node) -> Page[LinkRow]:
    rows = tuple(_link_row(node) for node in answer.nodes("values"))
    return Page(rows, answer.text("continuationToken"), answer.flag("isLastBatch"))


def dated_link_page(answer: Node) -> Page[DatedLink]:
    """The same, each with the instant at which it was made or taken away."""
    rows = tuple(DatedLink(node.instant("changedDate"), _link_row(node)) for node in answer.nodes("values"))
    return Page(rows, answer.text("continuationToken"), answer.flag("isLastBatch"))


def moving_on(page: Page[Row], token: str | None, asked: str) -> Page[Row]:
    if not page.is_last and page.token == token:
        raise Stuck(asked, "the feed does not move on")
    return page


def _link_row(link: Node) -> LinkRow:
    comment = link.get("comment")
    return LinkRow(
        source=link.number("sourceId"),
        target=link.number("targetId"),
        rel=link.text("rel"),
        is_active=link.flag("isActive"),
        comment=comment if isinstance(comment, str) else "",
    )


def _relations(item: Node) -> tuple[Relation, ...]:
    if item.get("relations") is None:
        return ()
    return tuple(relation(node) for node in item.nodes("relations"))


def relation(link: Node) -> Relation:
    rel = link.text("rel")
    found = _TARGET.search(link.text("url")) if rel.startswith(BETWEEN_ITEMS) else None
    attributes = link.get("attributes")
    comment = attributes.get("comment") if isinstance(attributes, dict) else None
    return Relation(rel, int(found[1]) if found else None, comment if isinstance(comment, str) else "")


def _scalar(value: Json) -> Scalar:
    if isinstance(value, str | int | float | bool):
        return value
    return people.spelled(value)
