"""Raised by hand: such an RFC counts as an arrival, and hands over what the agreed list with its key names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.change import Field, LinkKind
from bot.control_points import ControlPoints
from bot.defect import Defect, Fix, State
from bot.picture import Picture
from bot.plan import ActionKind
from bot.proposal import Proposal, propose
from bot.raise_rfcs import plan_rfcs
from bot.raised_for import lists_of_rfcs
from bot.retest_rows import retest_rows
from bot.rfc import Rfc, RfcState
from bot.rollout_groups import rollout_groups
from bot.standing import standings
from bot.traces import Traces
from bot.where import Where
from bot.why_not_raised import why_not_raised
from tests.bot.world import (
    RELEASE_MANAGER,
    a_defect,
    a_list,
    a_picture,
    a_sealed_list,
    an_rfc,
    at,
    deployed,
    entries,
    facts,
    number,
)

SEALED = a_sealed_list()
BY_HAND: dict[str, Any] = {"list_id": None, "edition": 0, "seal": "", "fixes": frozenset()}
RAISED = an_rfc(of=SEALED, **BY_HAND)
DEPLOYED = replace(RAISED, state=RfcState.DEPLOYED, deployed_at=at("2026-12-07 09:30"))
AFTER = at("2026-12-08 09:00")


@pytest.mark.parametrize(
    ("rfcs", "lists", "found"),
    [
        pytest.param([RAISED], [SEALED], {951: 901}, id="the agreed list with its key"),
        pytest.param([RAISED], [a_list()], {}, id="a list that is only proposed"),
        pytest.param([RAISED], [a_sealed_list(environment="SIT-B")], {}, id="a list for another environment"),
        pytest.param([RAISED], [a_sealed_list(release="5.2.17.0")], {}, id="a list of another number"),
        pytest.param([replace(RAISED, state=RfcState.WITHDRAWN)], [SEALED], {}, id="it is withdrawn"),
        pytest.param([RAISED, replace(RAISED, id=952)], [SEALED], {951: 901}, id="two by hand: the lower id"),
        pytest.param(
            [RAISED, an_rfc(952, of=SEALED)], [SEALED], {952: 901}, id="one by hand, and one raised from the list"
        ),
        pytest.param(
            [RAISED, an_rfc(952, of=SEALED, state=RfcState.WITHDRAWN)],
            [SEALED],
            {951: 901, 952: 901},
            id="one by hand, and one from the list that is withdrawn",
        ),
    ],
)
def test_an_rfc_stands_for_one_list(rfcs: list[Rfc], lists: list[CandidateList], found: dict[int, int]) -> None:
    assert {rfc: c.id for rfc, c in lists_of_rfcs(facts(*rfcs, *lists)).items()} == found


@pytest.mark.parametrize(
    ("first", "stands"),
    [
        pytest.param(RfcState.APPROVED, 951, id="the lower id"),
        pytest.param(RfcState.ROLLED_BACK, 951, id="the lower id, whatever came of it"),
        pytest.param(RfcState.WITHDRAWN, 952, id="the other, once the lower one is withdrawn"),
    ],
)
def test_of_two_that_are_linked_to_one_list_one_stands_for_it(first: RfcState, stands: int) -> None:
    two = an_rfc(951, of=SEALED, state=first), an_rfc(952, of=SEALED)
    assert {id: rfc.id for id, rfc in a_picture(SEALED, *two).rfc_of_list.items()} == {901: stands}


def after(*items: Defect | CandidateList | Rfc, rfc: Rfc = DEPLOYED) -> Picture:
    return a_picture(a_defect(), rfc, *items, now=AFTER, histories={rfc.id: deployed(rfc)})


@pytest.mark.parametrize(
    ("items", "where"),
    [
        pytest.param([], Where.ON_NO_NOTE, id="no list: the release manager accepts it by name"),
        pytest.param([a_list()], Where.ON_NO_NOTE, id="a list that nobody has agreed"),
        pytest.param([SEALED], Where.MOVE, id="an agreed list"),
        pytest.param([a_sealed_list(entries=entries(here=[246]))], Where.ON_NO_NOTE, id="an agreed list without it"),
    ],
)
def test_what_was_deployed_by_hand_is_handed_over_once_a_list_with_its_key_is_agreed(
    items: list[CandidateList], where: Where
) -> None:
    picture = after(*items)
    assert picture.running("SIT-A", "DCC") == number("5.2.16.0")
    assert standings(picture)[123].where is where


def test_a_list_that_was_changed_after_it_was_sealed_hands_nothing_over_by_hand() -> None:
    changed = replace(SEALED, entries=entries(here=[123, 456]))
    assert standings(after(changed, a_defect(456)))[456].where is not Where.MOVE


def test_accepted_by_name_it_needs_no_list() -> None:
    accepted = replace(DEPLOYED, accepted=frozenset({123}))
    assert standings(after(rfc=accepted))[123].where is Where.MOVE


def test_while_it_is_under_way_a_list_is_still_made_for_what_it_brings() -> None:
    found = {p.environment: p for p in propose(a_picture(a_defect(), RAISED)) if p.party == "DCC"}
    proposal = found["SIT-A"]
    assert isinstance(proposal, Proposal)
    assert (proposal.number, {e.fix.defect for e in proposal.entries}) == (number("5.2.16.0"), {123})


@pytest.mark.parametrize("state", [RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED])
def test_once_the_list_is_agreed_it_gets_note_seal_and_link_and_is_approved_anew(state: RfcState) -> None:
    by_hand = replace(RAISED, state=state)
    picture = a_picture(a_defect(), SEALED, by_hand)
    assert why_not_raised(SEALED, picture) == ""
    (action,) = plan_rfcs(picture)
    edited = {edit.field: edit.new for edit in action.change.edits}
    assert (action.kind, action.change.id) == (ActionKind.REVISE_RFC, 951)
    assert edited[Field.SEAL] == SEALED.seal
    assert edited.get(Field.STATE, RfcState.RAISED) is RfcState.RAISED
    assert [(link.kind, link.target) for link in action.change.links] == [(LinkKind.LIST, 901), (LinkKind.FIX, 123)]


def test_one_that_is_deployed_is_left_as_it_is_and_its_list_counts_as_raised() -> None:
    (action,) = plan_rfcs(after(SEALED))
    assert (action.kind, action.change.id) == (ActionKind.MARK_RAISED, 901)
    assert not plan_rfcs(after(replace(SEALED, state=ListState.RAISED)))


@pytest.mark.parametrize(
    ("running", "brought"),
    [
        pytest.param("5.2.15.0", {123, 777}, id="an environment that missed the one by hand gets its fixes too"),
        pytest.param("5.2.16.0", {777}, id="the environment that has it gets what is new"),
    ],
)
def test_a_release_is_built_on_the_one_that_was_deployed_by_hand(running: str, brought: set[int]) -> None:
    sealed = a_sealed_list(release="5.2.17.0", entries=entries(here=[777], fixed_by="5.2.17.0"))
    known = after(a_defect(777, version="5.2.17.0"), sealed).releases["DCC"]
    new = known.contents(number("5.2.17.0")) - known.contents(number(running))
    assert {fix.defect for fix in new} == brought


def test_what_a_release_did_not_deliver_is_in_no_later_one_by_its_version() -> None:
    lacking = an_rfc(
        950, of=SEALED, state=RfcState.DEPLOYED, delivered=frozenset({1}), deployed_at=DEPLOYED.deployed_at
    )
    later = replace(DEPLOYED, number=number("5.2.17.0"), deployed_at=at("2026-12-07 11:00"))
    picture = after(SEALED, lacking, rfc=later)
    assert picture.running("SIT-A", "DCC") == number("5.2.17.0")
    assert picture.contents_running("SIT-A", "DCC") == frozenset()


def test_who_approves_one_by_hand_is_verified_like_any_other() -> None:
    found = after(SEALED).approval_of(DEPLOYED)
    assert getattr(found, "by", "") == RELEASE_MANAGER


def test_the_control_points_written_when_it_is_adopted_name_its_list() -> None:
    (action,) = plan_rfcs(a_picture(a_defect(), SEALED, RAISED))
    points = action.change.new(Field.CONTROL_POINTS)
    assert isinstance(points, ControlPoints)
    assert points.points[0].evidence == "raised for list 901"


def test_a_fix_that_it_brought_counts_among_those_that_were_retested_in_vain() -> None:
    """123 came with it, failed its retest, and came again with the next release."""
    next_list = a_sealed_list(902, release="5.2.17.0", entries=entries(here=[123], fixed_by="5.2.17.0"))
    next_rfc = an_rfc(952, of=next_list, state=RfcState.DEPLOYED, deployed_at=at("2026-12-14 09:30"))
    again = a_defect(version="5.2.17.0", state=State.READY_FOR_RETEST, delivered_by=952)
    (row,) = retest_rows(a_picture(again, SEALED, DEPLOYED, next_list, next_rfc, now=at("2026-12-15 09:00")))
    assert (row.defect, row.bounced) == (123, 1)


def test_its_report_tells_what_became_of_each_fix_on_its_list() -> None:
    groups = rollout_groups(DEPLOYED, after(SEALED))
    assert [line.id for group in groups for line in group.lines] == [123]


def test_once_rolled_back_its_list_is_no_note_of_its_fixes_any_more() -> None:
    """A later release runs, and no note of it names 123."""
    back = replace(DEPLOYED, state=RfcState.ROLLED_BACK)
    later = a_sealed_list(902, release="5.2.17.0", entries=entries(here=[456]))
    rfc = an_rfc(952, of=later, state=RfcState.DEPLOYED, deployed_at=at("2026-12-08 08:30"))
    assert (("SIT-A", Fix(123, number("5.2.16.0"))) in Traces(after(SEALED)).noted) is True
    assert Traces(after(SEALED, later, rfc, rfc=back)).noted == set()
