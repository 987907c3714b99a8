"""Mishaps: what may befall one request of the bot's on its way, or the account with which it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from adapters.sandbox.call import Call
from adapters.sandbox.faults import (
    Fault,
    body_replaced,
    no_answer,
    reset,
    sign_in_page,
    slowed_down,
    truncated,
    unauthorised,
    unavailable,
    unreachable,
)
from adapters.sandbox.mhhs_seeds.people import BOT
from tests.campaign.checker.heard import Heard
from tests.jobs.accidents import is_read, is_write, none_came

Mishap = tuple[Callable[[Call], bool], Callable[[Heard], Fault]]


def _of_the_bot(asked: Callable[[Call], bool]) -> Callable[[Call], bool]:
    return lambda call: call.by.sign_in == BOT and asked(call)


def _creates(call: Call) -> bool:
    return call.operation == "create"


MISHAPS: Mapping[str, Mishap] = {
    "a creation is answered by nothing": (_of_the_bot(_creates), lambda _: no_answer(applied=True)),
    "a creation does not arrive": (_of_the_bot(_creates), lambda _: no_answer(applied=False)),
    "a creation is answered by 503": (_of_the_bot(_creates), lambda _: unavailable(applied=True)),
    "a write is answered by nothing": (_of_the_bot(is_write), lambda _: no_answer(applied=True)),
    "a write does not arrive": (_of_the_bot(is_write), lambda _: reset(applied=False)),
    "a write is answered by 503": (_of_the_bot(is_write), lambda _: unavailable(applied=True)),
    "a write is refused by 503": (_of_the_bot(is_write), lambda _: unavailable(applied=False)),
    "a write is throttled": (_of_the_bot(is_write), lambda heard: heard.throttled(120)),
    "a write is not signed in": (_of_the_bot(is_write), lambda _: unauthorised()),
    "a write is answered by a page": (_of_the_bot(is_write), lambda _: sign_in_page()),
    "a read is throttled": (_of_the_bot(is_read), lambda heard: heard.throttled(20)),
    "a read is slowed down": (_of_the_bot(is_read), lambda _: slowed_down(5, delay=2.0)),
    "a read is cut": (_of_the_bot(is_read), lambda _: truncated()),
    "a read brings nothing": (_of_the_bot(is_read), lambda _: body_replaced(b"{}")),
    "a read leaves all items out": (
        _of_the_bot(lambda call: call.operation == "workitemsbatch"),
        lambda _: none_came(),
    ),
    "a read is a page": (_of_the_bot(is_read), lambda _: sign_in_page(200)),
    "a read finds nobody": (_of_the_bot(is_read), lambda _: unreachable()),
}
