"""Making a subscription: what may be subscribed to, where to, and narrowed down by what."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.sandbox.hooks.event import PUBLISHERS, filters_of
from adapters.sandbox.hooks.gathering import gather
from adapters.sandbox.hooks.post import is_on_this_machine
from adapters.sandbox.hooks.subscription import Status, Subscription
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.refusals import not_known_here

CONSUMER = {
    "url",
    "httpHeaders",
    "basicAuthUsername",
    "basicAuthPassword",
    "resourceDetailsToSend",
    "messagesToSend",
    "detailedMessagesToSend",
}
LONGEST = 256
"""Of a user name or a password."""


def subscribed(
    organisation: Organisation,
    event_type: str,
    version: str,
    filters: Mapping[str, str],
    consumer: Mapping[str, str],
    *,
    by: Person,
    id: str = "",
    status: Status = Status.ENABLED,
) -> Subscription:
    """`id`: of the one that this replaces."""
    if event_type not in PUBLISHERS:
        raise not_known_here(f"the event type {event_type!r}; it sends {', '.join(PUBLISHERS)}")
    if unknown := set(filters) - set(filters_of(event_type)):
        raise not_known_here(f"the filter {sorted(unknown)} of {event_type}")
    _check_consumer(consumer)
    gather(organisation)
    outbox = organisation.outbox
    at = organisation.clock.now()
    made = Subscription(id or outbox.new_id(), event_type, version or "1.0", filters, consumer, by, at, status)
    outbox.subscriptions[made.id] = made
    return made


def _check_consumer(consumer: Mapping[str, str]) -> None:
    if unknown := set(consumer) - CONSUMER:
        raise not_known_here(f"the consumer input {sorted(unknown)}")
    if not is_on_this_machine(consumer.get("url", "")):
        raise not_known_here(f"the address {consumer.get('url')!r}: it posts to this machine only")
    if any(len(consumer.get(name, "")) > LONGEST for name in ("basicAuthUsername", "basicAuthPassword")):
        raise not_known_here(f"a user name or a password of more than {LONGEST} characters")
