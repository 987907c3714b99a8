"""In service: Shunter runs as it does for months, beside the story, and the server's hooks reach it over a socket."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from queue import SimpleQueue
from threading import Thread

import requests

from adapters.configuration.secret import Secret
from adapters.sandbox.hooks.subscription import Status, Subscription
from adapters.web.hooks.home import Home
from adapters.web.hooks.receiver import PATH, Receiver
from adapters.web.server import listening
from jobs.hints import Hints
from jobs.run import Ending, Report, run
from jobs.schedule import run_until_stopped
from tests.jobs.play import URL, Play

PASSWORD = "a-password-of-hooks"
SOON = 30
"""Seconds that a look is waited for, on however slow a machine."""
EVERY = timedelta(hours=12)
"""No story lasts so long: whatever is looked at was hinted at."""
SUBSCRIBED = ("workitem.created", "workitem.updated", "workitem.commented", "workitem.deleted", "workitem.restored")


@dataclass
class Service:
    """The first look is over when a story begins."""

    play: Play
    hints: Hints
    reports: SimpleQueue[Report]
    url: str = ""

    def looked(self) -> Report:
        """Waits for the next look to end."""
        report = self.reports.get(timeout=SOON)
        assert (report.ending, report.why) == (Ending.DONE, "")
        return report

    def subscribe(self, *events: str, details: str = "minimal") -> list[Subscription]:
        hooks = self.play.azure.hooks
        return [
            hooks.subscribe(event, self.url, user="ado", password=PASSWORD, details=details)
            for event in events or SUBSCRIBED
        ]

    def are_enabled(self, subscriptions: list[Subscription]) -> bool:
        hooks = self.play.azure.hooks
        return all(hooks.subscription(one.id).status is Status.ENABLED for one in subscriptions)

    def receiver(self, complain: Callable[[str], object] = lambda words: None) -> Receiver:
        home, azure = Home(URL), self.play.azure
        home.project = azure.organisation.project_id
        return Receiver([Secret(PASSWORD)], home, self.hints.give, now=azure.clock.now, say=complain)

    def post(self, event: object, password: str = PASSWORD) -> int:
        """By anybody."""
        headers = {"Content-Type": "application/json"}
        body = json.dumps(event).encode()
        return requests.post(self.url, data=body, headers=headers, auth=("x", password), timeout=10).status_code


@contextmanager
def in_service(play: Play, *, complain: Callable[[str], object] | None = None) -> Iterator[Service]:
    """On leaving it is told to stop, and has to be gone soon."""
    service = Service(play, Hints(play.world.stopping, rest=0.05), SimpleQueue())
    receiver = service.receiver(complain or _nobody_complains)
    ready: SimpleQueue[int] = SimpleQueue()
    running = Thread(target=_run, args=(service, receiver, ready.put), daemon=True)
    running.start()
    service.url = f"http://127.0.0.1:{ready.get(timeout=SOON)}{PATH}"
    service.looked()
    yield service
    began = time.monotonic()
    service.hints.stop()
    running.join(SOON)
    assert not running.is_alive()
    assert time.monotonic() - began < 5


def _run(service: Service, receiver: Receiver, ready: Callable[[int], None]) -> None:
    @contextmanager
    def receiving() -> Iterator[None]:
        with listening(receiver, "127.0.0.1", 0) as port:
            ready(port)
            yield

    run_until_stopped(lambda: run(service.play.world), service.reports.put, EVERY, service.hints, receiving())


def _nobody_complains(words: str) -> None:
    raise AssertionError(words)
