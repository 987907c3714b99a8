"""All subscriptions and notifications: what the server keeps of service hooks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.hooks.event import Event
from adapters.sandbox.hooks.notification import Notification
from adapters.sandbox.hooks.subscription import Status, Subscription
from adapters.sandbox.refusals import no_such_subscription


@dataclass
class Outbox:
    """`told`: how much of the history of boards and of pipelines has been made into notifications."""

    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    notifications: list[Notification] = field(default_factory=list)
    told: tuple[int, int] = (0, 0)
    lateness: timedelta = timedelta(0)
    made: int = 0

    def new_id(self) -> str:
        self.made += 1
        return str(uuid5(NAMESPACE_URL, f"sandbox:subscription:{self.made}"))

    def existing(self, id: str) -> Subscription:
        if id not in self.subscriptions:
            raise no_such_subscription(id)
        return self.subscriptions[id]

    def of(self, subscription: str) -> list[Notification]:
        return [one for one in self.notifications if one.subscription == subscription]

    def take(self, event: Event, now: datetime) -> None:
        """A notification for everyone who wants the event. Quick changes of one item are dated ahead of the clock."""
        for one in self.subscriptions.values():
            is_meant = one.event_type == event.type and event.passes(one.filters)
            if is_meant and one.wants_events_of(event.at):
                number = len(self.of(one.id)) + 1
                self.notifications.append(Notification(number, one.id, event, min(event.at, now) + self.lateness))

    def due(self, now: datetime) -> list[Notification]:
        return [one for one in self.notifications if one.result == "pending" and one.due <= now]

    def conclude(self, tried: Notification, status: int, now: datetime) -> None:
        ended = tried.answered(status, now)
        self._keep(ended)
        subscription = self.subscriptions.get(tried.subscription)
        if subscription is None:
            return
        if status == 410:
            self.subscriptions[subscription.id] = subscription.gone()
        elif ended.result == "succeeded":
            self.subscriptions[subscription.id] = subscription.succeeded()
        elif ended.result == "failed":
            self.subscriptions[subscription.id] = subscription.failed(now)

    def give_up(self, tried: Notification) -> None:
        """It will never arrive."""
        self._keep(replace(tried, result="failed"))

    def _keep(self, changed: Notification) -> None:
        key = (changed.subscription, changed.number)
        place = next(n for n, one in enumerate(self.notifications) if (one.subscription, one.number) == key)
        self.notifications[place] = changed

    def is_served(self, tried: Notification, now: datetime) -> bool:
        one = self.subscriptions.get(tried.subscription)
        if one is None or one.status in {Status.DISABLED_BY_SYSTEM, Status.DISABLED_BY_USER}:
            return False
        return one.status is Status.ENABLED or one.next_try is None or now >= one.next_try
