"""Service hooks in the words of a test: somebody subscribes, the service delivers, badly if it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock
from uuid import uuid4

from adapters.sandbox.hooks.envelope import envelope
from adapters.sandbox.hooks.event import Event
from adapters.sandbox.hooks.gathering import gather
from adapters.sandbox.hooks.notification import Notification
from adapters.sandbox.hooks.post import post
from adapters.sandbox.hooks.subscribing import subscribed
from adapters.sandbox.hooks.subscription import Subscription
from adapters.sandbox.organisation import Organisation

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """`status` 0: nobody answered."""

    subscription: str
    event: str
    status: int


class Hooks:
    """Nothing is sent unless `deliver` or `press_test` is called; both post to this machine only."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._outbox = organisation.outbox
        self._lock = lock

    def subscribe(
        self,
        event: str,
        url: str,
        *,
        user: str = "",
        password: str = "",
        headers: str = "",
        version: str = "",
        details: str = "all",
        by: str = "",
        **filters: str,
    ) -> Subscription:
        """`filters` by their names in the service, such as workItemType="Bug"; `headers`: one `name:value` a line.

        `details`: how much of the resource is told: all, minimal or none.
        """
        person = self._organisation.people.signed_in_as(by) if by else self._organisation.build_service
        consumer = {"url": url, "basicAuthUsername": user, "basicAuthPassword": password, "httpHeaders": headers}
        consumer["resourceDetailsToSend"] = details
        with self._lock:
            return subscribed(self._organisation, event, version, filters, consumer, by=person)

    def subscription(self, id: str) -> Subscription:
        """As it fares now."""
        with self._lock:
            return self._outbox.existing(id)

    def delay(self, by: timedelta) -> None:
        """What happens from now on is told this much later."""
        with self._lock:
            gather(self._organisation)
            self._outbox.lateness = by

    def deliver(self, *, twice: bool = False, newest_first: bool = False) -> tuple[Delivery, ...]:
        """All that is due by the clock, oldest first unless told otherwise; `twice`: each post arrives two times."""
        with self._lock:
            gather(self._organisation)
            due = self._outbox.due(self._organisation.clock.now())[:MOST]
        return tuple(self._deliver(due[::-1] if newest_first else due, times=2 if twice else 1))

    def lose(self) -> int:
        """All that waits to be told never arrives; how many posts that were."""
        with self._lock:
            gather(self._organisation)
            lost = self._outbox.due(datetime.max.replace(tzinfo=self._organisation.clock.now().tzinfo))
            for one in lost:
                self._outbox.give_up(one)
            return len(lost)

    def press_test(self, subscription: str) -> Delivery:
        """The button "Test": a made-up event about work item 0 of another project; nothing is kept of it."""
        with self._lock:
            one = self._outbox.existing(subscription)
            resource = {"id": 0, "workItemId": 0, "rev": 1, "fields": {}, "revision": {"id": 0, "rev": 1, "fields": {}}}
            event = Event(str(uuid4()), one.event_type, self._organisation.clock.now(), "Sample", resource)
            body = envelope(event, one, 0, self._organisation)
            body["resourceContainers"]["project"] = {"id": str(uuid4()), "baseUrl": "https://fabrikam.example/"}
        return Delivery(one.id, event.id, post(one.consumer, json.dumps(body).encode()))

    def _deliver(self, due: list[Notification], *, times: int) -> Iterator[Delivery]:
        """The lock is not held while an endpoint answers: it may ask the server something."""
        for one in due:
            with self._lock:
                if not self._outbox.is_served(one, self._organisation.clock.now()):
                    self._outbox.give_up(one)
                    continue
                subscription = self._outbox.existing(one.subscription)
                body = json.dumps(envelope(one.event, subscription, one.number, self._organisation)).encode()
            answers = [post(subscription.consumer, body) for _ in range(times)]
            yield from (Delivery(subscription.id, one.event.id, status) for status in answers)
            with self._lock:
                self._outbox.conclude(one, answers[-1], self._organisation.clock.now())
