"""What nobody answers is not checked: it is neither fine nor missing."""

from __future__ import annotations

import json

import pytest

from adapters.azure_devops.rights.judge import Kind, asked_of, judge
from adapters.azure_devops.rights.look import rights_found
from adapters.azure_devops.rights.needed import Use
from adapters.azure_devops.rights.places import Area, Places
from adapters.azure_devops.rights.right import Namespace
from adapters.sandbox.faults import Fault, body_replaced, refused, unauthorised
from adapters.sandbox.problem import Problem
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import World

USES = {Use.READ_WORK_ITEMS, Use.READ_RELEASES}
PLACES = Places("1", (Area(1, "MHHS", "vstfs:///Classification/Node/1"),))
NOT_ALLOWED = Problem(403, "AccessCheckException", "TF400813: not authorized")


@pytest.mark.parametrize("operation", ["security namespaces", "permissions batch", "node"])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(refused(NOT_ALLOWED), id="403"),
        pytest.param(unauthorised(), id="401, as a token of too few scopes gets"),
        pytest.param(body_replaced(b"{}"), id="nothing in it"),
        pytest.param(body_replaced(b'{"count": 0, "value": [], "evaluations": []}'), id="an empty list"),
    ],
)
def test_an_answer_that_says_nothing_is_told_as_such(world: World, operation: str, fault: Fault) -> None:
    world.azure.faults.add(operation, fault, times=100)

    found = rights_found(world.boards, MHHS, USES)

    assert {finding.kind for finding in found} == {Kind.UNCHECKED}


@pytest.mark.parametrize(
    "evaluations",
    [
        pytest.param([{"token": "x", "value": True}], id="of something else"),
        pytest.param([{"token": "$PROJECT"}], id="without a value"),
    ],
)
def test_an_answer_to_another_question_counts_for_nothing(world: World, evaluations: list[object]) -> None:
    world.azure.faults.add("permissions batch", body_replaced(json.dumps({"evaluations": evaluations}).encode()))

    (finding,) = rights_found(world.boards, MHHS, USES)

    assert finding.kind is Kind.UNCHECKED
    assert "what shunter@mhhs.example may do: POST permissionevaluationbatch" in finding.words


def test_a_namespace_that_the_organisation_does_not_list_spoils_nothing_else() -> None:
    asked = asked_of(USES, PLACES)
    held = {
        (right, token): right.words.startswith("View")
        for right, token in asked
        if right.namespace is not Namespace.RELEASES
    }

    found = judge("bot", USES, PLACES, held, ())

    assert {finding.kind for finding in found} == {Kind.UNCHECKED}
    assert len(found) == sum(right.namespace is Namespace.RELEASES for right, _ in asked)
    assert "whether bot has 'View releases'" in str(found[0])
