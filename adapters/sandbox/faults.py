"""Faults on demand: what goes wrong, when, and whether the request was carried out all the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import sleep
from urllib.parse import quote

from adapters.sandbox import signed_out
from adapters.sandbox.answer import JSON, Answer, of_problem
from adapters.sandbox.call import Call
from adapters.sandbox.problem import SERVICES, Problem

CarryOut = Callable[[], Answer]
Fault = Callable[[CarryOut], Answer]
When = str | Callable[[Call], bool]

BOM = b"\xef\xbb\xbf"


class Unreachable(ConnectionRefusedError):
    """Nothing was sent."""


class Reset(ConnectionResetError):
    """The connection ended before an answer came."""


class NoAnswer(TimeoutError):
    """The connection stays open and silent."""


ENDINGS = (Unreachable, Reset, NoAnswer)
"""How a connection may end without an answer."""


@dataclass(slots=True)
class _Planned:
    when: When
    fault: Fault
    times: int
    skip: int

    def applies(self, call: Call) -> bool:
        return call.operation == self.when if isinstance(self.when, str) else self.when(call)


class Faults:
    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._held: list[CarryOut] = []

    def add(self, when: When, fault: Fault, *, times: int = 1, skip: int = 0) -> None:
        """`when`: the name of an operation, or a question about the request; `skip` lets the first ones pass."""
        self._planned.append(_Planned(when, fault, times, skip))

    def clear(self) -> None:
        self._planned.clear()

    def next_for(self, call: Call) -> Fault | None:
        for planned in self._planned:
            if not planned.times or not planned.applies(call):
                continue
            if planned.skip:
                planned.skip -= 1
                continue
            planned.times -= 1
            return planned.fault
        return None

    def held_back(self) -> Fault:
        """The client hears nothing, and the request is on its way still: see `deliver`."""

        def fault(carry_out: CarryOut) -> Answer:
            self._held.append(carry_out)
            raise NoAnswer

        return fault

    def deliver(self) -> int:
        """What was held back arrives at last; how many requests that were."""
        held, self._held = self._held, []
        for carry_out in held:
            carry_out()
        return len(held)


def unreachable() -> Fault:
    return _ends(Unreachable, applied=False)


def reset(*, applied: bool) -> Fault:
    return _ends(Reset, applied=applied)


def no_answer(*, applied: bool) -> Fault:
    return _ends(NoAnswer, applied=applied)


def slow(seconds: float) -> Fault:
    """The answer is as it should be, and comes so much later; meanwhile the server serves others."""

    def fault(carry_out: CarryOut) -> Answer:
        sleep(seconds)
        return carry_out()

    return fault


def unavailable(*, applied: bool) -> Fault:
    """503, in a body that starts with a byte order mark."""
    problem = Problem(
        503,
        "VssServiceException",
        "TF24668: The following team project collection is stopped. Start the collection and then try again.",
        namespace=SERVICES,
    )
    answer = of_problem(problem)
    headers = {"X-TFS-ServiceError": quote(problem.message, safe="")}
    return _instead(replace(answer, body=BOM + answer.body, headers=headers), applied=applied)


def throttled(retry_after: str | int | None = None) -> Fault:
    """429; `retry_after` in seconds, or as any text, such as a date."""
    problem = Problem(
        429,
        "RequestBlockedException",
        "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource"
        " 'Concurrency' in namespace 'User'.",
        namespace=SERVICES,
    )
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return _instead(replace(of_problem(problem), headers=headers))


def slowed_down(
    retry_after: str | int | None = None, *, delay: float = 0.0, limit: int = 200, remaining: int = 0, reset_at: int = 0
) -> Fault:
    """The answer is as it should be, and its headers say that this identity asks too much."""
    rate = {
        "X-RateLimit-Resource": "core",
        "X-RateLimit-Delay": f"{delay:.3f}",
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(reset_at),
    }
    if retry_after is not None:
        rate["Retry-After"] = str(retry_after)
    return _with_headers(rate)


def sign_in_page(status: int = 203) -> Fault:
    """With 200 it looks even more like success."""
    return _instead(signed_out.page(status))


def redirected() -> Fault:
    return _instead(signed_out.redirect())


def unauthorised() -> Fault:
    return _instead(signed_out.refusal())


def body_replaced(body: bytes, content_type: str = JSON) -> Fault:
    """200 with another body, such as `{}` or `null`; the request was carried out."""

    def fault(carry_out: CarryOut) -> Answer:
        return replace(carry_out(), body=body, content_type=content_type)

    return fault


def truncated() -> Fault:
    """Half of the body, and nothing that says so."""

    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        return replace(answer, body=answer.body[: len(answer.body) // 2])

    return fault


def changed_meanwhile(status: int = 409) -> Fault:
    """Lost a race inside the server. Its status is not documented; the text is."""
    return refused(
        Problem(
            status,
            "WorkItemRevisionMismatchException",
            "TF26071: This work item has been changed by someone else since you opened it. You will need to"
            " refresh it and discard your changes.",
        )
    )


def refused(problem: Problem) -> Fault:
    return _instead(of_problem(problem))


def _ends(error: type[OSError], *, applied: bool) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        if applied:
            carry_out()
        raise error

    return fault


def _instead(answer: Answer, *, applied: bool = False) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        if applied:
            carry_out()
        return answer

    return fault


def _with_headers(headers: Mapping[str, str]) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        return replace(answer, headers={**answer.headers, **headers})

    return fault
