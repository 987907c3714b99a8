"""The closer look: whose history has to be read, and which items, before anything is decided for good."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import closer_look
from bot.candidate_list import ListState, Role
from bot.change import Change, Edit, Field
from bot.closer_look import brought_by_nothing, histories_needed, items_needed
from bot.defect import Kind, State
from bot.number import ReleaseType
from bot.party import Numbers
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.raise_rfcs import plan_rfcs
from bot.rfc import RfcState
from tests.bot.a_run import decided
from tests.bot.world import (
    DCC,
    NOW,
    TESTER,
    WEEK,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    an_entry,
    an_rfc,
    entries,
    facts,
)

RAISED_LIST = a_sealed_list(state=ListState.RAISED)


@pytest.mark.parametrize(
    ("candidate_list", "needed"),
    [
        pytest.param(a_list(), False, id="proposed"),
        pytest.param(a_list(state=ListState.AGREED), True, id="agreed, not sealed: by whom?"),
        pytest.param(a_sealed_list(), False, id="sealed"),
        pytest.param(RAISED_LIST, False, id="raised"),
        pytest.param(a_sealed_list(type=ReleaseType.EMERGENCY), True, id="an emergency's, sealed: its release review"),
        pytest.param(
            a_sealed_list(type=ReleaseType.EMERGENCY, state=ListState.RAISED), True, id="an emergency's, raised"
        ),
    ],
)
def test_of_a_list_it_matters_who_agreed_it(candidate_list: Any, needed: bool) -> None:
    assert histories_needed(facts(a_defect(), candidate_list)) == ({901} if needed else set())


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        pytest.param({"state": RfcState.RAISED}, False, id="raised"),
        pytest.param({"state": RfcState.RAISED, "answers": "3: met"}, True, id="raised, and answered: by whom?"),
        pytest.param({"state": RfcState.REJECTED}, True, id="rejected: by whom?"),
        pytest.param({"state": RfcState.WITHDRAWN}, True, id="withdrawn, its list not closed yet: by whom?"),
        pytest.param({"state": RfcState.WITHDRAWN, "list_id": None}, False, id="withdrawn, and over"),
        pytest.param({"state": RfcState.APPROVED}, True, id="approved"),
        pytest.param({"state": RfcState.DEPLOYED, "outcome": "succeeded"}, True, id="deployed"),
        pytest.param({"state": RfcState.ROLLED_BACK}, True, id="rolled back"),
        pytest.param({"state": RfcState.CLOSED}, True, id="closed before anything was recorded"),
        pytest.param({"state": RfcState.CLOSED, "outcome": "succeeded"}, True, id="closed, its defect still resolved"),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "succeeded", "list_id": None},
            True,
            id="closed, by hand, and a list with its key is agreed",
        ),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "succeeded", "list_id": None, "party": "Elexon"},
            False,
            id="closed, without a list",
        ),
        pytest.param(
            {"state": RfcState.CLOSED, "outcome": "succeeded", "accepted": frozenset({123}), "list_id": None}
            | {"party": "Elexon"},
            True,
            id="closed, with a defect accepted by name",
        ),
    ],
)
def test_of_an_rfc_it_matters_who_approved_and_deployed_it(changes: dict[str, Any], needed: bool) -> None:
    world = facts(a_defect(), RAISED_LIST, an_rfc(of=RAISED_LIST, **changes))

    assert histories_needed(world) == ({951} if needed else set())


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(a_defect(state=State.READY_FOR_RETEST, delivered_by=951), id="handed over"),
        pytest.param(a_defect(state=State.CLOSED), id="closed"),
        pytest.param(a_defect(delivered_by=951), id="taken back by a person"),
    ],
)
def test_a_closed_rfc_that_owes_nothing_is_not_read_again(defect: Any) -> None:
    rfc = an_rfc(of=RAISED_LIST, state=RfcState.CLOSED, outcome="succeeded")
    over = replace(RAISED_LIST, state=ListState.CLOSED)

    assert histories_needed(facts(defect, over, rfc)) == set()
    assert histories_needed(facts(defect, RAISED_LIST, rfc)) == {951}, "it says who closed it, until its list is closed"


@pytest.mark.parametrize(
    ("state", "needed"),
    [
        pytest.param(ListState.PROPOSED, True, id="an open list"),
        pytest.param(ListState.CLOSED, False, id="a closed one"),
    ],
)
def test_where_a_waiver_stands_it_matters_who_wrote_it(state: ListState, needed: bool) -> None:
    waived = a_list(901, state=state, waiver="Rhona: needed")
    raised = an_rfc(952, list_id=None, waiver="Rhona: needed")

    assert histories_needed(facts(waived, raised)) == {952} | ({901} if needed else set())


def test_a_closed_rfc_that_was_answered_is_read_while_its_list_is_open() -> None:
    rfc = an_rfc(of=RAISED_LIST, state=RfcState.CLOSED, outcome="succeeded", answers="10: met, in the wiki")
    handed_over = a_defect(state=State.CLOSED)

    assert histories_needed(facts(handed_over, RAISED_LIST, rfc)) == {951}
    assert histories_needed(facts(handed_over, replace(RAISED_LIST, state=ListState.CLOSED), rfc)) == set()


def test_a_time_that_is_still_to_come_hides_no_arrival() -> None:
    last = an_rfc(951, list_id=None, state=RfcState.CLOSED, outcome="succeeded", deployed_at=NOW)
    mistyped = replace(last, id=952, deployed_at=NOW + WEEK)

    assert histories_needed(facts(last, mistyped)) == {951}


WAITS = State.READY_FOR_RETEST


@pytest.mark.parametrize(
    ("defect", "has_no_tester", "has_no_rfc"),
    [
        pytest.param(a_defect(state=WAITS, delivered_by=951, assigned_to=TESTER), False, False, id="handed over"),
        pytest.param(a_defect(state=WAITS, delivered_by=951, assigned_to=""), True, False, id="to nobody known"),
        pytest.param(a_defect(state=WAITS, assigned_to=TESTER), False, True, id="moved by a person"),
        pytest.param(a_defect(state=WAITS, delivered_by=9, assigned_to=TESTER), False, True, id="by an RFC gone since"),
        pytest.param(a_change_request(123, state=WAITS, assigned_to=TESTER), False, False, id="a change request"),
        pytest.param(a_defect(assigned_to=""), False, False, id="not handed over yet"),
    ],
)
def test_of_what_waits_for_retest_it_is_read_who_retests_it_and_since_when(
    defect: Any, has_no_tester: bool, has_no_rfc: bool
) -> None:
    world = facts(defect, RAISED_LIST, an_rfc(of=RAISED_LIST))

    assert bool(closer_look.testers_unknown(world)) is has_no_tester
    assert bool(brought_by_nothing(world)) is has_no_rfc


def test_what_a_plan_writes_is_read_by_id() -> None:
    world = facts(a_defect(123), a_list(901, state=ListState.CLOSED), a_sealed_list(902))

    assert 902 in items_needed(decided(world), world)


def test_and_the_change_requests_whose_text_a_note_quotes() -> None:
    sealed = a_sealed_list(entries=entries(here=[123]) | {an_entry(31, Role.CHANGE)})
    picture = a_picture(a_defect(123), a_change_request(31), sealed)

    assert items_needed(plan_rfcs(picture), picture.facts) == {901, 31}


def test_and_the_rfc_by_which_a_defect_is_handed_over_or_put_back() -> None:
    """Somebody may have deleted it, or said that it failed, since the feed was read."""
    given = Change(Kind.DEFECT, 1, 3, (Edit(Field.DELIVERED_BY, 950, 951),))
    taken = Change(Kind.DEFECT, 2, 3, (Edit(Field.DELIVERED_BY, 952, None),))
    plan = Plan(tuple(Action(ActionKind.MOVE_TO_RETEST, "retest", "", f"defect {c.id}", c) for c in (given, taken)))

    world = facts(a_defect(1), a_defect(2), RAISED_LIST, an_rfc(951), an_rfc(952))

    assert items_needed(plan, world) == {1, 2, 951, 952}, "950, by which it was handed over before, is not there"


def test_an_empty_plan_needs_nothing() -> None:
    assert items_needed(Plan(), facts(a_defect())) == set()


@pytest.mark.parametrize("numbers", Numbers)
def test_before_an_rfc_is_raised_the_other_lists_of_its_party_are_read(numbers: Numbers) -> None:
    """One of them may have been sealed with the same number at the same moment, for something else."""
    sealed = a_sealed_list(901)
    others = (a_sealed_list(902, environment="UIT", state=ListState.RAISED), a_list(903, environment="SIT-B"))
    closed = a_list(904, environment="SIT-B", state=ListState.CLOSED)
    programme = a_programme(parties=[replace(DCC, numbers=numbers)])
    world = facts(a_defect(), sealed, *others, closed, programme=programme)

    assert items_needed(plan_rfcs(Picture(world)), world) == {901, 902, 903}
