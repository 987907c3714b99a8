"""The events that a change of a work item makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.api.history import updated
from adapters.sandbox.hooks.event import Event
from adapters.sandbox.item_json import ItemJson, Shape
from adapters.sandbox.system_fields import AREA, IS_DELETED
from adapters.sandbox.work_item import Update, WorkItem

WHOLE = Shape("relations", with_links=True)


def events(item: WorkItem, update: Update, shown: ItemJson) -> Iterator[Event]:
    """A comment is told twice: as a comment, and as the update that it also is."""
    kind = _kind(update)
    resource = _update(item, update, shown) if kind == "updated" else shown.item(item, WHOLE, update.after)
    yield _event(item, update, shown, kind, resource)
    if update.after is not update.before and update.after.comment and kind == "updated":
        yield _event(item, update, shown, "commented", shown.item(item, WHOLE, update.after))


def _kind(update: Update) -> str:
    if update.before is None:
        return "created"
    was, is_now = (bool(revision.fields.get(IS_DELETED)) for revision in (update.before, update.after))
    if was != is_now:
        return "deleted" if is_now else "restored"
    return "updated"


def _update(item: WorkItem, update: Update, shown: ItemJson) -> dict[str, Any]:
    """As an update reads by request, and a little more; so it was recorded."""
    body = updated(shown, item, update)
    own, all_updates = shown.url(item.id), f"{shown.url(item.id)}/updates"
    page = f"{shown.address}/_workitems/edit/{item.id}"
    links = {"self": body["url"], "workItemUpdates": all_updates, "parent": own, "html": page}
    return {
        **body,
        "revisedBy": {**body["revisedBy"], "name": update.by.combined},
        "_links": {name: {"href": href} for name, href in links.items()},
        "revision": _revision(item, update, shown),
    }


def _revision(item: WorkItem, update: Update, shown: ItemJson) -> dict[str, Any]:
    body = shown.item(item, WHOLE, update.after)
    own = shown.url(item.id)
    links = {"self": body["url"], "workItemRevisions": f"{own}/revisions", "parent": own}
    return {**body, "_links": {name: {"href": href} for name, href in links.items()}}


def _event(item: WorkItem, update: Update, shown: ItemJson, kind: str, resource: dict[str, Any]) -> Event:
    return Event(
        id=str(uuid5(NAMESPACE_URL, f"sandbox:event:{item.id}:{update.id}:{kind}")),
        type=f"workitem.{kind}",
        at=update.at,
        text=f"{item.type.name} #{item.id} ({update.after.fields['System.Title']}) {kind} by {update.by.name}",
        resource=resource,
        facts={
            "projectId": frozenset({shown.organisation.project_id}),
            "areaPath": frozenset(_with_those_above(str(update.after.fields[AREA]).lower())),
            "workItemType": frozenset({item.type.name.lower()}),
            "changedFields": frozenset(name.lower() for name in resource.get("fields", ())),
            "linksChanged": frozenset({str(bool(update.added or update.removed)).lower()}),
            "tag": frozenset(tag.lower() for tag in item.tags),
        },
    )


def _with_those_above(path: str) -> Iterator[str]:
    parts = path.split("\\")
    for length in range(1, len(parts) + 1):
        yield "\\".join(parts[:length])
