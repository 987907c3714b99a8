"""Subscriptions of service hooks, and what was sent for them."""

from __future__ import annotations

from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.hooks.event import PUBLISHERS
from adapters.sandbox.hooks.notification import Notification
from adapters.sandbox.hooks.subscribing import subscribed
from adapters.sandbox.hooks.subscription import Status, Subscription
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import not_known_here

KEYS = (
    "id",
    "url",
    "status",
    "publisherId",
    "eventType",
    "resourceVersion",
    "consumerId",
    "consumerActionId",
    "publisherInputs",
    "consumerInputs",
)
RESULTS = ("", "pending", "succeeded", "failed", "filtered")
STATUSES = ("", "queued", "processing", "requestinprogress", "completed")
MASKED = "********"


def create(call: Call, organisation: Organisation) -> Answer:
    return of_json(_subscription(_wanted(call, organisation, ""), call))


def replace(call: Call, organisation: Organisation) -> Answer:
    """Also the way to switch one on again that the service has switched off."""
    known = organisation.outbox.existing(call.names["subscription_id"])
    return of_json(_subscription(_wanted(call, organisation, known.id), call))


def listed(call: Call, organisation: Organisation) -> Answer:
    found = [_subscription(one, call) for one in organisation.outbox.subscriptions.values()]
    for name in ("publisherId", "eventType", "consumerId", "consumerActionId"):
        found = [one for one in found if call.text(name) in {None, one[name]}]
    return of_list(found)


def one(call: Call, organisation: Organisation) -> Answer:
    return of_json(_subscription(organisation.outbox.existing(call.names["subscription_id"]), call))


def delete(call: Call, organisation: Organisation) -> Answer:
    known = organisation.outbox.existing(call.names["subscription_id"])
    del organisation.outbox.subscriptions[known.id]
    return Answer(204, content_type="")


def notifications(call: Call, organisation: Organisation) -> Answer:
    """Newest first."""
    known = organisation.outbox.existing(call.names["subscription_id"])
    result, status = call.choice("result", *RESULTS), call.choice("status", *STATUSES)
    found = [_notification(one) for one in reversed(organisation.outbox.of(known.id))]
    found = [one for one in found if result in {"", one["result"]} and status in {"", one["status"]}]
    return of_list(found[: call.number("maxResults")])


def _wanted(call: Call, organisation: Organisation, id: str) -> Subscription:
    body = call.json_object(*KEYS)
    event_type = str(body.get("eventType"))
    if (body.get("consumerId"), body.get("consumerActionId")) != ("webHooks", "httpRequest"):
        raise not_known_here("another consumer than webHooks with its action httpRequest")
    if event_type in PUBLISHERS and body.get("publisherId") != PUBLISHERS[event_type]:
        raise not_known_here(f"{event_type} of the publisher {body.get('publisherId')!r}")
    inputs = [body.get(name) or {} for name in ("publisherInputs", "consumerInputs")]
    filters, consumer = ({name: str(value) for name, value in given.items()} for given in inputs)
    version = str(body.get("resourceVersion") or "")
    status = _status(body.get("status"))
    return subscribed(organisation, event_type, version, filters, consumer, by=call.by, id=id, status=status)


def _status(wanted: object) -> Status:
    """Only what a person may choose."""
    if wanted not in {None, Status.ENABLED.value, Status.DISABLED_BY_USER.value}:
        raise not_known_here(f"how to give a subscription the status {wanted!r}")
    return Status(wanted or Status.ENABLED.value)


def _subscription(one: Subscription, call: Call) -> dict[str, Any]:
    url = f"{call.base}/_apis/hooks/subscriptions/{one.id}"
    hidden = {"basicAuthPassword": MASKED} if one.consumer.get("basicAuthPassword") else {}
    return {
        "id": one.id,
        "url": url,
        "status": one.status.value,
        "publisherId": PUBLISHERS[one.event_type],
        "eventType": one.event_type,
        "resourceVersion": one.version,
        "eventDescription": "",
        "consumerId": "webHooks",
        "consumerActionId": "httpRequest",
        "actionDescription": f"To host {one.consumer['url'].split('/')[2]}",
        "probationRetries": str(one.probations),
        "createdBy": one.by.reference(call.base),
        "createdDate": instant.in_text(one.at),
        "modifiedBy": one.by.reference(call.base),
        "modifiedDate": instant.in_text(one.at),
        "publisherInputs": dict(one.filters),
        "consumerInputs": {**one.consumer, **hidden},
        "_links": {"self": {"href": url}, "notifications": {"href": f"{url}/notifications"}},
    }


def _notification(one: Notification) -> dict[str, Any]:
    return {
        "id": one.number,
        "subscriptionId": one.subscription,
        "eventId": one.event.id,
        "status": "queued" if one.result == "pending" else "completed",
        "result": one.result,
        "createdDate": instant.in_text(one.event.at),
        "modifiedDate": instant.in_text(one.due),
        "details": {"eventType": one.event.type, "requestAttempts": one.attempts, "response": str(one.answer or "")},
    }
