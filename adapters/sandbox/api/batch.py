"""PATCH $batch: many creates and updates in one request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from adapters.sandbox.answer import JSON, Answer, of_list
from adapters.sandbox.api.edits import refuse_special_rights
from adapters.sandbox.call import Call
from adapters.sandbox.item_json import ItemJson, Shape
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import read_patch
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import bad_patch, no_such_project, not_known_here
from adapters.sandbox.work_item import WorkItem
from adapters.sandbox.writing import Writing

CREATE = re.compile(r"^/_apis/wit/workitems/\$(?P<type>[^/]+)$", re.IGNORECASE)
UPDATE = re.compile(r"^/_apis/wit/workitems/(?P<id>\d+)$", re.IGNORECASE)
PATCH = "application/json-patch+json"
OK = 200
NOT_TRIED = "The request was not attempted because another request of the batch failed."


@dataclass(frozen=True, slots=True)
class Part:
    path: str
    query: dict[str, str]
    patch: object


def batch(call: Call, organisation: Organisation) -> Answer:
    """Whether one failed part undoes the others is told both ways; the organisation's setting decides."""
    parts = [_part(value, organisation) for value in _list(call, organisation)]
    saved = organisation.boards.copy()
    writing = Writing(organisation, call.by)
    answers: list[dict[str, Any]] = []
    for part in parts:
        is_over = organisation.doubts.a_batch_stops_at_a_failure and any(one["code"] != OK for one in answers)
        answers.append(_inner(400, _message(NOT_TRIED)) if is_over else _carried_out(part, call, writing))
    if organisation.batch_is_atomic and any(answer["code"] != 200 for answer in answers):
        organisation.boards = saved
        answers = [_undone(answer) for answer in answers]
    return of_list(answers)


def _list(call: Call, organisation: Organisation) -> list[Any]:
    parts = call.json()
    if not isinstance(parts, list) or not parts:
        raise bad_patch("A batch is a list of at least one request.")
    if len(parts) > organisation.limits.batch:
        raise Problem(
            400,
            "WorkItemTrackingBatchLimitExceededException",
            f"VS403475: The batch has {len(parts)} requests, which exceeds the limit of {organisation.limits.batch}.",
        )
    return parts


def _part(value: object, organisation: Organisation) -> Part:
    if not isinstance(value, Mapping) or set(value) - {"method", "uri", "headers", "body"}:
        raise not_known_here("a part of a batch with other keys than method, uri, headers and body")
    if str(value.get("method")).upper() != "PATCH":
        raise not_known_here(f"the method {value.get('method')!r} in a batch")
    headers = {str(name).lower(): str(text) for name, text in dict(value.get("headers") or {}).items()}
    if not headers.get("content-type", "").startswith(PATCH):
        raise Problem(415, "UnsupportedMediaTypeException", f"A part of a batch must be {PATCH}.")
    uri = urlsplit(str(value.get("uri")))
    query = {name.lower(): text for name, text in parse_qsl(uri.query, keep_blank_values=True)}
    return Part(_in_project(uri.path, organisation), query, value.get("body"))


def _in_project(path: str, organisation: Organisation) -> str:
    """The address of a part starts at `/_apis` or at `/PROJECT/_apis`; the organisation is not in it."""
    before, mark, after = path.partition("/_apis/")
    project = unquote(before.strip("/"))
    if not mark:
        raise not_known_here(f"the address {path!r} in a batch")
    if project and project.casefold() not in {organisation.project.casefold(), organisation.project_id}:
        raise no_such_project(project)
    return mark + after


def _carried_out(part: Part, call: Call, writing: Writing) -> dict[str, Any]:
    try:
        item = _written(part, call, writing)
    except Problem as problem:
        is_whole = writing.organisation.doubts.parts_fail_with_whole_errors
        return _inner(problem.status, problem.body() if is_whole else _message(problem.message))
    return _inner(200, ItemJson(writing.organisation, call.base).item(item, Shape("relations")))


def _written(part: Part, call: Call, writing: Writing) -> WorkItem:
    if unknown := set(part.query) - {"api-version", "bypassrules", "suppressnotifications"}:
        raise not_known_here(f"the parameter {sorted(unknown)} in a batch")
    if "api-version" not in part.query:
        raise not_known_here("a part of a batch without its own api-version")
    refuse_special_rights(replace(call, query=part.query))
    if create := CREATE.match(part.path):
        return writing.create(unquote(create["type"]), read_patch(part.patch))
    if update := UPDATE.match(part.path):
        return writing.update(int(update["id"]), read_patch(part.patch))
    raise not_known_here(f"the address {part.path!r} in a batch")


def _inner(code: int, body: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "headers": {"Content-Type": JSON}, "body": json.dumps(body, ensure_ascii=False)}


def _undone(answer: dict[str, Any]) -> dict[str, Any]:
    if answer["code"] != 200:
        return answer
    message = "The request was rolled back because another request of the batch failed."
    return _inner(400, _message(message))


def _message(text: str) -> dict[str, Any]:
    return {"count": 1, "value": {"Message": text}}
