"""The body of a post: the event in its envelope, as far as the subscription wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.hooks.event import PUBLISHERS, Event
from adapters.sandbox.hooks.subscription import Subscription
from adapters.sandbox.organisation import Organisation

OLDEST = "1.0"
MINIMAL = ("id", "workItemId", "rev", "url")


def envelope(event: Event, subscription: Subscription, number: int, organisation: Organisation) -> dict[str, Any]:
    home = f"{organisation.address}/"
    return {
        "subscriptionId": subscription.id,
        "notificationId": number,
        "id": event.id,
        "eventType": event.type,
        "publisherId": PUBLISHERS[event.type],
        "message": _message(event, subscription.consumer.get("messagesToSend", "all")),
        "detailedMessage": _message(event, subscription.consumer.get("detailedMessagesToSend", "all")),
        "resource": _resource(event, subscription),
        "resourceVersion": subscription.version,
        "resourceContainers": {
            "collection": {"id": str(uuid5(NAMESPACE_URL, f"sandbox:{organisation.name}")), "baseUrl": home},
            "account": {"id": str(uuid5(NAMESPACE_URL, f"sandbox:account:{organisation.name}")), "baseUrl": home},
            "project": {"id": organisation.project_id, "baseUrl": home},
        },
        "createdDate": instant.in_text(event.at),
    }


def _message(event: Event, wanted: str) -> dict[str, str] | None:
    if wanted.lower() == "none":
        return None
    every = {"text": event.text, "html": escape(event.text), "markdown": event.text}
    return every if wanted.lower() == "all" else {wanted.lower(): every[wanted.lower()]}


def _resource(event: Event, subscription: Subscription) -> Any:
    wanted = subscription.consumer.get("resourceDetailsToSend", "all").lower()
    if wanted == "none":
        return None
    resource = event.resource
    if wanted == "minimal":
        resource = {name: resource[name] for name in MINIMAL if name in resource}
    return _with_names(resource) if subscription.version == OLDEST else resource


def _with_names(value: Any, *, in_fields: bool = False) -> Any:
    """In the oldest version people in fields are `Name <sign-in>`, and objects elsewhere."""
    if isinstance(value, Mapping):
        if in_fields and "uniqueName" in value:
            return f"{value['displayName']} <{value['uniqueName']}>"
        return {name: _with_names(inner, in_fields=in_fields or name == "fields") for name, inner in value.items()}
    return [_with_names(inner, in_fields=in_fields) for inner in value] if isinstance(value, list) else value
