"""What is remembered of posts has an end: the oldest is forgotten for the newest."""

from __future__ import annotations

from adapters.web.hooks.allowance import MOST_SENDERS, Allowance
from adapters.web.hooks.heard import Heard


def test_of_events_the_oldest_name_is_forgotten() -> None:
    heard = Heard(most=10)
    for number in range(12):
        heard.keep([("", str(number))])

    assert [heard.has([("", str(number))]) for number in range(12)] == [False] * 2 + [True] * 10


def test_an_event_is_heard_by_either_of_its_names() -> None:
    heard = Heard()
    heard.keep([("", "id"), ("subscription", "7")])

    assert heard.has([("", "another"), ("subscription", "7")])
    assert heard.has([("", "id")])
    assert not heard.has([("", "7")])


def test_an_allowance_begins_anew_with_each_span() -> None:
    passed = 0.0
    allowance = Allowance(2, 10, lambda: passed)

    first = [allowance.grants("a") for _ in range(3)]
    passed = 9.9
    still = allowance.grants("a")
    passed = 10.0

    assert first == [True, True, False]
    assert [still, allowance.grants("a"), allowance.grants("b")] == [False, True, True]


def test_of_senders_the_oldest_is_forgotten() -> None:
    allowance = Allowance(1, 10, lambda: 0.0)
    for number in range(MOST_SENDERS + 1):
        assert allowance.grants(str(number))

    assert [allowance.grants(str(number)) for number in (MOST_SENDERS, 0)] == [False, True]
