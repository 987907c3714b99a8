"""Creating, updating, deleting and restoring a work item by request."""

from __future__ import annotations

from adapters.sandbox import recycle_bin
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.call import Call
from adapters.sandbox.item_json import EXPANSIONS, ItemJson, Shape
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import read_patch
from adapters.sandbox.refusals import may_not_bypass, not_known_here
from adapters.sandbox.work_item import WorkItem
from adapters.sandbox.writing import Writing

NO_CONTENT = 204


def create(call: Call, organisation: Organisation) -> Answer:
    shape = _shape(call)
    item = _writing(call, organisation).create(call.names["type"], read_patch(call.json()))
    return _answer(item, shape, call, organisation)


def update(call: Call, organisation: Organisation) -> Answer:
    shape = _shape(call)
    item = _writing(call, organisation).update(call.id(), read_patch(call.json()))
    return _answer(item, shape, call, organisation)


def delete(call: Call, organisation: Organisation) -> Answer:
    if call.flag("destroy"):
        raise not_known_here("how to destroy a work item for good")
    item = recycle_bin.delete(organisation, call.id(), call.by)
    if organisation.doubts.deleted == NO_CONTENT:
        return Answer(NO_CONTENT, content_type="")
    body = {"id": item.id, "type": item.type.name, "name": item.fields["System.Title"], "code": 200}
    return of_json({**body, "project": organisation.project, "url": _bin_url(call, organisation)})


def restore(call: Call, organisation: Organisation) -> Answer:
    if call.json_object("IsDeleted", "isDeleted") not in ({"IsDeleted": False}, {"isDeleted": False}):
        raise not_known_here("any other change in the recycle bin than isDeleted: false")
    item = recycle_bin.restore(organisation, call.id(), call.by)
    return of_json({"id": item.id, "code": 200, "url": _bin_url(call, organisation)})


def refuse_special_rights(call: Call) -> None:
    """Nobody here may pass over rules; whether notices can be kept back is not known well enough to copy."""
    if call.flag("bypassRules"):
        raise may_not_bypass()
    if call.flag("suppressNotifications"):
        raise not_known_here("suppressNotifications=true")


def _writing(call: Call, organisation: Organisation) -> Writing:
    refuse_special_rights(call)
    return Writing(organisation, call.by, validate_only=call.flag("validateOnly"))


def _shape(call: Call) -> Shape:
    return Shape(call.choice("$expand", *EXPANSIONS))


def _answer(item: WorkItem, shape: Shape, call: Call, organisation: Organisation) -> Answer:
    """Links come back in the answer to a write whether asked for or not."""
    expand = "relations" if shape.expand == "none" else shape.expand
    body = ItemJson(organisation, call.base).item(item, Shape(expand))
    if not item.id:
        del body["id"]
    return of_json(body)


def _bin_url(call: Call, organisation: Organisation) -> str:
    return f"{call.base}/{organisation.project_id}/_apis/wit/recyclebin/{call.id()}"
