"""The answer to a batch of updates: for each part a code, and a body that is JSON inside a string."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.node import Node
from adapters.azure_devops.reading import item_row
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.vetting import error_in, failure
from adapters.network.strict_json import strict_json

Reply = ItemRow | Failure


def replies(answer: Node, ids: list[int], named: Collection[str]) -> list[Reply]:
    """One for each part, in the order of the parts. Where one is of another item, nobody knows whose the others are."""
    parts = list(answer.nodes("value"))
    if len(parts) != len(ids):
        raise answer.unreadable(f"{len(parts)} answers came to {len(ids)} updates")
    found = [_reply(part, f"PATCH work item {id} in a batch", named) for part, id in zip(parts, ids, strict=True)]
    if any(isinstance(reply, ItemRow) and reply.id != id for reply, id in zip(found, ids, strict=True)):
        raise answer.unreadable("its answers are not in the order of the updates")
    return found


def _reply(part: Node, asked: str, named: Collection[str]) -> Reply:
    try:
        code, body = part.number("code"), _body(part, asked)
        if code in (200, 201):
            return item_row(body, named, closely=body.get("relations") is not None)
    except Failure as garbled:
        return garbled
    return failure(code, error_in(body.value), asked, is_write=True, activity_id=part.activity_id)


def _body(part: Node, asked: str) -> Node:
    text = part.text("body")
    try:
        return replace(part, value=strict_json(text.encode()), asked=asked)
    except (ValueError, RecursionError):
        raise replace(part, asked=asked).unreadable("its answer is not JSON") from None
