"""Folders and queries that are kept: read, made, changed and deleted, by path or by id."""

from __future__ import annotations

from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.saved_queries import PRIVATE, SavedQuery
from adapters.sandbox.wiql import answer as answers
from adapters.sandbox.wiql.kept import as_kept
from adapters.sandbox.wiql.operands import Asked
from adapters.sandbox.wiql.parser import parse

EXPANSIONS = ("none", "wiql", "clauses", "all", "minimal")
DEEPEST = 2


def listed(call: Call, organisation: Organisation) -> Answer:
    """The root folders."""
    return of_list([_shown(root, call, organisation, _depth(call)) for root in organisation.queries.roots()])


def one(call: Call, organisation: Organisation) -> Answer:
    found = organisation.queries.existing(call.names["query"])
    return of_json(_shown(found, call, organisation, _depth(call)))


def create(call: Call, organisation: Organisation) -> Answer:
    """In the folder that the address names."""
    folder = organisation.queries.existing(call.names["query"])
    body = call.json_object("name", "isFolder", "wiql", "queryType")
    name, wiql = _name(body.get("name")), body.get("wiql")
    if not folder.is_folder or bool(body.get("isFolder")) is bool(wiql):
        raise not_known_here("a query item that is neither a folder nor a query with wiql, in a folder")
    if body.get("queryType", "flat") != "flat":
        raise not_known_here(f"queries of the type {body['queryType']!r}")
    _check(wiql, call, organisation)
    made = organisation.queries.add(
        f"{folder.path}/{name}", as_kept(str(wiql)) if wiql else None, by=call.by, at=organisation.clock.now()
    )
    if call.flag("validateWiqlOnly"):
        organisation.queries.delete(made)
    return of_json(_shown(made, call, organisation, 0, with_wiql=True))


def update(call: Call, organisation: Organisation) -> Answer:
    """Another name, another query, or both."""
    known = organisation.queries.existing(call.names["query"])
    body = call.json_object("id", "name", "wiql", "isFolder", "path")
    if not known.folder:
        raise not_known_here(f"how to change {known.path}")
    wiql = known.wiql if known.is_folder else as_kept(str(body.get("wiql") or known.wiql))
    if (body.get("id", known.id), body.get("path", known.path)) != (known.id, known.path):
        raise not_known_here("how to move a query into another folder")
    _check(wiql, call, organisation)
    path = f"{known.folder}/{_name(body.get('name') or known.name)}"
    changed = organisation.queries.change(known, path, wiql, by=call.by, at=organisation.clock.now())
    return of_json(_shown(changed, call, organisation, 0, with_wiql=True))


def delete(call: Call, organisation: Organisation) -> Answer:
    organisation.queries.delete(organisation.queries.existing(call.names["query"]))
    return Answer(204, content_type="")


def _check(wiql: object, call: Call, organisation: Organisation) -> None:
    """A query that could not be run is not kept."""
    if wiql:
        asked = Asked(organisation, call.by, organisation.project, to_the_second=False)
        answers.ids(parse(str(wiql)), asked, top=0)


def _depth(call: Call) -> int:
    depth = call.number("$depth") or 0
    if depth > DEEPEST:
        raise not_known_here(f"a $depth of more than {DEEPEST}")
    return depth


def _name(name: object) -> str:
    if not isinstance(name, str) or not name.strip() or "/" in name:
        raise not_known_here(f"a query item called {name!r}")
    return name


def _shown(
    query: SavedQuery, call: Call, organisation: Organisation, depth: int, *, with_wiql: bool = False
) -> dict[str, Any]:
    expand = call.choice("$expand", *EXPANSIONS)
    if expand == "clauses":
        raise not_known_here("the clauses of a query one by one")
    url = f"{call.base}/{organisation.project_id}/_apis/wit/queries/{query.id}"
    body: dict[str, Any] = {
        "id": query.id,
        "name": query.name,
        "path": query.path,
        "createdBy": query.by.reference(call.base),
        "createdDate": instant.in_text(query.at),
        "lastModifiedBy": (query.changed_by or query.by).reference(call.base),
        "lastModifiedDate": instant.in_text(query.changed_at or query.at),
        "isPublic": not query.path.startswith(PRIVATE),
        "_links": {"self": {"href": url}},
        "url": url,
    }
    if not query.is_folder:
        body |= {"queryType": "flat"} | ({"wiql": query.wiql} if with_wiql or expand in {"wiql", "all"} else {})
        return body
    inside = organisation.queries.below(query)
    body |= {"isFolder": True, "hasChildren": bool(inside)}
    if inside and depth:
        body["children"] = [_shown(inner, call, organisation, depth - 1) for inner in inside]
    return body
