"""Kinds of faults: what each does, at which moments it can strike, and why it cannot strike at others."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from adapters.sandbox.answer import Answer, of_problem
from adapters.sandbox.call import Call
from adapters.sandbox.faults import (
    CarryOut,
    Fault,
    NoAnswer,
    body_replaced,
    redirected,
    reset,
    sign_in_page,
    slowed_down,
    throttled,
    truncated,
    unauthorised,
    unavailable,
    unreachable,
)
from adapters.sandbox.problem import SERVICES, Problem
from bot.fence import CLIENT_TIMEOUT, LATE_APPLY
from tests.campaign.moment import AT_COMMITS, EVERY, ON_THE_WAY, Moment
from tests.campaign.watched_store import disk_full
from tests.jobs.accidents import meanwhile, none_came


class Killed(BaseException):
    """The process has been killed: nothing catches this."""


class Scene(Protocol):
    """What a fault may do to one replica and to what is around it."""

    rng: random.Random

    def now(self) -> datetime: ...
    def passes(self, by: timedelta) -> None: ...
    def arrives(self, later: timedelta, carry_out: CarryOut) -> None: ...
    def is_paused(self, minutes: float) -> None: ...
    def editable(self, call: Call) -> list[int]: ...
    def somebody_edits(self, id: int) -> None: ...
    def linkable(self, call: Call) -> list[int]: ...
    def somebody_links(self, id: int) -> None: ...
    def deletable(self, call: Call) -> list[int]: ...
    def somebody_deletes(self, id: int) -> None: ...
    def loses_its_store(self) -> None: ...
    def token_ends(self, *, until_people_renew_it: bool) -> None: ...
    def lags(self, by: timedelta) -> None: ...
    def clock_jumps(self, seconds: float) -> None: ...
    def is_told_to_rest(self, seconds: int) -> None: ...


@dataclass(frozen=True)
class Strike:
    """Where a fault strikes; `call` is the request under way, None at a commit."""

    scene: Scene
    moment: Moment
    call: Call | None = None

    @property
    def is_applied(self) -> bool:
        return self.moment is Moment.APPLIED


Effect = Callable[[Strike], Fault | None]


@dataclass(frozen=True)
class Kind:
    """`operation`: the only one that it befalls; empty: any. `elsewhere`: why it cannot strike at other moments.
    `finds`: whether there is anything that it could be done to."""

    name: str
    moments: tuple[Moment, ...]
    effect: Effect
    elsewhere: str
    operation: str = ""
    is_never_sent: bool = False
    finds: Callable[[Strike], bool] = lambda _: True

    def is_of_requests(self, moment: Moment) -> bool:
        """Whether it is a request that it befalls there, and not a commit."""
        return moment in ON_THE_WAY or self.is_never_sent

    def cells(self) -> Mapping[Moment, str]:
        """For each moment nothing, or why it cannot be."""
        return {moment: "" if moment in self.moments else self.elsewhere for moment in EVERY}


ON_REQUESTS = (Moment.READ, Moment.SENT, Moment.APPLIED)
REFUSALS = (Moment.READ, Moment.SENT)
UNSENT = (Moment.READ, Moment.INTENT_KEPT)
ANSWERS = (Moment.READ, Moment.APPLIED)
COMMITS = (Moment.KEEPING, Moment.BEFORE_INTENT, Moment.ANSWERED)
WITHIN = tuple(moment for moment in EVERY if moment is not Moment.BETWEEN)
A_REQUEST = "it befalls requests"
A_REFUSAL = "what is refused is not applied"
AN_ANSWER = "it befalls answers"
A_COMMIT = "it befalls commits"
PEOPLE_ACT = "people act between looks in the story itself"


def _killed(strike: Strike) -> Fault | None:
    if strike.moment in AT_COMMITS:
        raise Killed

    def fault(carry_out: CarryOut) -> Answer:
        if strike.moment is not Moment.SENT:
            carry_out()
        raise Killed

    return fault


def _killed_and_lost(strike: Strike) -> Fault | None:
    strike.scene.loses_its_store()
    return _killed(strike)


def _killed_under_way(strike: Strike) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        strike.scene.arrives(_late(strike), carry_out)
        raise Killed

    return fault


def _silent(strike: Strike) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        if strike.is_applied:
            carry_out()
        strike.scene.passes(CLIENT_TIMEOUT)
        raise NoAnswer

    return fault


def _late_arrival(strike: Strike) -> Fault:
    """Until the client gives up it has waited its whole time; only then the bound begins."""

    def fault(carry_out: CarryOut) -> Answer:
        strike.scene.passes(CLIENT_TIMEOUT)
        strike.scene.arrives(_late(strike), carry_out)
        raise NoAnswer

    return fault


def _late(strike: Strike) -> timedelta:
    return LATE_APPLY * strike.scene.rng.random()


def _broken(strike: Strike) -> Fault:
    """5xx, with a body of the service or of something before it."""
    words = "The service is unavailable."
    status = strike.scene.rng.choice((500, 502, 503, 504))
    if status == 503:
        return unavailable(applied=strike.is_applied)
    answer = of_problem(Problem(status, "VssServiceException", words, namespace=SERVICES))

    def fault(carry_out: CarryOut) -> Answer:
        if strike.is_applied:
            carry_out()
        return replace(answer, body=b"<html>Bad Gateway</html>", content_type="text/html") if status > 500 else answer

    return fault


TOLD = (None, "0", "-5", "abc", "86400", "17", "120", "Mon, 07 Dec 2026 09:00:00 GMT", "1e400")
RESTS = {"0": 1, "-5": 1, "17": 17, "120": 120, "86400": 3600}
"""How many seconds of quiet are due where it is plain what was meant: at most an hour."""


def _throttled(strike: Strike) -> Fault:
    told = strike.scene.rng.choice(TOLD)
    _rests(strike, told)
    return throttled(told)


def _slowed(strike: Strike) -> Fault:
    rng = strike.scene.rng
    told = rng.choice(TOLD)
    _rests(strike, told)
    return slowed_down(told, delay=rng.choice((0.0, 2.5, 30.0)), remaining=rng.choice((0, 10, 190)))


def _rests(strike: Strike, told: str | None) -> None:
    if told in RESTS:
        strike.scene.is_told_to_rest(RESTS[told])


SPOILT: Mapping[str, Callable[[], Fault]] = {
    "half of it": truncated,
    "{}": lambda: body_replaced(b"{}"),
    "null": lambda: body_replaced(b"null"),
    "nothing": lambda: body_replaced(b""),
    "a list of nothing": lambda: body_replaced(b'{"value": [null]}'),
    "other letters": lambda: body_replaced(b'{"value": "\xff\xfe"}'),
    "HTML": lambda: body_replaced(b"<!DOCTYPE html><html>Sign in</html>", "text/html; charset=utf-8"),
}


def _spoilt(strike: Strike) -> Fault:
    return SPOILT[strike.scene.rng.choice(list(SPOILT))]()


def _expired(strike: Strike) -> Fault:
    """With the answer of this request still good, the next one is refused."""

    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        strike.scene.token_ends(until_people_renew_it=strike.scene.rng.random() < 0.5)
        return answer

    return fault


def _full(_strike: Strike) -> Fault | None:
    raise disk_full()


def _paused(strike: Strike) -> Fault | None:
    minutes = strike.scene.rng.uniform(1, 25)
    if strike.moment in AT_COMMITS:
        strike.scene.is_paused(minutes)
        return None
    is_creation = strike.call is not None and strike.call.operation == "create"
    if strike.moment is Moment.SENT and is_creation:
        # It is on its way already: how late it may still take effect is assumed to be bounded.
        minutes = strike.scene.rng.uniform(0, LATE_APPLY.total_seconds() / 60)

    def fault(carry_out: CarryOut) -> Answer:
        if strike.moment is Moment.SENT:
            began = strike.scene.now()
            strike.scene.is_paused(minutes)
            if is_creation and strike.scene.now() - began > LATE_APPLY:
                raise NoAnswer  # another stood still meanwhile: by now it cannot take effect any more
            return carry_out()
        answer = carry_out()
        strike.scene.is_paused(minutes)
        return answer

    return fault


def _editable(strike: Strike) -> list[int]:
    return strike.scene.editable(strike.call) if strike.call else []


def _edited(strike: Strike) -> Fault:
    id = strike.scene.rng.choice(_editable(strike))
    return meanwhile(lambda: strike.scene.somebody_edits(id))


def _linkable(strike: Strike) -> list[int]:
    return strike.scene.linkable(strike.call) if strike.call else []


def _linked(strike: Strike) -> Fault:
    id = strike.scene.rng.choice(_linkable(strike))
    return meanwhile(lambda: strike.scene.somebody_links(id))


def _deletable(strike: Strike) -> list[int]:
    return strike.scene.deletable(strike.call) if strike.call else []


def _deleted(strike: Strike) -> Fault:
    id = strike.scene.rng.choice(_deletable(strike))
    return meanwhile(lambda: strike.scene.somebody_deletes(id))


def _lost(strike: Strike) -> None:
    strike.scene.loses_its_store()


def _lagging(strike: Strike) -> None:
    strike.scene.lags(timedelta(seconds=strike.scene.rng.choice((30, 120, 600))))


def _jumps(strike: Strike) -> None:
    strike.scene.clock_jumps(strike.scene.rng.choice((3600.0, 86_400.0, 315_360_000.0)))


def _goes_back(strike: Strike) -> None:
    strike.scene.clock_jumps(-strike.scene.rng.choice((3600.0, 86_400.0)))


KINDS = (
    Kind("killed", WITHIN, _killed, "between looks nothing is under way: the same as after one"),
    Kind("killed, store lost", WITHIN, _killed_and_lost, "see: store lost"),
    Kind("killed, request arrives late", (Moment.SENT,), _killed_under_way, "only a request that was sent arrives"),
    Kind("connection refused", UNSENT, lambda _: unreachable(), "nothing was sent", is_never_sent=True),
    Kind("connection reset", ON_REQUESTS, lambda s: reset(applied=s.is_applied), A_REQUEST),
    Kind("no answer", ON_REQUESTS, _silent, A_REQUEST),
    Kind("no answer, arrives late", (Moment.SENT,), _late_arrival, "only a write that was sent takes effect late"),
    Kind("5xx", ON_REQUESTS, _broken, A_REQUEST),
    Kind("429", REFUSALS, _throttled, A_REFUSAL),
    Kind("200 with Retry-After", ANSWERS, _slowed, AN_ANSWER),
    Kind("401", REFUSALS, lambda _: unauthorised(), A_REFUSAL),
    Kind("203 and a sign-in page", REFUSALS, lambda _: sign_in_page(), A_REFUSAL),
    Kind("302 to a sign-in page", REFUSALS, lambda _: redirected(), A_REFUSAL),
    Kind("spoilt body", ANSWERS, _spoilt, AN_ANSWER),
    Kind("items missing", (Moment.READ,), lambda _: none_came(), "it befalls reads by id", "workitemsbatch"),
    Kind("token ends", ANSWERS, _expired, "it shows at the next request"),
    Kind("disk full", COMMITS, _full, A_COMMIT),
    Kind("paused", WITHIN, _paused, "between looks a pause is only time"),
    Kind("somebody edits", (Moment.SENT,), _edited, PEOPLE_ACT, finds=lambda s: bool(_editable(s))),
    Kind("somebody links", (Moment.SENT,), _linked, PEOPLE_ACT, finds=lambda s: bool(_linkable(s))),
    Kind("somebody deletes", REFUSALS, _deleted, PEOPLE_ACT, finds=lambda s: bool(_deletable(s))),
    Kind("store lost", (Moment.BETWEEN,), _lost, "see: killed, store lost"),
    Kind("feeds lag", (Moment.BETWEEN,), _lagging, "it lasts for several looks"),
    Kind("clock jumps ahead", (Moment.BETWEEN, *WITHIN), _jumps, ""),
    Kind("clock goes back", (Moment.BETWEEN,), _goes_back, "it is a machine's: a look goes by seconds that pass"),
)
CELLS = tuple((kind, moment) for kind in KINDS for moment in kind.moments)
