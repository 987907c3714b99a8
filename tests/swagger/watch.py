"""The watcher that every sandbox of the suite shows its requests to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from tests.swagger.operation import Request
from tests.swagger.specification import Specification

NOT_IN_SWAGGER = {
    "discovery": "how SDKs find addresses; the service answers it (recorded), the Swagger leaves it out",
    "connection": "recorded; the area Location is not published",
    "batch": "described on a page of the documentation alone; its parts are checked one by one",
    "permissions": "the area Security is not published; as the SDK for Python calls it",
    "security namespaces": "the area Security is not published; as the SDK for Python calls it",
    "permissions batch": "the area Security is not published; as the SDK for Python calls it",
    "timeline": "published with the id of a timeline only; the address without it is recorded",
    "node": "the path of a node is a segment of its own there, and the root has none",
    "unknown": "the sandbox does not know it either, and has answered 404",
}
"""Operations of the sandbox that the Swagger does not describe, each with the reason why it is there."""

BEYOND = {
    # Recorded: every work item has it.
    "Work Items_": ("multilineFieldsFormat",),
    # Documented, and read by both official clients: of two models of a field the Swagger refers to the lesser.
    "Fields_": (
        *("usage", "canSortBy", "isQueryable", "supportedOperations"),
        *("isIdentity", "isPicklist", "isPicklistSuggested", "isDeleted"),
    ),
    # In the examples beside the Swagger.
    "Work Item Types_": ("category", "xmlForm", "fields", "fieldInstances", "transitions"),
}
"""What the sandbox answers beyond the Swagger: keys, by how the names of their operations begin."""

ANSWERED_OTHERWISE = {
    "batch": "it has no schema",
    "revisions feed": "the Swagger has its rows as text; objects are recorded",
    "links feed": "the Swagger has its rows as text; objects are documented",
}
"""Operations whose answers the Swagger does not describe as they are."""

DONE = {200, 201}
JSON = "application/json"
REFUSED_FOR_ITS_FORM = {400, 415}
"""The sandbox has seen for itself that such a request is wrong: tests of refusals send them on purpose."""


class Watch:
    def __init__(self, specification: Specification) -> None:
        self._specification = specification
        self._complaints: list[str] = []

    def __call__(self, call: Call, answer: Answer | None) -> None:
        if answer and answer.status in REFUSED_FOR_ITS_FORM:
            return
        for request in _requests(call, answer):
            self._complaints += self._specification.complaints(request)
            self._complaints += self._of_answer(call, request, answer)

    def _of_answer(self, call: Call, request: Request, answer: Answer | None) -> list[str]:
        """Only of what succeeded."""
        if answer is None or answer.status not in DONE or not answer.content_type.startswith(JSON):
            return []
        if call.operation in ANSWERED_OTHERWISE:
            return []
        found = self._specification.complaints_of_answer(request, json.loads(answer.body))
        return [complaint for complaint in found if not _is_beyond(complaint)]

    def taken(self) -> list[str]:
        """What there was to complain of since it was last asked."""
        found, self._complaints = self._complaints, []
        return found


def _is_beyond(complaint: str) -> bool:
    return any(
        complaint.startswith(operations) and complaint.endswith(tuple(f"has no key {key}" for key in keys))
        for operations, keys in BEYOND.items()
    )


def _requests(call: Call, answer: Answer | None) -> Iterator[Request]:
    if call.operation == "batch":
        yield from (_part(part) for part, code in _parts(call, answer) if code not in REFUSED_FOR_ITS_FORM)
    elif call.operation not in NOT_IN_SWAGGER:
        path = "/" + call.path.strip("/").partition("/")[2]
        query = dict(parse_qsl(call.query_string, keep_blank_values=True))
        media = call.headers.get("content-type", "").partition(";")[0].strip().lower()
        yield Request(call.method, path, query, media, _body(call))


def _parts(call: Call, answer: Answer | None) -> Iterator[tuple[dict[str, Any], int]]:
    """Each with what the sandbox said to it; 0 where a fault has kept that from us."""
    codes = [one["code"] for one in json.loads(answer.body)["value"]] if answer and answer.status == 200 else []
    return ((part, codes[n] if n < len(codes) else 0) for n, part in enumerate(call.json()))


def _part(part: dict[str, Any]) -> Request:
    """A part of a batch is always a PATCH; where it creates, it stands for a POST."""
    target = urlsplit(part["uri"])
    method = "POST" if "/$" in target.path else "PATCH"
    return Request(method, target.path, dict(parse_qsl(target.query)), part["headers"]["Content-Type"], part["body"])


def _body(call: Call) -> Any:
    try:
        return json.loads(call.body) if call.body else None
    except ValueError:
        return call.body
