"""What happened to a work item: its revisions and its updates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.instant import STILL_CURRENT
from adapters.sandbox.item_json import EXPANSIONS, ItemJson, Shape
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.system_fields import HISTORY, REV, REVISED_DATE, WATERMARK
from adapters.sandbox.work_item import Revision, Update, WorkItem

T = TypeVar("T")
KEPT_BY_SERVER = (REV, HISTORY, WATERMARK, REVISED_DATE, "System.AuthorizedDate")
"""What an update tells beside the fields that were written."""


def revisions(call: Call, organisation: Organisation) -> Answer:
    item = organisation.item(call.id(), call.by)
    shown = ItemJson(organisation, call.base)
    shape = _shape(call)
    page = _page(item.history, call, organisation)
    return of_list([_revision(shown, item, revision, shape) for revision in page])


def updates(call: Call, organisation: Organisation) -> Answer:
    item = organisation.item(call.id(), call.by)
    shown = ItemJson(organisation, call.base)
    return of_list([updated(shown, item, update) for update in _page(item.updates, call, organisation)])


def _shape(call: Call) -> Shape:
    expand = call.choice("$expand", *EXPANSIONS)
    if expand in {"relations", "links"}:
        raise not_known_here(f"$expand={expand} of revisions: links have none")
    return Shape("none" if expand == "none" else "all", with_links=False)


def _page(whole: Sequence[T], call: Call, organisation: Organisation) -> Sequence[T]:
    skip = call.number("$skip") or 0
    top = call.number("$top")
    limit = organisation.limits.page
    return whole[skip : skip + (limit if top is None else min(top, limit))]


def _revision(shown: ItemJson, item: WorkItem, revision: Revision, shape: Shape) -> dict[str, Any]:
    fields = shown.fields(item, revision, shape)
    url = f"{shown.url(item.id)}/revisions/{revision.rev}"
    return {"id": item.id, "rev": revision.rev, "fields": fields, "url": url}


def updated(shown: ItemJson, item: WorkItem, update: Update) -> dict[str, Any]:
    later = item.updates[update.id : update.id + 1]
    body: dict[str, Any] = {
        "id": update.id,
        "workItemId": item.id,
        "rev": update.rev,
        "revisedBy": update.by.reference(shown.base),
        "revisedDate": instant.in_text(later[0].at if later else STILL_CURRENT),
    }
    if fields := _changed(shown, item, update):
        body["fields"] = fields
    changed = {"added": update.added, "removed": update.removed, "updated": update.edited}
    if any(changed.values()):
        body["relations"] = {name: shown.relations(links) for name, links in changed.items() if links}
    return {**body, "url": f"{shown.url(item.id)}/updates/{update.id}"}


def _changed(shown: ItemJson, item: WorkItem, update: Update) -> dict[str, Any]:
    if update.before is update.after:
        return {}
    old = _values(shown, item, update.before) if update.before else {}
    new = _values(shown, item, update.after)
    return {
        name: {
            **({"oldValue": old[name]} if name in old else {}),
            **({"newValue": new[name]} if name in new else {}),
        }
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    }


def _values(shown: ItemJson, item: WorkItem, revision: Revision) -> dict[str, Any]:
    wanted = (*revision.fields, *KEPT_BY_SERVER)
    return shown.fields(item, revision, Shape(fields=wanted))
