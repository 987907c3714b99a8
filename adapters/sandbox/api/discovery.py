"""How a client finds its way: locations, areas, who it is, and the project."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right
from adapters.sandbox.refusals import no_such_project
from adapters.sandbox.security_tokens import may_here


@cache
def locations(area: str = "") -> Answer:
    """`area` empty: of all."""
    rows = json.loads(files("adapters.sandbox").joinpath("locations.json").read_text("utf-8"))
    return of_list([row for row in rows if area.lower() in {"", row["area"].lower()}])


def resource_areas(_call: Call, _organisation: Organisation) -> Answer:
    """None at all, as an installation of one host answers: every client then stays at its base address."""
    return of_list([])


def connection_data(call: Call, organisation: Organisation) -> Answer:
    user = {
        "id": call.by.id,
        "descriptor": call.by.descriptor,
        "subjectDescriptor": call.by.descriptor,
        "providerDisplayName": call.by.name,
        "isActive": True,
        "properties": {"Account": {"$type": "System.String", "$value": call.by.sign_in}},
    }
    return of_json(
        {
            "authenticatedUser": user,
            "authorizedUser": user,
            "instanceId": organisation.project_id,
            "deploymentType": "hosted",
            "locationServiceData": {"serviceOwner": "00025394-6065-48ca-87d9-7f5672854ef7"},
        }
    )


def projects(call: Call, organisation: Organisation) -> Answer:
    return of_list([_project(call, organisation)])


def project(call: Call, organisation: Organisation) -> Answer:
    wanted = call.names["project_id"]
    is_there = wanted.casefold() in {organisation.project.casefold(), organisation.project_id}
    if not is_there or not may_here(call.by, Right.VIEW_PROJECT, organisation):
        raise no_such_project(wanted)
    body = _project(call, organisation)
    if call.flag("includeCapabilities"):
        process = organisation.process
        template = {"templateName": process.name, "templateTypeId": process.id}
        body["capabilities"] = {
            "processTemplate": template,
            "versioncontrol": {"sourceControlType": "Git", "gitEnabled": "True", "tfvcEnabled": "False"},
        }
    return of_json(body)


def _project(call: Call, organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.project_id,
        "name": organisation.project,
        "url": f"{call.base}/_apis/projects/{organisation.project_id}",
        "state": "wellFormed",
        "revision": 1,
        "visibility": "private",
        "lastUpdateTime": instant.in_text(organisation.clock.now()),
    }
