"""The process of the project as its administrators see it: types, their states and their fields."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.api.types import SENT_AS
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, ProcessType

AGILE = "adcc42ab-9882-485e-a3ed-7678f01f66bc"


def listed(call: Call, organisation: Organisation) -> Answer:
    call.choice("$expand", "none")
    return of_list([_process(organisation)])


def one(call: Call, organisation: Organisation) -> Answer:
    call.choice("$expand", "none")
    _check(call, organisation)
    return of_json(_process(organisation))


def types(call: Call, organisation: Organisation) -> Answer:
    _check(call, organisation)
    with_states = call.choice("$expand", "none", "states") == "states"
    return of_list([_type(found, call, with_states=with_states) for found in organisation.process.types])


def one_type(call: Call, organisation: Organisation) -> Answer:
    with_states = call.choice("$expand", "none", "states") == "states"
    return of_json(_type(_found(call, organisation), call, with_states=with_states))


def states(call: Call, organisation: Organisation) -> Answer:
    return of_list(_states(_found(call, organisation), call))


def fields(call: Call, organisation: Organisation) -> Answer:
    found = _found(call, organisation)
    return of_list([_field(field, found, call) for field in found.fields])


def _found(call: Call, organisation: Organisation) -> ProcessType:
    """By reference name alone, unlike everywhere else."""
    _check(call, organisation)
    wanted = call.names["type"].casefold()
    for known in organisation.process.types:
        if known.reference.casefold() == wanted:
            return known
    message = f"VS402805: Cannot find work item type {call.names['type']} in process {organisation.process.name}."
    raise Problem(404, "ProcessWorkItemTypeDoesNotExistException", message)


def _check(call: Call, organisation: Organisation) -> None:
    if call.names["process_id"].lower() != organisation.process.id:
        message = f"VS402362: Process {call.names['process_id']} does not exist."
        raise Problem(404, "ProcessNotFoundByTypeIdException", message)


def _process(organisation: Organisation) -> dict[str, Any]:
    process = organisation.process
    return {
        "typeId": process.id,
        "name": process.name,
        "referenceName": "Inherited." + process.id.replace("-", ""),
        "description": "",
        "parentProcessTypeId": AGILE,
        "isEnabled": True,
        "isDefault": False,
        "customizationType": "inherited",
    }


def _type(found: ProcessType, call: Call, *, with_states: bool) -> dict[str, Any]:
    body = {
        "referenceName": found.reference,
        "name": found.name,
        "description": "",
        "url": _url(found, call),
        "customization": "custom",
        "color": found.color,
        "icon": "icon_clipboard",
        "isDisabled": False,
        "inherits": None,
    }
    return {**body, "states": _states(found, call)} if with_states else body


def _states(found: ProcessType, call: Call) -> list[dict[str, Any]]:
    rows = []
    for order, state in enumerate(found.states, start=1):
        id = str(uuid5(NAMESPACE_URL, f"sandbox:state:{found.reference}:{state.name}"))
        rows.append(
            {
                "id": id,
                "name": state.name,
                "color": state.color,
                "stateCategory": state.category.value,
                "order": order,
                "url": f"{_url(found, call)}/states/{id}",
                "customizationType": "custom",
            }
        )
    return rows


def _field(field: FieldDefinition, found: ProcessType, call: Call) -> dict[str, Any]:
    return {
        "referenceName": field.reference,
        "name": field.name,
        "type": SENT_AS.get(field.kind, field.kind.value),
        "description": "",
        "url": f"{_url(found, call)}/fields/{field.reference}",
        "customization": "custom" if field.reference.startswith("Custom.") else "system",
        "required": field.required,
        "readOnly": field.read_only,
        "defaultValue": field.default,
        "isLocked": False,
    }


def _url(found: ProcessType, call: Call) -> str:
    return f"{call.base}/_apis/work/processes/{call.names['process_id']}/workItemTypes/{found.reference}"
