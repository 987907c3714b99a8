"""Writing: once, guarded by the revision, and always with an account of what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.azure_devops.answers import SignedOut, Throttled
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from adapters.sandbox import faults
from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import Fault
from adapters.sandbox.problem import Problem
from bot.candidate_list import ListState
from bot.change import Change, Field, Value
from bot.defect import Kind, State
from bot.number import Number, ReleaseType
from bot.remark import Remark
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, MANAGER, TESTER, World, a_change, render

MOVE: Mapping[Field, Value] = {
    Field.STATE: State.READY_FOR_RETEST,
    Field.REMARK: Remark(("Deployed to SIT-A",)),
    Field.DELIVERED_BY: 9,
}
CLOSE: Mapping[Field, Value] = {Field.STATE: State.CLOSED}


def only(outcomes: tuple[Outcome, ...]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def test_an_update_is_one_request_and_one_revision(world: World) -> None:
    world.defects(1)

    outcome = only(world.boards.update([a_change(1, 1, MOVE, assignees=["tess.hall@st.example"])]))

    item = world.azure.item(1)
    assert isinstance(outcome, Applied)
    assert (outcome.id, outcome.rev) == (1, 2)
    assert (item.rev, item.fields["System.State"], item.fields["Custom.DeliveredBy"]) == (2, "Ready for Retest", 9)
    assert (item.latest.by.sign_in, item.latest.comment) == (BOT, "<p>Deployed to SIT-A</p>")
    assert outcome.item is not None
    assert outcome.item.fields["System.AssignedTo"] == "Tess Hall <tess.hall@st.example>"
    assert world.asked() == {"update": 1}


def test_every_kind_of_value_is_spelled_as_the_service_takes_it(world: World) -> None:
    edits: Mapping[Field, Value] = {
        Field.TITLE: "DCC\u202e 5.2.16.0\nto SIT-A",
        Field.NUMBER: Number(5, 2, 16),
        Field.TYPE: ReleaseType.PATCH,
        Field.WINDOW_START: datetime(2026, 12, 7, 9, tzinfo=UTC),
        Field.EDITION: 3,
        Field.SEAL: "abc",
        Field.STATE: ListState.RAISED,
        Field.CLAIM: None,
    }
    world.candidate_list(1, {"Custom.Claim": "mine"})

    only(world.boards.update([a_change(1, 1, edits, kind=Kind.LIST)]))

    fields = world.azure.item(1).fields
    assert fields["System.Title"] == "DCC 5.2.16.0 to SIT-A"
    assert (fields["Custom.ReleaseNumber"], fields["Custom.ReleaseType"]) == ("5.2.16.0", "patch")
    assert fields["Custom.WindowStart"] == datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert (fields["Custom.Edition"], fields["Custom.Seal"], fields["System.State"]) == (3, "abc", "Raised")
    assert "Custom.Claim" not in fields


def test_tags_are_replaced_not_merged(world: World) -> None:
    world.defects(1, **{"System.Tags": "Hold; known-issue"})

    outcome = only(
        world.boards.update([a_change(1, 1, {Field.TAGS: "known-issue", Field.PLANNED_FOR: date(2026, 12, 7)})])
    )

    assert isinstance(outcome, Applied)
    assert world.azure.item(1).tags == ("known-issue",)
    assert world.azure.item(1).fields["Custom.PlannedFor"] == datetime(2026, 12, 7, tzinfo=UTC)


@pytest.mark.parametrize("status", [412, 409, 400])
def test_somebody_who_was_faster_wins_and_is_named(world: World, status: int) -> None:
    world.azure.organisation.doubts.failed_test = status
    world.defects(1)
    world.azure.person(TESTER).edit(1, {"System.Title": "Clearer"})

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert outcome == Refused("changed meanwhile by tess.hall@st.example: to be decided again")
    assert world.state(1) == "Resolved"


def test_somebody_who_did_the_same_first_keeps_the_credit(world: World) -> None:
    world.defects(1)
    world.azure.person(TESTER).set_state(1, "Closed")

    outcome = only(world.boards.update([a_change(1, 1, CLOSE)]))

    assert outcome == Refused("changed meanwhile by tess.hall@st.example: to be decided again")


@pytest.mark.parametrize("status", [400, 409, 412, 500, 503])
def test_a_race_lost_inside_the_server_is_a_refusal_like_any_other(world: World, status: int) -> None:
    world.defects(1)
    world.azure.faults.add("update", faults.changed_meanwhile(status))

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting
    assert world.asked() == {"update": 1, "workitemsbatch": 1, "connection": 1}


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(faults.reset(applied=True), id="reset"),
        pytest.param(faults.no_answer(applied=True), id="time-out"),
        pytest.param(faults.unavailable(applied=True), id="503"),
        pytest.param(faults.truncated(), id="cut off"),
        pytest.param(faults.body_replaced(b"{}"), id="empty object"),
        pytest.param(faults.body_replaced(b"<html/>", "text/html"), id="web page"),
    ],
)
def test_a_write_whose_answer_is_lost_is_read_back(world: World, lost: Fault) -> None:
    world.defects(1)
    world.azure.faults.add("update", lost)

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Applied)
    assert (outcome.rev, world.rev(1)) == (2, 2)
    assert world.asked() == {"update": 1, "workitemsbatch": 1, "connection": 1}


def test_of_a_lost_write_whose_item_a_read_leaves_out_nobody_knows(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("update", faults.reset(applied=True))
    world.azure.faults.add("workitemsbatch", faults.body_replaced(b'{"count": 0, "value": []}'))

    (outcome,) = world.boards.update([a_change(1, 1, MOVE)])

    assert outcome == Unknown("work item 1 did not come when it was looked for")
    assert world.rev(1) == 2


def test_our_lost_write_is_recognised_under_a_later_one_of_somebody_else(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("update", faults.reset(applied=True))
    change = a_change(1, 1, MOVE)

    def then_tess_closes_it(carry_out: faults.CarryOut) -> Answer:
        world.azure.person(TESTER).set_state(1, "Closed")
        return carry_out()

    world.azure.faults.add("workitemsbatch", then_tess_closes_it)

    outcome = only(world.boards.update([change]))

    assert isinstance(outcome, Applied)
    assert (outcome.rev, world.rev(1), world.state(1)) == (2, 3, "Closed")


def test_a_lost_write_that_does_not_stand_there_is_unknown_because_it_may_still_arrive(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("update", world.azure.faults.held_back())

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Unknown)
    assert world.azure.deliver_held_back() == 1
    assert world.state(1) == "Ready for Retest"


def test_our_own_write_of_the_run_before_is_found_behind_a_conflict(world: World) -> None:
    world.defects(1)
    only(world.boards.update([a_change(1, 1, MOVE)]))

    again = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(again, Applied)
    assert (again.rev, world.rev(1)) == (2, 2)


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        pytest.param(faults.throttled(7200), Throttled, id="throttled"),
        pytest.param(faults.unauthorised(), SignedOut, id="unauthorised"),
        pytest.param(faults.sign_in_page(), SignedOut, id="sign-in page"),
    ],
)
def test_what_was_not_done_for_certain_is_refused_with_its_cause(world: World, fault: Fault, cause: type) -> None:
    world.defects(1)
    world.azure.faults.add("update", fault)

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Refused)
    assert isinstance(outcome.cause, cause)
    assert not outcome.is_lasting
    assert world.rev(1) == 1


@pytest.mark.parametrize("is_revision", [False, True])
def test_what_stands_there_already_is_applied_whether_that_makes_a_revision_or_not(
    world: World, *, is_revision: bool
) -> None:
    world.azure.organisation.doubts.the_same_again_is_a_revision = is_revision
    world.defects(1)

    outcome = only(world.boards.update([a_change(1, 1, {Field.TITLE: "Defect 1"})]))

    assert isinstance(outcome, Applied)
    assert (outcome.rev, world.rev(1)) == ((2, 2) if is_revision else (1, 1))


def test_a_write_that_never_left_is_refused(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("update", faults.unreachable())

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Refused)
    assert outcome.why == "PATCH work item 1: no answer (NewConnectionError)"
    assert world.asked() == {"update": 1}


def test_a_refusal_by_a_rule_lasts_and_carries_the_words_of_the_server(world: World) -> None:
    world.defects(1)

    outcome = only(world.boards.update([a_change(1, 1, {Field.SEVERITY: "9 - Odd"})]))

    assert isinstance(outcome, Refused)
    assert outcome.is_lasting
    assert "Severity" in outcome.why
    assert world.asked() == {"update": 1}


@pytest.mark.parametrize(
    ("meaning", "field", "value", "words"),
    [
        pytest.param(Field.SEVERITY, "System.CreatedBy", "tess.hall@st.example", "ReadOnly", id="a read-only field"),
        pytest.param(Field.WORKAROUND, "Custom.Workaround", "x" * 1_048_577, "InvalidTooLong", id="more than 1 M"),
        pytest.param(Field.SEVERITY, "Custom.Nowhere", "x", "TF51535", id="a field that is gone"),
    ],
)
def test_what_a_field_does_not_take_is_refused_in_the_words_of_the_server(
    world: World, meaning: Field, field: str, value: str, words: str
) -> None:
    world.defects(1)
    spelling = replace(MHHS, fields={**MHHS.fields, (Kind.DEFECT, meaning): field})
    boards = Boards(world.gateway, spelling, render)

    outcome = only(boards.update([a_change(1, 1, {meaning: value})]))

    assert isinstance(outcome, Refused)
    assert outcome.is_lasting
    assert words in outcome.why
    assert world.asked() == {"update": 1}


def test_a_missing_permission_does_not_last(world: World) -> None:
    world.defects(1)
    world.token = world.azure.token_for(BOT, may_write=False)

    outcome = only(world.boards.update([a_change(1, 1, MOVE)]))

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting


@pytest.mark.parametrize(
    ("names", "assigned"),
    [
        pytest.param(("nobody@x", MANAGER), "Dev Patel", id="the next one"),
        pytest.param(("nobody@x", "noone@x"), None, id="at last nobody"),
    ],
)
def test_the_state_does_not_wait_for_a_name(world: World, names: tuple[str, ...], assigned: str | None) -> None:
    world.defects(1)

    outcome = only(world.boards.update([a_change(1, 1, MOVE, assignees=names)]))

    person = world.azure.item(1).fields.get("System.AssignedTo")
    assert isinstance(outcome, Applied)
    assert world.state(1) == "Ready for Retest"
    assert getattr(person, "name", None) == assigned
    assert world.rev(1) == 2


def test_a_name_that_two_people_bear_is_passed_over_too(world: World) -> None:
    world.defects(1)
    words = "The identity value 'Tess Hall' for field 'Assigned To' is an ambiguous identity."
    world.azure.faults.add("update", faults.refused(Problem(400, "WorkItemFieldInvalidException", words)))

    outcome = only(world.boards.update([a_change(1, 1, MOVE, assignees=("Tess Hall", MANAGER))]))

    assert isinstance(outcome, Applied)
    assert getattr(world.azure.item(1).fields["System.AssignedTo"], "name", None) == "Dev Patel"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(
            a_change(1, 1, {Field.SEAL: "x"}), "the configuration names no field for 'seal' of a defect", id="field"
        ),
        pytest.param(
            a_change(1, 1, {Field.STATE: State.OTHER}),
            "the configuration names no state of a defect for 'other'",
            id="state",
        ),
        pytest.param(
            a_change(1, 1, {Field.VERSION: "9" * 300}),
            "'version' would have 300 characters; Azure DevOps takes 255",
            id="too long",
        ),
        pytest.param(
            a_change(1, 1, {Field.PLANNED_FOR: datetime(2026, 12, 7)}),  # noqa: DTZ001  (that is the mistake)
            "2026-12-07 00:00:00 has no time zone",
            id="no zone",
        ),
    ],
)
def test_what_cannot_be_spelled_is_refused_before_anything_is_sent(world: World, change: Change, why: str) -> None:
    world.defects(1)

    assert only(world.boards.update([change])) == Refused(why, is_lasting=True)
    assert world.asked() == {}


def test_an_update_without_an_item_or_two_of_one_item_are_a_mistake(world: World) -> None:
    with pytest.raises(ValueError, match="each update needs a work item of its own"):
        world.boards.update([a_change(1, 1, MOVE), a_change(1, 1, CLOSE)])
    with pytest.raises(ValueError, match="each update needs a work item of its own"):
        world.boards.update([a_change(None, None, MOVE)])


def test_nothing_to_update_asks_nothing(world: World) -> None:
    assert world.boards.update([]) == ()
    assert world.asked() == {}


def test_a_title_of_people_cannot_hold_what_breaks_a_line(world: World) -> None:
    world.candidate_list(1)

    only(world.boards.update([a_change(1, 1, {Field.TITLE: "x\x00" + "y" * 300}, kind=Kind.LIST)]))

    title = world.azure.item(1).fields["System.Title"]
    assert title == "x " + "y" * 252 + "…"


def test_past_its_time_no_update_is_sent_alone_or_among_others(world: World) -> None:
    world.defects(1, 2, 3)
    changes = [a_change(id, 1, MOVE) for id in (1, 2, 3)]
    late = world.boards.elapsed() - 1

    outcomes = (*world.boards.update(changes[:1], until=late), *world.boards.update(changes[1:], until=late))

    assert [isinstance(o, Refused) and isinstance(o.cause, Throttled) for o in outcomes] == [True] * 3
    assert world.asked() == {}
