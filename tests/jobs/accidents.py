"""Accidents: what may come in between Shunter and an answer, said in the words of the stories."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.faults import CarryOut, Fault, body_replaced, no_answer, refused, sign_in_page, truncated
from adapters.sandbox.problem import Problem

EVIDENCE = ("environments", "deployment records", "release deployments", "builds", "test runs")
READS = ("revisions feed", "links feed", "wiql", "workitemsbatch", "updates", "comments", *EVIDENCE)
WRITES = ("create", "update", "batch")
ALWAYS = 1_000


def is_read(call: Call) -> bool:
    return call.operation in READS


def is_write(call: Call) -> bool:
    return call.operation in WRITES


def meanwhile(act: Callable[[], object]) -> Fault:
    """Somebody is faster: the act happens while the request is on its way."""

    def fault(carry_out: CarryOut) -> Answer:
        act()
        return carry_out()

    return fault


class Killed(BaseException):
    """The process has been killed: nothing catches this."""


def killed(*, applied: bool) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        if applied:
            carry_out()
        raise Killed

    return fault


def none_came() -> Fault:
    """A read of work items that leaves every one of them out, and says nothing about it."""

    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        told = json.loads(answer.body)
        if "value" in told:
            told |= {"count": 0, "value": []}
        return replace(answer, body=json.dumps(told).encode())

    return fault


def a_rule_says_no() -> Fault:
    return refused(
        Problem(400, "RuleValidationException", "TF401320: Rule Error for field Title. Error code: Required.")
    )


UNCERTAIN: Mapping[str, Fault] = {
    "a sign-in page with 203": sign_in_page(203),
    "a sign-in page with 200": sign_in_page(200),
    "half of an answer": truncated(),
    "an empty object": body_replaced(b"{}"),
    "null": body_replaced(b"null"),
    "silence": no_answer(applied=True),
    "items missing": none_came(),
}


def nothing_can_be_read(azure: Azure, fault: Fault) -> None:
    azure.faults.add(is_read, fault, times=ALWAYS)
