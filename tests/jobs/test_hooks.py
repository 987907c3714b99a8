"""Service hooks: they say when to look, and whatever becomes of them the end is the same."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest

from adapters.configuration.configuration import Hooks
from adapters.configuration.secret import Secret
from adapters.sandbox.faults import unavailable
from adapters.sandbox.mhhs_seeds.people import TESS
from adapters.web.hooks.home import Home
from adapters.web.hooks.receiver import PATH
from adapters.web.server import listening
from jobs.hints import Hints
from jobs.run import Ending
from jobs.serve import look_around
from jobs.wiring import listening_of
from tests.adapters.web.an_event import an_event, another
from tests.jobs.accidents import ALWAYS, meanwhile
from tests.jobs.in_service import PASSWORD, SOON, Service, in_service
from tests.jobs.play import URL, Play, Stage, playing
from tests.jobs.small_world import IN_SIT_A, settings, small_programme, small_world
from tests.jobs.test_cost import STEADY

READY = "Ready for Retest"
RUN = re.compile(r"run [0-9a-f]{12}")


@pytest.fixture
def service(play: Play) -> Iterator[Service]:
    """On Monday at ten: SIT-A's release is approved, and about to be deployed."""
    play.approved()
    play.at(7, 10)
    with in_service(play) as service:
        play.seen()
        yield service


def test_a_deployment_that_a_hook_tells_of_is_handed_to_the_testers_within_seconds(service: Service) -> None:
    play = service.play
    subscriptions = service.subscribe()
    since = len(play.azure.journal)
    play.cast.deploy("SIT-A")
    assert play.asked(since) == []

    began = time.monotonic()
    answers = play.azure.hooks.deliver()
    answered = time.monotonic()
    service.looked()
    looked = time.monotonic()

    assert play.asked(since)[:2] == STEADY
    assert play.states(*IN_SIT_A) == [READY] * len(IN_SIT_A)
    assert {answer.status for answer in answers} == {202}
    assert (answered - began < len(answers), looked - began < 5) == (True, True)
    assert service.are_enabled(subscriptions)
    play.seen()


def nothing_comes(service: Service) -> None:
    service.play.azure.hooks.lose()


def all_comes_twice_and_the_newest_first(service: Service) -> None:
    assert {answer.status for answer in service.play.azure.hooks.deliver(twice=True, newest_first=True)} == {202}


def all_comes_a_week_late(service: Service) -> None:
    azure = service.play.azure
    now = azure.clock.now()
    assert azure.hooks.deliver() == ()
    azure.clock.set(now + timedelta(days=7))
    assert {answer.status for answer in azure.hooks.deliver()} == {202}
    azure.clock.set(now)


def what_comes_is_forged(service: Service) -> None:
    nothing_comes(service)
    for forged in FORGED:
        assert service.post(forged) == 202


FORGED = (
    an_event(
        eventType="ms.vss-release.deployment-completed-event",
        publisherId="rm",
        id="forged 1",
        notificationId=7_001,
        resource={"environment": {"id": 1, "name": "SIT-B", "status": "succeeded", "release": {"name": "5.2.16.0"}}},
        resourceContainers={},
    ),
    an_event(
        id="forged 2",
        notificationId=7_002,
        resource={
            "workItemId": 456,
            "rev": 99,
            "fields": {"System.State": {"oldValue": "Resolved", "newValue": READY}},
            "revision": {"id": 456, "rev": 99, "fields": {"System.State": READY, "System.Title": "forged"}},
            "url": "http://169.254.169.254/latest/",
        },
        resourceContainers={},
    ),
)


def end_of(play: Play) -> list[str]:
    """Everything that the server holds of each work item but the names of runs."""
    return [
        RUN.sub("run", f"{item.id} {item.rev} {sorted(item.fields.items())} {sorted(map(str, item.relations))}")
        for item in play.azure.items()
    ]


@pytest.fixture(scope="module")
def end_without_hooks(tmp_path_factory: pytest.TempPathFactory, stages: dict[str, Stage]) -> list[str]:
    with playing(small_world(), tmp_path_factory.mktemp("quiet"), stages=stages) as play:
        play.approved()
        play.at(7, 10)
        play.cast.deploy("SIT-A")
        play.look()
        play.look()
        return end_of(play)


@pytest.mark.parametrize(
    "happens",
    [nothing_comes, all_comes_twice_and_the_newest_first, all_comes_a_week_late, what_comes_is_forged],
    ids=lambda happens: happens.__name__.replace("_", " "),
)
def test_whatever_becomes_of_the_hooks_the_end_is_the_same(
    play: Play, end_without_hooks: list[str], happens: Callable[[Service], None]
) -> None:
    play.approved()
    play.at(7, 10)
    with in_service(play) as service:
        subscriptions = service.subscribe()
        if happens is all_comes_a_week_late:
            play.azure.hooks.delay(timedelta(days=7))
        play.cast.deploy("SIT-A")
        happens(service)
        assert service.are_enabled(subscriptions)

    play.world.stopping.clear()
    play.look()
    play.look()

    assert end_of(play) == end_without_hooks
    play.seen()


def test_a_forged_deployment_moves_nothing(service: Service) -> None:
    for forged in FORGED:
        assert service.post(forged) == 202
        assert not service.looked().plan

    assert service.play.states(*IN_SIT_A) == ["Resolved"] * len(IN_SIT_A)
    assert service.play.news() == []


