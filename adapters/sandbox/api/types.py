"""What the process defines, as a client may read it: types, states, fields, categories, tags, link types."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind, ProcessType
from adapters.sandbox.refusals import no_such_field
from adapters.sandbox.relation_type import RelationType, relation_types

SENT_AS = {Kind.IDENTITY: "string", Kind.TAGS: "plainText"}


def types(call: Call, organisation: Organisation) -> Answer:
    return of_list([_type(found, call, organisation) for found in organisation.process.types])


def one_type(call: Call, organisation: Organisation) -> Answer:
    return of_json(_type(organisation.type(call.names["type"]), call, organisation))


def states(call: Call, organisation: Organisation) -> Answer:
    return of_list(_states(organisation.type(call.names["type"])))


def type_fields(call: Call, organisation: Organisation) -> Answer:
    found = organisation.type(call.names["type"])
    full = call.choice("$expand", "none", "allowedvalues", "dependentfields", "all")
    with_values = full in {"allowedvalues", "all"}
    return of_list([_instance(field, found, call, with_values=with_values) for field in found.fields])


def categories(call: Call, organisation: Organisation) -> Answer:
    references = dict.fromkeys(found.category for found in organisation.process.types)
    return of_list([_category(reference, call, organisation) for reference in references])


def category(call: Call, organisation: Organisation) -> Answer:
    wanted = call.names["category"].casefold()
    for found in organisation.process.types:
        if wanted in {found.category.casefold(), found.category_name.casefold()}:
            return of_json(_category(found.category, call, organisation))
    message = f"VS402340: Work item type category {call.names['category']} does not exist."
    raise Problem(404, "WorkItemTypeCategoryNotFoundException", message)


def fields(call: Call, organisation: Organisation) -> Answer:
    return of_list([_field(field, call) for field in organisation.process.fields])


def one_field(call: Call, organisation: Organisation) -> Answer:
    field = organisation.process.field(call.names["field"])
    if field is None:
        problem = no_such_field(call.names["field"])
        raise Problem(404, problem.type_key, problem.message)
    return of_json(_field(field, call))


def tags(call: Call, organisation: Organisation) -> Answer:
    now = instant.in_text(organisation.clock.now())
    return of_list([_tag(name, now, call) for name in sorted(organisation.boards.tags.values(), key=str.casefold)])


def links(call: Call, _organisation: Organisation) -> Answer:
    return of_list([_link_type(found, call) for found in relation_types().values()])


def _type(found: ProcessType, call: Call, organisation: Organisation) -> dict[str, Any]:
    sources = ["", *(state.name for state in found.states)]
    return {
        "name": found.name,
        "referenceName": found.reference,
        "description": "",
        "color": found.color,
        "icon": {"id": "icon_clipboard", "url": f"{call.base}/_apis/wit/workItemIcons/icon_clipboard?v=2"},
        "isDisabled": False,
        "xmlForm": "",
        "fields": [_instance(field, found, call, with_values=False) for field in found.fields],
        "fieldInstances": [_instance(field, found, call, with_values=False) for field in found.fields],
        "transitions": {
            source: [{"to": target, "actions": None} for target in found.targets(source)] for source in sources
        },
        "states": _states(found),
        "url": _type_url(found, call, organisation),
    }


def _states(found: ProcessType) -> list[dict[str, str]]:
    return [{"name": s.name, "color": s.color, "category": s.category.value} for s in found.states]


def _instance(field: FieldDefinition, found: ProcessType, call: Call, *, with_values: bool) -> dict[str, Any]:
    allowed = [str(value) for value in field.allowed]
    if field.reference == "System.State":
        allowed = [state.name for state in found.states]
    return {
        "defaultValue": None if field.default is None else str(field.default),
        **({"allowedValues": allowed} if with_values else {}),
        "alwaysRequired": field.required,
        "dependentFields": [],
        "referenceName": field.reference,
        "name": field.name,
        "url": f"{call.base}/_apis/wit/fields/{field.reference}",
    }


def _field(field: FieldDefinition, call: Call) -> dict[str, Any]:
    is_custom = field.reference.startswith("Custom.")
    return {
        "name": field.name,
        "referenceName": field.reference,
        "description": None,
        "type": SENT_AS.get(field.kind, field.kind.value),
        "usage": "workItem",
        "readOnly": field.read_only,
        "canSortBy": not field.kind.is_long_text,
        "isQueryable": True,
        "supportedOperations": [],
        "isIdentity": field.kind is Kind.IDENTITY,
        "isPicklist": is_custom and bool(field.allowed),
        "isPicklistSuggested": False,
        "isDeleted": False,
        "url": f"{call.base}/_apis/wit/fields/{field.reference}",
    }


def _category(reference: str, call: Call, organisation: Organisation) -> dict[str, Any]:
    members = [found for found in organisation.process.types if found.category == reference]
    shown = [{"name": m.name, "url": _type_url(m, call, organisation)} for m in members]
    return {
        "name": members[0].category_name,
        "referenceName": reference,
        "defaultWorkItemType": shown[0],
        "workItemTypes": shown,
        "url": f"{call.base}/{organisation.project_id}/_apis/wit/workItemTypeCategories/{reference}",
    }


def _tag(name: str, changed: str, call: Call) -> dict[str, str]:
    id = str(uuid5(NAMESPACE_URL, f"sandbox:tag:{name.casefold()}"))
    return {"id": id, "name": name, "url": f"{call.base}/_apis/wit/tags/{id}", "lastUpdated": changed}


def _link_type(found: RelationType, call: Call) -> dict[str, Any]:
    url = f"{call.base}/_apis/wit/workItemRelationTypes/{found.reference}"
    return {"attributes": found.attributes, "referenceName": found.reference, "name": found.name, "url": url}


def _type_url(found: ProcessType, call: Call, organisation: Organisation) -> str:
    return f"{call.base}/{organisation.project_id}/_apis/wit/workItemTypes/{quote(found.name)}"
