"""The answer to a batch of updates: for each part a code, and a body that is JSON inside a string."""

from __future__ import annotations

import json
from collections.abc import Collection

from adapters.azure_devops.answers import Failure, Unreadable
from adapters.azure_devops.node import Node
from adapters.azure_devops.reading import item_row
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.vetting import error_in, failure

Reply = ItemRow | Failure


def replies(answer: Node, ids: list[int], named: Collection[str]) -> list[Reply]:
    """One for each part, in the order of the parts. Where one is of another item, nobody knows whose the others are."""
    parts = list(answer.nodes("value"))
    if len(parts) != len(ids):
        raise Unreadable(answer.asked, f"{len(parts)} answers came to {len(ids)} updates")
    found = [_reply(part, f"PATCH work item {id} in a batch", named) for part, id in zip(parts, ids, strict=True)]
    if any(isinstance(reply, ItemRow) and reply.id != id for reply, id in zip(found, ids, strict=True)):
        raise Unreadable(answer.asked, "its answers are not in the order of the updates")
    return found


def _reply(part: Node, asked: str, named: Collection[str]) -> Reply:
    try:
        code, body = part.number("code"), _body(part, asked)
        if code in (200, 201):
            return item_row(body, named, closely=body.get("relations") is not None)
    except Failure as garbled:
        return garbled
    return failure(code, error_in(body.value), asked, is_write=True)


def _body(part: Node, asked: str) -> Node:
    text = part.text("body")
    try:
        return Node(json.loads(text), asked)
    except (ValueError, RecursionError):
        raise Unreadable(asked, "its answer is not JSON") from None