def test_no_address_in_an_event_is_ever_fetched(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        url = f"http://127.0.0.1:{trap.getsockname()[1]}/latest/"
        resource = {"workItemId": 456, "url": url, "_links": {"self": {"href": url}}, "revision": {"url": url}}
        assert service.post(an_event(resource=resource, resourceContainers={"account": {"baseUrl": url}})) == 202
        service.looked()

        trap.setblocking(False)
        with pytest.raises(BlockingIOError):
            trap.accept()


def test_whoever_has_no_password_causes_no_look(play: Play) -> None:
    complaints: list[str] = []
    with in_service(play, complain=complaints.append) as service:
        assert service.post(an_event(resourceContainers={}), password="a-wrong-password") == 401
        assert service.hints.wait() is None

    assert len(complaints) == 1
    play.seen()


def test_one_event_that_comes_to_eight_subscriptions_twice_is_one_look(service: Service) -> None:
    play = service.play
    subscriptions = [one for _ in range(8) for one in service.subscribe("workitem.updated")]
    since = len(play.azure.journal)
    play.azure.person(TESS).tag(123, "seen")

    answers = play.azure.hooks.deliver(twice=True)
    service.looked()

    assert [answer.status for answer in answers] == [202] * 16
    assert (play.asked(since), service.hints.wait()) == (STEADY, None)
    assert service.are_enabled(subscriptions)


def test_a_look_under_way_is_followed_by_one_more_however_many_hints_come(service: Service) -> None:
    azure, under_way, release = service.play.azure, Event(), Event()

    def hold() -> None:
        under_way.set()
        assert release.wait(SOON)

    azure.faults.add("revisions feed", meanwhile(hold))
    since = len(azure.journal)
    assert service.post(another(0) | {"resourceContainers": {}}) == 202
    assert under_way.wait(SOON)
    assert {service.post(another(number) | {"resourceContainers": {}}) for number in range(1, 30)} == {202}
    release.set()
    service.looked()
    service.looked()

    assert (service.play.asked(since), service.hints.wait()) == (STEADY * 2, None)


def test_what_is_no_business_of_ours_leaves_the_subscription_enabled_and_us_alone(service: Service) -> None:
    hooks = service.play.azure.hooks
    subscriptions = service.subscribe("workitem.updated", "build.complete", "ms.vss-release.deployment-completed-event")

    assert {hooks.press_test(one.id).status for one in subscriptions} == {202}
    assert service.post(an_event(eventType="git.push")) == 202
    assert service.hints.wait() is None
    assert service.are_enabled(subscriptions)


def test_what_is_posted_while_it_stops_or_is_down_is_heard_when_it_is_back(play: Play) -> None:
    azure, service = play.azure, Service(play, Hints(Event()), SimpleQueue())
    service.hints.stop()
    with listening(service.receiver(), "127.0.0.1", 0) as port:
        service.url = f"http://127.0.0.1:{port}{PATH}"
        subscriptions = service.subscribe("workitem.updated")
        azure.person(TESS).tag(123, "seen")
        stopping = [delivery.status for delivery in azure.hooks.deliver()]
    azure.clock.advance(timedelta(seconds=1))
    down = [delivery.status for delivery in azure.hooks.deliver()]
    azure.clock.advance(timedelta(seconds=2))
    service.hints = Hints(Event())
    with listening(service.receiver(), "127.0.0.1", port):
        back = [delivery.status for delivery in azure.hooks.deliver()]

    assert (stopping, down, back) == ([503], [0], [202])
    assert service.hints.wait() == 0
    assert service.are_enabled(subscriptions)


def test_the_first_look_tells_which_project_is_ours_and_no_later_one_asks_again(play: Play, tmp_path: Path) -> None:
    configuration = replace(
        settings(small_programme(), play.azure, URL, tmp_path), hooks=Hooks("127.0.0.1", 8420, (Secret(PASSWORD),))
    )
    home = Home(URL)
    play.azure.faults.add("project", unavailable(applied=False), times=ALWAYS, skip=1)
    assert look_around(play.world, configuration, home).ending is Ending.DONE
    assert home.project == ""

    play.azure.faults.clear()
    asked = play.asked().count("project")
    for _ in range(3):
        look_around(play.world, configuration, home)

    assert home.project == play.azure.organisation.project_id
    assert (play.asked().count("project") - asked, play.asked()[-2:]) == (1, STEADY)
    play.seen()


def test_how_old_an_event_is_is_told_by_the_clock_of_the_server(play: Play, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    configuration = replace(
        settings(small_programme(), play.azure, URL, tmp_path), hooks=Hooks("127.0.0.1", port, (Secret(PASSWORD),))
    )
    service = Service(play, Hints(Event()), SimpleQueue(), url=f"http://127.0.0.1:{port}{PATH}")
    words: list[str] = []
    with listening_of(configuration, play.world.boards, Home(URL), service.hints.give, words.append):
        service.post(an_event(id="1", notificationId=1, createdDate="2098-12-06T09:59:59Z"))
        before_it_is_known = service.hints.wait()
        play.at(7, 10, year=2098)
        play.world.boards.signed_in_as()
        service.post(an_event(id="2", notificationId=2, createdDate="2098-12-06T09:59:59Z"))

    assert (before_it_is_known, service.hints.wait()) == (0, None)
    assert words == [f"hooks: listening on 127.0.0.1, port {port}, at /hooks"]
