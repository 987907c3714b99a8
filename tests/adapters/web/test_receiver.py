"""The receiver takes a hint from whoever has a password, and from nobody else; it never acts on what it is told."""

from __future__ import annotations

import gc
import gzip
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from adapters.configuration.secret import Secret
from adapters.web.hooks.home import Home
from adapters.web.hooks.receiver import MOST_IN_TEN_SECONDS, Receiver
from adapters.web.server import listening
from tests.adapters.web.an_event import FORMER, JSON, NOW, PASSWORD, PROJECT, an_event, another, basic, post
from tests.adapters.web.raw_http import Answer, answer_to, request


@dataclass
class Desk:
    """Who is hinted to. `says`: whether a hint is taken."""

    says: bool = True
    hints: int = 0
    complaints: list[str] = field(default_factory=list)
    now: datetime | None = NOW
    passed: float = 0.0
    home: Home = field(default_factory=lambda: Home("https://dev.azure.com/mhhs"))
    port: int = 0

    def take(self) -> bool:
        self.hints += self.says
        return self.says

    def receiver(self, *passwords: str) -> Receiver:
        return Receiver(
            [Secret(password) for password in passwords or (PASSWORD, FORMER)],
            self.home,
            self.take,
            now=lambda: self.now,
            say=self.complaints.append,
            monotonic=lambda: self.passed,
        )

    def told(self, event: object, *lines: str) -> Answer:
        return answer_to(self.port, [post(event, *lines)])


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    with listening(desk.receiver(), "127.0.0.1", 0) as desk.port:
        yield desk


class Sender:
    """Posts without a socket, to be quick."""

    def __init__(self, receiver: Receiver, address: str = "192.0.2.1") -> None:
        self._receiver = receiver
        self._environ = create_environ(
            "/hooks",
            method="POST",
            content_type="application/json",
            headers={"X-Shunter-Password": PASSWORD},
            environ_base={"REMOTE_ADDR": address},
        )

    def post(self, event: object) -> int:
        body = json.dumps(event).encode()
        environ = {**self._environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        _, status, _ = run_wsgi_app(self._receiver, environ)
        return int(status.split()[0])


def test_an_event_is_a_hint_and_is_answered_with_202(desk: Desk) -> None:
    assert desk.told(an_event()).status == 202
    assert desk.hints == 1
    assert desk.complaints == []


def deep(levels: int) -> bytes:
    return b'{"eventType": "workitem.updated", "x": ' + b"[" * levels + b"]" * levels + b"}"


WITHIN = {"resource": "x" * (250 * 1024)}
SIGNED = basic(PASSWORD)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(post(an_event(), "Content-Type: text/plain", SIGNED), 415, id="plain text"),
        pytest.param(post(an_event(), SIGNED), 415, id="nothing said of what it is"),
        pytest.param(post(an_event(), "Content-Type: application/x-www-form-urlencoded", SIGNED), 415, id="a form"),
        pytest.param(post(gzip.compress(b" " * 10**6), JSON, SIGNED, "Content-Encoding: gzip"), 415, id="a bomb"),
        pytest.param(post(b" " * (300 * 1024), JSON, SIGNED), 413, id="300 KiB"),
        pytest.param(request(b"", JSON, SIGNED, length=10**12), 413, id="a million megabytes to come"),
        pytest.param(request(b"{}", JSON, SIGNED, "Transfer-Encoding: chunked"), 400, id="length and chunks"),
        pytest.param(post(b"", JSON, SIGNED), 400, id="nothing"),
        pytest.param(post(b"{", JSON, SIGNED), 400, id="half of it"),
        pytest.param(post(b"[]", JSON, SIGNED), 400, id="a list"),
        pytest.param(post(b"{}", JSON, SIGNED), 400, id="an object that is no event"),
        pytest.param(post(an_event(eventType=["workitem.updated"]), JSON, SIGNED), 400, id="two types"),
        pytest.param(post(deep(100_000), JSON, SIGNED), 400, id="100,000 lists in one another"),
        pytest.param(post(deep(20), JSON, SIGNED), 400, id="deeper than twenty"),
        pytest.param(post(b'{"eventType": "x", "a": NaN}', JSON, SIGNED), 400, id="a number that is none"),
        pytest.param(post(b'{"eventType": "x", "a": 1e400}', JSON, SIGNED), 400, id="a number beyond all"),
        pytest.param(post(b'{"eventType": "x", "a": ' + b"9" * 5000 + b"}", JSON, SIGNED), 400, id="a long number"),
        pytest.param(post(b'{"eventType": "x", "eventType": "y"}', JSON, SIGNED), 400, id="a name twice"),
        pytest.param(post(b'{"eventType": "\xff"}', JSON, SIGNED), 400, id="no UTF-8"),
        pytest.param(post('{"eventType": "x"}'.encode("utf-16"), JSON, SIGNED), 400, id="another encoding"),
        *(
            pytest.param(request(b"", SIGNED, method=method), 405, id=method)
            for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "BREW")
        ),
        pytest.param(
            request(b"", SIGNED, "X-HTTP-Method-Override: POST", method="GET"), 405, id="another method meant"
        ),
        pytest.param(request(b"{}", JSON, SIGNED, path="/"), 404, id="another place"),
        pytest.param(request(b"{}", JSON, SIGNED, path="/hooks/../hooks"), 404, id="a way around"),
    ],
)
def test_what_is_no_event_is_refused_and_no_hint(desk: Desk, sent: bytes, status: int) -> None:
    answer = answer_to(desk.port, [sent])

    assert (answer.status, desk.hints) == (status, 0)
    assert b"Traceback" not in answer.body


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(an_event(resource=None, message=None), id="no details"),
        pytest.param(an_event(resource={"deep": json.loads(b"[" * 18 + b"]" * 18)}), id="twenty deep"),
        pytest.param(an_event(**WITHIN), id="250 KiB"),
        pytest.param(an_event(createdDate="yesterday", id=7, notificationId="x", subscriptionId=[]), id="oddly spelt"),
        pytest.param({"eventType": "workitem.updated"}, id="nothing but its type"),
        pytest.param(
            an_event(id="\ud800\u0000", createdDate="2126-01-01T00:00:00Z"), id="odd characters, in the future"
        ),
        pytest.param(an_event(resourceContainers={"collection": {"baseUrl": "https://["}}), id="from an odd address"),
    ],
)
def test_an_event_may_be_told_in_more_ways_than_one(desk: Desk, event: object) -> None:
    assert (desk.told(event).status, desk.hints) == (202, 1)


