"""Reading work items by id: one, several, or a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha1
from typing import Any

from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call, read_choice, read_instant
from adapters.sandbox.item_json import EXPANSIONS, ItemJson, Shape
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.problem import SERVICES, Problem
from adapters.sandbox.refusals import no_such_field, no_such_item, not_known_here, too_many_ids
from adapters.sandbox.work_item import Revision, WorkItem


def one(call: Call, organisation: Organisation) -> Answer:
    shape = _shape(organisation, call.choice("$expand", *EXPANSIONS), call.list("fields"), with_links=True)
    item, revision = _found(organisation, call.id(), _as_of(shape, call.instant("asOf")), call.by)
    return of_json(ItemJson(organisation, call.base).item(item, shape, revision))


def several(call: Call, organisation: Organisation) -> Answer:
    ids = call.list("ids") or []
    if not all(id.isdigit() for id in ids):
        raise not_known_here(f"the ids {ids}")
    return _many(
        call,
        organisation,
        ids=[int(id) for id in ids],
        shape=_shape(organisation, call.choice("$expand", *EXPANSIONS), call.list("fields")),
        at=call.instant("asOf"),
        omit=call.choice("errorPolicy", "fail", "omit") == "omit",
    )


def batch(call: Call, organisation: Organisation) -> Answer:
    body = call.json_object("ids", "fields", "$expand", "asOf", "errorPolicy")
    at = body.get("asOf")
    return _many(
        call,
        organisation,
        ids=_ids(body.get("ids")),
        shape=_shape(organisation, read_choice("$expand", body.get("$expand"), *EXPANSIONS), body.get("fields")),
        at=read_instant("asOf", at) if at else None,
        omit=read_choice("errorPolicy", body.get("errorPolicy"), "fail", "omit") == "omit",
    )


def _many(
    call: Call, organisation: Organisation, *, ids: list[int], shape: Shape, at: datetime | None, omit: bool
) -> Answer:
    if len(ids) > organisation.limits.batch:
        raise too_many_ids(len(ids), organisation.limits.batch)
    if not ids or len(set(ids)) < len(ids):
        raise not_known_here("a list of ids that is empty or names one twice")
    shown = ItemJson(organisation, call.base)
    found: list[dict[str, Any] | None] = []
    for id in sorted(ids, key=_scattered):
        try:
            item, revision = _found(organisation, id, _as_of(shape, at), call.by)
        except Problem:
            if not omit:
                raise
            found += [None] if organisation.doubts.missing_items_are_null else []
        else:
            found.append(_in_their_order(shown.item(item, shape, revision), organisation))
    return of_list(found)


def _in_their_order(item: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """Of an item that came among others, the links are said to stand elsewhere than where it comes alone."""
    if "relations" in item and organisation.doubts.several_have_their_links_in_another_order:
        item["relations"].reverse()
    return item


def _found(organisation: Organisation, id: int, at: datetime | None, by: Person) -> tuple[WorkItem, Revision | None]:
    item = organisation.item(id, by)
    if at is None:
        return item, None
    revision = item.as_of(at)
    if revision is None:
        raise no_such_item(id)
    return item, revision


def _shape(organisation: Organisation, expand: str, fields: Sequence[str] | None, *, with_links: bool = False) -> Shape:
    """Even an empty list of fields next to an expansion is refused."""
    if fields is None:
        return Shape(expand, None, with_links)
    if expand not in {"none", "links"}:
        raise Problem(
            400,
            "ConflictingParametersException",
            "The expand parameter can not be used with the fields parameter.",
            namespace=SERVICES,
        )
    return Shape(expand, tuple(known_field(organisation, name) for name in fields), with_links=False)


def known_field(organisation: Organisation, name: str) -> str:
    field = organisation.process.field(name)
    if field is None:
        raise no_such_field(name)
    return field.reference


def _as_of(shape: Shape, at: datetime | None) -> datetime | None:
    if at is not None and shape.expand in {"relations", "all"}:
        raise not_known_here("relations as of a time: links have no revisions")
    return at


def _ids(value: object) -> list[int]:
    if not isinstance(value, list) or not all(type(id) is int for id in value):
        raise not_known_here(f"the ids {value!r}")
    return value


def _scattered(id: int) -> bytes:
    """An order of answers that is stable, and neither that of the request nor that of the ids."""
    return sha1(str(id).encode(), usedforsecurity=False).digest()
