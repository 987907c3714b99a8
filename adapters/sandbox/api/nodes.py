"""Areas and iterations of the project, as the tree that they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.sandbox import areas
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import no_such_node, not_known_here

KINDS = {"areas": "area", "iterations": "iteration"}


def roots(call: Call, organisation: Organisation) -> Answer:
    depth = call.number("$depth") or 0
    return of_list([_node(organisation.project, group, call, organisation, depth) for group in KINDS])


def one(call: Call, organisation: Organisation) -> Answer:
    group = call.names["group"].lower()
    if group not in KINDS:
        raise not_known_here(f"the group of nodes {group!r}")
    below = call.names.get("path", "").replace("/", "\\")
    path = f"{organisation.project}\\{below}" if below else organisation.project
    known = {node.casefold(): node for node in _known(group, organisation)}
    if path.casefold() not in known:
        raise no_such_node(path)
    return of_json(_node(known[path.casefold()], group, call, organisation, call.number("$depth") or 0))


def _known(group: str, organisation: Organisation) -> Iterable[str]:
    return organisation.areas if group == "areas" else organisation.iterations


def _node(path: str, group: str, call: Call, organisation: Organisation, depth: int) -> dict[str, Any]:
    inside = areas.children(path, _known(group, organisation))
    place = path.partition("\\")[2].replace("\\", "/")
    url = f"{call.base}/{organisation.project_id}/_apis/wit/classificationNodes/{group.capitalize()}"
    body: dict[str, Any] = {
        "id": areas.number(group, path),
        "identifier": areas.identifier(path),
        "name": path.rpartition("\\")[2],
        "structureType": KINDS[group],
        "hasChildren": bool(inside),
        "path": "\\" + "\\".join([organisation.project, KINDS[group].capitalize(), *path.split("\\")[1:]]),
        "url": f"{url}/{place}" if place else url,
    }
    if inside and depth:
        body["children"] = [_node(child, group, call, organisation, depth - 1) for child in inside]
    return body