NOT_SIGNED_IN = {
    "no password": (JSON,),
    "a wrong one": (JSON, basic("a-password-of-hookz")),
    "one letter less": (JSON, basic(PASSWORD[:-1])),
    "an empty one": (JSON, basic("")),
    "the password as user": (JSON, basic("", user=PASSWORD)),
    "another scheme": (JSON, f"Authorization: Bearer {PASSWORD}"),
    "yet another scheme": (JSON, f'Authorization: Digest username="ado", password="{PASSWORD}"'),
    "basic without more": (JSON, "Authorization: Basic"),
    "not encoded": (JSON, f"Authorization: Basic ado:{PASSWORD}"),
    "in another header": (JSON, f"X-Password: {PASSWORD}"),
    "twice in the header": (JSON, f"X-Shunter-Password: {PASSWORD}", f"X-Shunter-Password: {PASSWORD}"),
    "from here, it says": (JSON, "X-Forwarded-For: 127.0.0.1", "Host: evil.example"),
    "wrong, and no JSON": ("Content-Type: text/plain", basic("x")),
}


def test_whoever_has_no_password_is_told_the_same_whatever_is_wrong(desk: Desk) -> None:
    answers = [desk.told(an_event(), *lines) for lines in NOT_SIGNED_IN.values()]
    answers.append(answer_to(desk.port, [request(b"no event", JSON)]))

    assert {(answer.status, answer.body) for answer in answers} == {(401, b"Not signed in.\n")}
    assert desk.hints == 0


def test_a_password_in_the_address_is_none(desk: Desk) -> None:
    assert answer_to(desk.port, [request(b"{}", JSON, path=f"/hooks?password={PASSWORD}")]).status == 401


def test_a_wrong_password_is_complained_of_once_a_minute_and_never_shown(desk: Desk) -> None:
    for _ in range(3):
        desk.told(an_event(), JSON, basic("hunter2-and-the-rest"))
    desk.passed = 60
    desk.told(an_event(), JSON, basic("hunter2-and-the-rest"))

    assert desk.complaints == ["hooks: 127.0.0.1 posts without a password, or with a wrong one"] * 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(basic(PASSWORD), id="basic"),
        pytest.param(basic(PASSWORD, user=""), id="basic without a user"),
        pytest.param(basic(FORMER), id="the former one, while it is replaced"),
        pytest.param(f"X-Shunter-Password: {PASSWORD}", id="in a header"),
    ],
)
def test_a_password_is_shown_in_either_way(desk: Desk, line: str) -> None:
    assert desk.told(an_event(), JSON, line).status == 202


def test_after_it_was_replaced_the_former_password_is_a_wrong_one() -> None:
    desk = Desk()
    with listening(desk.receiver(PASSWORD), "127.0.0.1", 0) as desk.port:
        assert desk.told(an_event(), JSON, basic(FORMER)).status == 401


