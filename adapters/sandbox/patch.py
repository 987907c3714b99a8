"""A JSON Patch document, read into the changes that it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import bad_patch, not_known_here


@dataclass(frozen=True, slots=True)
class ExpectRevision:
    rev: int


@dataclass(frozen=True, slots=True)
class TakeId:
    """A provisional, negative id, by which later parts of a batch refer to this new item."""

    id: int


@dataclass(frozen=True, slots=True)
class SetField:
    """`merge`: of `add`, which for tags adds; None clears the field."""

    name: str
    value: object
    merge: bool


@dataclass(frozen=True, slots=True)
class SetFormat:
    """Whether a field of several lines holds Markdown from now on."""

    name: str
    is_markdown: bool


@dataclass(frozen=True, slots=True)
class AddRelation:
    rel: str
    url: str
    comment: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoveRelation:
    index: int


@dataclass(frozen=True, slots=True)
class CommentRelation:
    index: int
    comment: str


Change = ExpectRevision | TakeId | SetField | SetFormat | AddRelation | RemoveRelation | CommentRelation

FIELD = re.compile(r"^/fields/([^/]+)$")
FORMAT = re.compile(r"^/multilineFieldsFormat/([^/]+)$")
RELATION = re.compile(r"^/relations/(\d+)$")
RELATION_COMMENT = re.compile(r"^/relations/(\d+)/attributes/comment$")
KEYS = {"op", "path", "value", "from"}


def read_patch(document: object) -> tuple[Change, ...]:
    if not isinstance(document, list) or not document:
        raise bad_patch("It must be a list of at least one operation.")
    changes = tuple(_change(operation) for operation in document)
    _refuse_rising_removals(changes)
    return changes


def _change(operation: object) -> Change:
    if not isinstance(operation, Mapping) or not isinstance(operation.get("path"), str):
        raise bad_patch(f"An operation needs op and path: {operation!r}")
    if unknown := set(operation) - KEYS:
        raise not_known_here(f"the key {sorted(unknown)} of a patch operation")
    op, path, value = str(operation.get("op")).lower(), str(operation["path"]), operation.get("value")
    if op == "test":
        return _test(path, value)
    if op not in {"add", "replace", "remove"}:
        raise not_known_here(f"the patch operation {op!r}")
    return _edit(op, path, value)


def _test(path: str, value: object) -> Change:
    if path != "/rev":
        raise not_known_here(f"a test on {path}")
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_patch(f"The value of /rev is a number, not {value!r}.")
    return ExpectRevision(value)


def _edit(op: str, path: str, value: object) -> Change:
    if field := FIELD.match(path):
        return SetField(field[1], None if op == "remove" else value, merge=op == "add")
    if (turned := FORMAT.match(path)) and op in {"add", "replace"}:
        return SetFormat(turned[1], _is_markdown(value))
    if path == "/relations/-" and op == "add":
        return _new_relation(value)
    if (relation := RELATION.match(path)) and op == "remove":
        return RemoveRelation(int(relation[1]))
    if (relation := RELATION_COMMENT.match(path)) and op in {"add", "replace"}:
        return CommentRelation(int(relation[1]), str(value or ""))
    if path == "/id" and op == "add":
        return TakeId(_negative(value))
    raise not_known_here(f"the operation {op} on {path}")


def _is_markdown(value: object) -> bool:
    word = str(value).lower()
    if word not in {"html", "markdown"}:
        raise bad_patch(f"A field of several lines holds html or markdown, not {value!r}.")
    return word == "markdown"


def _new_relation(value: object) -> AddRelation:
    if not isinstance(value, Mapping) or not isinstance(value.get("url"), str) or not value.get("rel"):
        raise _no_relation(value)
    attributes = value.get("attributes") or {}
    if not isinstance(attributes, Mapping):
        raise _no_relation(value)
    if unknown := (set(value) - {"rel", "url", "attributes"}) | (set(attributes) - {"comment", "name"}):
        raise not_known_here(f"the key {sorted(unknown)} of a relation")
    return AddRelation(
        str(value["rel"]),
        str(value["url"]),
        str(attributes.get("comment") or ""),
        str(attributes.get("name") or ""),
    )


def _no_relation(value: object) -> Problem:
    return bad_patch(
        f"Value {value!r} does not match the expected type"
        " Microsoft.TeamFoundation.WorkItemTracking.WebApi.Models.WorkItemRelation."
    )


def _negative(value: object) -> int:
    try:
        id = int(str(value))
    except ValueError:
        raise bad_patch(f"/id takes a negative number, not {value!r}.") from None
    if id >= 0:
        raise bad_patch(f"/id takes a negative number, not {value!r}.")
    return id


def _refuse_rising_removals(changes: tuple[Change, ...]) -> None:
    """Whether later indexes shift after a removal is not settled; from the highest down both readings agree."""
    removed = [change.index for change in changes if isinstance(change, RemoveRelation)]
    if removed != sorted(set(removed), reverse=True):
        raise not_known_here("removals of relations in rising order: remove the highest index first")
