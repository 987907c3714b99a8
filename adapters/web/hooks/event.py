"""An event as a service hook tells it: no more of it than says whether to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.azure_devops.instants import read_instant
from adapters.web.hooks.shallow_object import Misshapen, read_object

LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Event:
    """`names`: what this event is known by, so that it is not heard twice. Nothing else of it is kept.

    `organisation` is an address, `project` an id; both empty where they are not told. `work_item`: 0 is nobody's.
    """

    type: str
    names: frozenset[tuple[str, str]]
    organisation: str
    project: str
    created: datetime | None
    work_item: int | None


def read_event(body: bytes) -> Event:
    """Raises Misshapen where it is none. What else is not as it should be counts as not told."""
    told = read_object(body)
    type = told.get("eventType")
    if not isinstance(type, str):
        raise Misshapen
    containers = _part(told, "resourceContainers")
    return Event(
        type=type,
        names=frozenset(_names(told)),
        organisation=_text(_part(containers, "collection"), "baseUrl")
        or _text(_part(containers, "account"), "baseUrl"),
        project=_text(_part(containers, "project"), "id").lower(),
        created=read_instant(told.get("createdDate")),
        work_item=_work_item(_part(told, "resource")),
    )


def _names(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Its own id, and its number within the subscription: a retry repeats both."""
    id, subscription, number = _text(told, "id"), _text(told, "subscriptionId"), told.get("notificationId")
    names = [("", id)] if id else []
    if subscription and isinstance(number, int):
        names.append((subscription, str(number)))
    return [name for name in names if len("".join(name)) <= LONGEST_ID]


def _work_item(resource: Mapping[str, Any]) -> int | None:
    """Of an update, `id` is the number of the update."""
    id = resource.get("workItemId", resource.get("id"))
    return id if isinstance(id, int) else None


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _text(told: Mapping[str, Any], name: str) -> str:
    text = told.get(name)
    return text if isinstance(text, str) else ""