NOTHING_FOLLOWS = {
    "the button Test": an_event(resource={"id": 2, "workItemId": 0}),
    "the button Test, of a new item": an_event(eventType="workitem.created", resource={"id": 0}),
    "another type": an_event(eventType="git.push"),
    "a type of tomorrow": an_event(eventType="workitem.blessed"),
    "another organisation": an_event(resourceContainers={"account": {"baseUrl": "https://dev.azure.com/fabrikam/"}}),
    "another project": an_event(resourceContainers={"project": {"id": "00000000-0000-0000-0000-00000000cafe"}}),
    "a day old": an_event(createdDate="2026-12-06T09:59:59Z"),
    "a week old": an_event(createdDate="2026-11-30T10:00:00Z"),
}


@pytest.mark.parametrize("event", NOTHING_FOLLOWS.values(), ids=NOTHING_FOLLOWS)
def test_what_is_not_for_us_is_heard_and_nothing_follows(desk: Desk, event: object) -> None:
    """Any other answer would put the subscription on probation."""
    desk.home.project = PROJECT

    answer = desk.told(event)

    assert (answer.status, desk.hints) == (202, 0)
    assert answer.body.startswith(b"Heard, and nothing follows: ")


def test_how_old_an_event_is_is_not_asked_before_the_time_of_the_server_is_known(desk: Desk) -> None:
    desk.now = None

    assert (desk.told(an_event(createdDate="2026-11-30T10:00:00Z")).status, desk.hints) == (202, 1)


def test_known_and_unknown_work_items_and_subscriptions_are_answered_alike(desk: Desk) -> None:
    heads = [
        an_event(),
        an_event(id="2", notificationId=2, resource={"id": 1, "workItemId": 2_147_483_647}),
        an_event(id="3", notificationId=3, subscriptionId="00000000-0000-0000-0000-000000000000"),
    ]

    assert {(answer.status, answer.body) for answer in map(desk.told, heads)} == {(202, b"Heard.\n")}


def test_one_that_comes_eight_times_is_one_hint(desk: Desk) -> None:
    assert [desk.told(an_event()).status for _ in range(8)] == [202] * 8
    assert desk.hints == 1


@pytest.mark.parametrize(
    ("again", "hints"),
    [
        pytest.param(an_event(id="renamed"), 1, id="the same number of the subscription"),
        pytest.param(an_event(notificationId=2), 1, id="the same event by another subscription"),
        pytest.param(an_event(id="renamed", notificationId=2), 2, id="another event"),
        pytest.param(an_event(id="renamed", subscriptionId="another"), 2, id="the same number of another subscription"),
        pytest.param(an_event(id="", notificationId=None), 2, id="one without a name"),
    ],
)
def test_an_event_is_known_by_its_id_and_by_its_number(desk: Desk, again: object, hints: int) -> None:
    desk.told(an_event())
    desk.told(again)

    assert desk.hints == hints


@pytest.mark.parametrize(
    "nameless",
    [
        pytest.param({"eventType": "workitem.updated", "notificationId": 1}, id="a number without a subscription"),
        pytest.param({"eventType": "workitem.updated", "id": "x" * 200}, id="a name too long to keep"),
    ],
)
def test_what_cannot_be_told_apart_is_a_hint_each_time(desk: Desk, nameless: object) -> None:
    desk.told(nameless)
    desk.told(nameless)

    assert desk.hints == 2


def test_a_hint_that_cannot_be_taken_is_asked_for_again_and_then_no_repetition(desk: Desk) -> None:
    desk.says = False
    refused = desk.told(an_event())
    desk.says = True

    assert (refused.status, b"Retry-After: 10" in refused.head) == (503, True)
    assert (desk.told(an_event()).status, desk.hints) == (202, 1)


@pytest.mark.slow
def test_ten_thousand_in_ten_seconds_take_no_room_and_what_is_too_much_is_asked_for_again(desk: Desk) -> None:
    sender = Sender(desk.receiver())
    statuses: Counter[int] = Counter()
    for number in range(10_000):
        desk.passed = number / 1000
        if number == 9_000:
            tracemalloc.start()
        statuses[sender.post(another(number))] += 1
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    desk.passed = 10

    assert statuses == {202: MOST_IN_TEN_SECONDS, 503: 10_000 - MOST_IN_TEN_SECONDS}
    assert kept < 20_000
    assert sender.post(another(10_000)) == 202


def test_what_one_sender_has_used_up_another_still_has(desk: Desk) -> None:
    receiver = desk.receiver()
    one, other = Sender(receiver, "192.0.2.1"), Sender(receiver, "192.0.2.2")
    for number in range(MOST_IN_TEN_SECONDS):
        one.post(another(number))

    assert (one.post(another(9_000)), other.post(another(9_001))) == (503, 202)


def test_nothing_shows_a_password(desk: Desk) -> None:
    receiver = desk.receiver()
    desk.now = NOW + timedelta(days=1)
    answers = [desk.told(an_event()), desk.told(an_event(), JSON, basic(PASSWORD[:-1]))]

    shown = f"{vars(receiver)} {answers} {desk.complaints}"
    assert (PASSWORD[:-1] in shown, FORMER in shown) == (False, False)
