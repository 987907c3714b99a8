"""Many updates at once: right whether a batch is all or nothing, or not."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from adapters.sandbox import faults
from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.problem import Problem
from bot.change import Change, Field, Value
from bot.defect import State
from tests.adapters.azure_devops.world import BOT, MANAGER, TESTER, World, a_change, an_azure

MOVE: Mapping[Field, Value] = {Field.STATE: State.READY_FOR_RETEST, Field.DELIVERED_BY: 9}
POISON: Mapping[Field, Value] = {Field.SEVERITY: "9 - Odd"}


@pytest.fixture(params=["each for itself", "all or nothing", "all or nothing, in other words"])
def either(request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(an_azure())
    service = world.azure.organisation
    service.batch_is_atomic = "all or nothing" in request.param
    service.doubts.parts_fail_with_whole_errors = "other words" in request.param
    service.doubts.failed_test = 409 if "other words" in request.param else 412
    service.doubts.missing_items_are_null = "other words" not in request.param
    yield world
    assert all(item.rev <= 3 for item in world.azure.items())


def moves(*ids: int) -> list[Change]:
    return [a_change(id, 1, MOVE) for id in ids]


def words(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


@pytest.mark.parametrize(("number", "batches"), [(2, 1), (200, 1), (201, 1), (202, 2), (400, 2)])
def test_many_updates_take_one_request_for_each_200(either: World, number: int, batches: int) -> None:
    either.defects(*range(1, number + 1))

    outcomes = either.boards.update(moves(*range(1, number + 1)))

    asked = either.asked()
    assert set(words(outcomes)) == {"Applied"}
    assert [outcome.id for outcome in outcomes if isinstance(outcome, Applied)] == list(range(1, number + 1))
    assert {either.rev(id) for id in range(1, number + 1)} == {2}
    assert asked.pop("batch") == batches
    assert asked in ({}, {"update": 1})


def test_a_poisoned_item_keeps_nobody_else_from_moving(either: World) -> None:
    either.defects(1, 2, 3)

    outcomes = either.boards.update([a_change(1, 1, MOVE), a_change(2, 1, POISON), a_change(3, 1, MOVE)])

    assert words(outcomes) == ["Applied", "Refused", "Applied"]
    assert [either.state(id) for id in (1, 2, 3)] == ["Ready for Retest", "Resolved", "Ready for Retest"]
    refused = outcomes[1]
    assert isinstance(refused, Refused)
    assert refused.is_lasting
    assert "Severity" in refused.why
    assert "(ActivityId " in refused.why
    asked = either.asked()
    assert asked["batch"] <= 2
    assert asked["workitemsbatch"] == 1


def test_an_item_that_somebody_changed_is_left_alone_and_the_others_still_move(either: World) -> None:
    either.defects(1, 2, 3)
    either.azure.person(TESTER).edit(2, {"System.Title": "Clearer"})

    outcomes = either.boards.update(moves(1, 2, 3))

    assert words(outcomes) == ["Applied", "Refused", "Applied"]
    assert outcomes[1] == Refused("changed meanwhile by tess.hall@st.example: to be decided again")
    assert [either.state(id) for id in (1, 2, 3)] == ["Ready for Retest", "Resolved", "Ready for Retest"]


def test_a_deleted_item_is_refused_and_the_others_still_move(either: World) -> None:
    either.defects(1, 2, 3)
    either.azure.person(MANAGER).delete(2)

    outcomes = either.boards.update(moves(1, 2, 3))

    assert words(outcomes) == ["Applied", "Refused", "Applied"]


def test_an_unknown_name_in_a_batch_goes_to_the_next_name(either: World) -> None:
    either.defects(1, 2, 3)
    changes = [a_change(id, 1, MOVE, assignees=["nobody@x", MANAGER] if id == 2 else [TESTER]) for id in (1, 2, 3)]

    outcomes = either.boards.update(changes)

    assert set(words(outcomes)) == {"Applied"}
    names = [getattr(either.azure.item(id).fields["System.AssignedTo"], "name", None) for id in (1, 2, 3)]
    assert names == ["Tess Hall", "Dev Patel", "Tess Hall"]
    assert either.rev(2) == 2


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(faults.reset(applied=True), id="reset"),
        pytest.param(faults.unavailable(applied=True), id="503"),
        pytest.param(faults.truncated(), id="cut off"),
        pytest.param(faults.body_replaced(b"{}"), id="empty object"),
    ],
)
def test_a_batch_whose_answer_is_lost_is_read_back_in_one_request(either: World, lost: faults.Fault) -> None:
    either.defects(1, 2, 3)
    either.azure.faults.add("batch", lost)

    outcomes = either.boards.update(moves(1, 2, 3))

    assert set(words(outcomes)) == {"Applied"}
    assert either.asked() == {"batch": 1, "workitemsbatch": 1, "connection": 1}


def test_a_batch_that_was_lost_on_its_way_is_unknown(either: World) -> None:
    either.defects(1, 2)
    either.azure.faults.add("batch", either.azure.faults.held_back())

    outcomes = either.boards.update(moves(1, 2))

    assert words(outcomes) == ["Unknown", "Unknown"]
    assert either.asked()["batch"] == 1


def test_a_batch_that_cannot_be_read_back_is_unknown(either: World) -> None:
    either.defects(1, 2)
    either.azure.faults.add("batch", faults.reset(applied=True))
    either.azure.faults.add("workitemsbatch", faults.unauthorised())

    outcomes = either.boards.update(moves(1, 2))

    assert [isinstance(outcome, Unknown) for outcome in outcomes] == [True, True]
    assert {either.rev(1), either.rev(2)} == {2}


def test_a_throttled_batch_is_not_replaced_by_single_writes(either: World) -> None:
    either.defects(1, 2, 3)
    either.azure.faults.add("batch", faults.throttled(120))

    outcomes = either.boards.update(moves(1, 2, 3))

    assert words(outcomes) == ["Refused"] * 3
    assert not any(isinstance(outcome, Refused) and outcome.is_lasting for outcome in outcomes)
    assert either.asked() == {"batch": 1}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([{"code": 200, "body": "{}"}], id="too few"),
        pytest.param([{"code": 200, "body": "{}"}, {"code": 200, "body": "cut o"}], id="garbled"),
        pytest.param([{"code": "200", "body": None}, None], id="of another shape"),
        pytest.param([{"code": 500, "body": "{}"}, {"code": 503, "body": "{}"}], id="failed inside"),
    ],
)
def test_a_batch_whose_answer_makes_no_sense_is_read_back(either: World, value: list[object]) -> None:
    either.defects(1, 2)
    answer = json.dumps({"count": len(value), "value": value}).encode()
    either.azure.faults.add("batch", faults.body_replaced(answer))

    assert words(either.boards.update(moves(1, 2))) == ["Applied", "Applied"]
    assert {either.rev(1), either.rev(2)} == {2}


def reordered(carry_out: faults.CarryOut) -> Answer:
    """The same answers, the last one first."""
    answer = carry_out()
    told = json.loads(answer.body)
    return replace(answer, body=json.dumps(told | {"value": told["value"][::-1]}).encode())


def test_answers_in_another_order_are_not_taken_for_those_of_their_places(either: World) -> None:
    either.defects(1, 2, 3)
    either.azure.faults.add("batch", reordered)

    outcomes = either.boards.update([a_change(1, 1, MOVE), a_change(2, 1, MOVE), a_change(3, 1, MOVE)])

    assert [outcome.id for outcome in outcomes if isinstance(outcome, Applied)] == [1, 2, 3]


def test_answers_in_another_order_blame_no_wrong_item(either: World) -> None:
    either.azure.organisation.batch_is_atomic = False
    either.defects(1, 2, 3)
    either.azure.faults.add("batch", reordered)

    outcomes = either.boards.update([a_change(1, 1, POISON), a_change(2, 1, MOVE), a_change(3, 1, MOVE)])

    assert words(outcomes) == ["Unknown", "Applied", "Applied"]


@pytest.mark.parametrize("code", [400, 409, 412, 500, 503])
def test_a_race_that_a_part_has_lost_is_no_lasting_refusal(either: World, code: int) -> None:
    either.defects(1, 2)
    lost = {"count": 1, "value": {"Message": "TF26071: This work item has been changed by someone else."}}
    parts = [{"code": code, "body": json.dumps(lost)}, {"code": code, "body": json.dumps(lost)}]
    either.azure.faults.add("batch", no(json.dumps({"count": 2, "value": parts}).encode()))

    outcomes = either.boards.update(moves(1, 2))

    assert words(outcomes) == ["Refused", "Refused"]
    assert not any(isinstance(outcome, Refused) and outcome.is_lasting for outcome in outcomes)
    assert either.asked()["batch"] == 1


def test_a_batch_that_stops_at_its_first_failure_comes_to_its_end_in_a_few_looks(either: World) -> None:
    either.azure.organisation.doubts.a_batch_stops_at_a_failure = True
    either.defects(*range(1, 11))
    poisoned, left, known = {2, 5, 6}, set(range(1, 11)), set[int]()

    for _ in range(3):
        changes = [a_change(id, 1, POISON if id in poisoned else MOVE) for id in sorted(left - known)]
        for change, outcome in zip(changes, either.boards.update(changes), strict=True):
            if isinstance(outcome, Applied):
                left.discard(outcome.id)
            elif isinstance(outcome, Refused) and outcome.is_lasting and change.id is not None:
                known.add(change.id)

    assert (left, known) == (poisoned, poisoned)


TOO_LARGE = Problem(413, "TooLarge", "The request is too large.")


def test_a_batch_that_is_refused_as_a_whole_goes_out_in_halves(either: World) -> None:
    either.defects(*range(1, 65))
    either.azure.faults.add(lambda call: call.body.count(b'"method"') > 50, faults.refused(TOO_LARGE), times=100)

    outcomes = either.boards.update(moves(*range(1, 65)))

    assert set(words(outcomes)) == {"Applied"}
    assert {either.rev(id) for id in range(1, 65)} == {2}
    assert either.asked()["batch"] == 1 + 2


def test_one_part_for_which_the_whole_is_refused_keeps_nobody_else_from_moving(either: World) -> None:
    either.defects(*range(1, 65))
    either.azure.faults.add(speaks_of(17), faults.refused(Problem(400, "X", "The request is not valid.")), times=100)

    outcomes = either.boards.update(moves(*range(1, 65)))

    assert [id for id, outcome in enumerate(outcomes, 1) if not isinstance(outcome, Applied)] == [17]
    assert isinstance(outcomes[16], Refused)
    assert outcomes[16].is_lasting
    asked = either.asked()
    assert asked["batch"] + asked["update"] <= 20


def test_where_everything_is_refused_it_is_not_asked_for_one_by_one(either: World) -> None:
    either.defects(*range(1, 65))
    either.azure.faults.add("batch", faults.refused(TOO_LARGE), times=1_000)
    either.azure.faults.add("update", faults.refused(TOO_LARGE), times=1_000)

    outcomes = either.boards.update(moves(*range(1, 65)))

    assert set(words(outcomes)) == {"Refused"}
    asked = either.asked()
    assert asked["batch"] + asked.get("update", 0) == 20


def test_a_batch_for_which_a_permission_is_missing_is_sent_once(either: World) -> None:
    either.defects(1, 2, 3)
    either.token = either.azure.token_for(BOT, may_write=False)

    outcomes = either.boards.update(moves(1, 2, 3))

    assert words(outcomes) == ["Refused"] * 3
    assert not any(isinstance(outcome, Refused) and outcome.is_lasting for outcome in outcomes)
    assert either.asked()["batch"] == 1


def speaks_of(id: int) -> Callable[[Call], bool]:
    """Whether a write changes this work item, alone or among others."""
    part, alone = f"/workItems/{id}?".encode(), f"/workitems/{id}"

    def asks(call: Call) -> bool:
        return (call.operation == "batch" and part in call.body) or (
            call.operation == "update" and call.path.lower().endswith(alone)
        )

    return asks


def test_refused_items_without_a_code_are_tried_once_more_and_then_given_up(either: World) -> None:
    either.defects(1, 2)
    refusal = {"code": 400, "body": json.dumps({"count": 1, "value": {"Message": "No."}})}
    answer = json.dumps({"count": 2, "value": [refusal, refusal]}).encode()
    either.azure.faults.add("batch", no(answer), times=5)

    outcomes = either.boards.update(moves(1, 2))

    assert words(outcomes) == ["Refused", "Refused"]
    assert either.asked()["batch"] == 2


def no(body: bytes) -> faults.Fault:
    """The answer `body`, without anything having been done."""

    def fault(carry_out: faults.CarryOut) -> Answer:
        return Answer(200, body)

    return fault
