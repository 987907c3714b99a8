"""Raising RFCs: one for each sealed list, never a second, and with everything on it that the list holds [M13]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.change import Field, LinkKind
from bot.defect import Defect
from bot.fence import QUARANTINE
from bot.follow_rfcs import plan_control_points
from bot.history import Step
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import Action, ActionKind, Fence
from bot.proposal import Proposal, propose
from bot.raise_rfcs import plan_rfcs
from bot.rfc import Rfc, RfcState
from bot.why_not_raised import why_not_raised
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    NOW,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    an_rfc,
    at,
    entries,
    key,
    number,
    steps,
)

FIXES = [a_defect(123), a_defect(246, found_in="SIT-B"), a_change_request(31)]
SEALED = a_sealed_list(entries=entries(here=[123], elsewhere=[246, 31]))


def decided(*items: Defect | CandidateList | Rfc, **world: Any) -> list[Action]:
    return list(plan_rfcs(a_picture(*FIXES, *items, **world)))


def only(actions: list[Action]) -> Action:
    assert len(actions) == 1, actions
    return actions[0]


def test_a_sealed_list_gets_its_rfc_under_the_fence_of_the_list() -> None:
    action = only(decided(SEALED))

    assert action.kind is ActionKind.RAISE_RFC
    assert action.fence == Fence(901, SEALED.rev, key(), "DCC 5.2.16.0 to SIT-A, edition 1", SEALED.own_number)
    assert (action.change.id, action.change.rev) == (None, None)


def test_the_rfc_carries_its_key_its_seal_and_its_way_back() -> None:
    written = edited(only(decided(SEALED)))

    assert (written[Field.ENVIRONMENT], written[Field.PARTY], written[Field.NUMBER]) == ("SIT-A", "DCC", SEALED.number)
    assert (written[Field.EDITION], written[Field.SEAL], written[Field.LIST]) == (1, SEALED.seal, 901)
    assert written[Field.WAY_BACK] == "Rollback. The plan is DCC's to attach to the RFC, for whoever approves it."
    assert Field.STATE not in written


def test_the_links_of_the_rfc_are_its_list_and_each_fix() -> None:
    links = only(decided(SEALED)).change.links

    assert [(link.kind, link.target) for link in links] == [
        (LinkKind.LIST, 901),
        (LinkKind.FIX, 31),
        (LinkKind.FIX, 123),
        (LinkKind.FIX, 246),
    ]
    assert links[2].comment == "5.2.16.0, retest here"


def test_the_note_the_list_and_the_links_have_the_same_count() -> None:
    action = only(decided(SEALED))
    note = edited(action)[Field.NOTE]

    assert note.count == len(SEALED.entries) == len(action.change.links) - 1


@pytest.mark.parametrize("state", [s for s in ListState if s is not ListState.AGREED], ids=lambda s: s.value)
def test_only_an_agreed_list_is_raised(state: ListState) -> None:
    assert decided(replace(SEALED, state=state)) == []


@pytest.mark.parametrize(
    ("agreed", "others", "now", "why"),
    [
        pytest.param(a_list(state=ListState.AGREED), [], NOW, "its seal, in the next run", id="not sealed yet"),
        pytest.param(
            replace(SEALED, number=number("5.2.17.0")), [], NOW, "its seal, in the next run", id="changed since"
        ),
        pytest.param(a_sealed_list(release=""), [], NOW, "its seal, in the next run", id="sealed without a number"),
        pytest.param(
            SEALED,
            [an_rfc(950, list_id=900)],
            NOW,
            "RFC 950 has been raised for DCC 5.2.16.0 to SIT-A already, not from this list",
            id="raised from another list",
        ),
        pytest.param(
            SEALED,
            [a_defect(123, tags=frozenset({"Hold"}))],
            NOW,
            "123 is held, but 5.2.16.0 contains it: unhold it, or agree a build without it",
            id="held",
        ),
        pytest.param(SEALED, [], at("2026-12-04 09:01"), "the notice of its window has passed", id="too late"),
        pytest.param(
            replace(SEALED, claim="1f: DCC", changed_at=NOW - QUARANTINE + timedelta(seconds=1)),
            [],
            NOW,
            "an RFC may be on its way: it is looked for again in a few minutes",
            id="claimed a moment ago",
        ),
    ],
)
def test_what_keeps_a_list_from_being_raised(agreed: CandidateList, others: list[Any], now: Any, why: str) -> None:
    picture = a_picture(*FIXES, agreed, *others, now=now)

    assert why_not_raised(agreed, picture) == why
    assert list(plan_rfcs(picture)) == []


@pytest.mark.parametrize(
    ("agreed", "others", "now"),
    [
        pytest.param(SEALED, [], at("2026-12-04 09:00"), id="at the last instant of its notice"),
        pytest.param(replace(SEALED, waiver="Rhona: late"), [], at("2026-12-06 12:00"), id="with a waiver"),
        pytest.param(SEALED, [an_rfc(950, list_id=None, state=RfcState.WITHDRAWN)], NOW, id="an earlier one withdrawn"),
        pytest.param(SEALED, [an_rfc(950, list_id=None, environment="SIT-B")], NOW, id="one for another environment"),
        pytest.param(SEALED, [an_rfc(950, list_id=None, party="Elexon")], NOW, id="one of another party"),
        pytest.param(SEALED, [an_rfc(950, list_id=None, number=None)], NOW, id="one without a number"),
        pytest.param(
            replace(SEALED, claim="1f: DCC", changed_at=NOW - QUARANTINE), [], NOW, id="a claim that came to nothing"
        ),
    ],
)
def test_what_does_not(agreed: CandidateList, others: list[Any], now: Any) -> None:
    picture = a_picture(*FIXES, agreed, *others, now=now)

    assert why_not_raised(agreed, picture) == ""
    assert only(list(plan_rfcs(picture))).kind is ActionKind.RAISE_RFC


def test_a_list_whose_rfc_exists_is_marked_as_raised() -> None:
    action = only(decided(SEALED, an_rfc(of=SEALED)))

    assert (action.kind, action.change.id) == (ActionKind.MARK_RAISED, 901)
    assert edited(action) == {Field.STATE: ListState.RAISED}


def test_where_two_rfcs_name_one_list_the_lower_id_counts_and_no_third_is_raised() -> None:
    action = only(decided(SEALED, an_rfc(951, of=SEALED), an_rfc(952, of=SEALED)))

    assert (action.kind, action.reason) == (ActionKind.MARK_RAISED, "RFC 951 has been raised for it")


@pytest.mark.parametrize("state", [RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED], ids=lambda s: s.value)
def test_the_next_edition_goes_onto_the_same_rfc_and_asks_for_approval_again(state: RfcState) -> None:
    again = a_sealed_list(edition=2, entries=entries(here=[123], elsewhere=[246]))
    rfc = an_rfc(of=SEALED, state=state)

    action = only(decided(again, rfc))

    assert (action.kind, action.change.id) == (ActionKind.REVISE_RFC, 951)
    assert edited(action).get(Field.STATE, RfcState.RAISED) is RfcState.RAISED
    assert (Field.STATE in edited(action)) == (state is not RfcState.RAISED)
    assert (edited(action)[Field.EDITION], edited(action)[Field.SEAL]) == (2, again.seal)
    assert ([link.target for link in action.change.links], [u.target for u in action.change.unlinks]) == ([], [31])


def test_what_is_rejected_while_an_edition_waits_is_not_asked_for_again() -> None:
    """The list was postponed, and its RFC has not followed yet: the list goes back to proposed."""
    postponed = a_sealed_list(state=ListState.RAISED, edition=2, entries=SEALED.entries)

    assert decided(postponed, an_rfc(of=SEALED, state=RfcState.REJECTED)) == []


@pytest.mark.parametrize(
    "state",
    [RfcState.DEPLOYED, RfcState.ROLLED_BACK, RfcState.CLOSED, RfcState.WITHDRAWN],
    ids=lambda s: s.value,
)
def test_an_rfc_that_is_past_approval_is_not_revised(state: RfcState) -> None:
    assert decided(a_sealed_list(edition=2), an_rfc(of=SEALED, state=state)) == []


@pytest.mark.parametrize("state", [ListState.AGREED, ListState.RAISED], ids=lambda s: s.value)
def test_no_edition_is_written_of_a_list_that_was_changed_after_it_was_sealed(state: ListState) -> None:
    """Its seal would stand for something else than its note says."""
    again = a_sealed_list(state=state, edition=2, entries=entries(here=[123], elsewhere=[246, 31]))
    changed = replace(again, entries=entries(here=[123], elsewhere=[246]))

    assert decided(changed, an_rfc(of=SEALED, state=RfcState.REJECTED)) == []


def test_a_raised_rfc_needs_no_refreshing_straight_away() -> None:
    picture = a_picture(*FIXES, SEALED)

    raised = after(plan_rfcs(picture), picture.facts)

    assert len(raised.rfcs) == 1
    assert list(plan_control_points(Picture(raised))) == []


def test_a_revised_rfc_neither() -> None:
    picture = a_picture(*FIXES, a_sealed_list(edition=2), an_rfc(of=SEALED, state=RfcState.REJECTED))

    revised = after(plan_rfcs(picture), picture.facts)

    assert revised.rfcs[951].state is RfcState.RAISED
    assert list(plan_control_points(Picture(revised))) == []


@pytest.mark.parametrize(
    "changes", [{"environment": "SIT-C"}, {"party": "Capgemini"}], ids=["an environment", "a party"]
)
def test_a_list_of_something_no_longer_configured_stops_no_other(changes: dict[str, Any]) -> None:
    stray = a_sealed_list(902, **changes)

    assert [action.subject for action in decided(stray, SEALED)] == ["list 901"]


def test_people_read_why_such_a_list_is_not_raised() -> None:
    stray = a_sealed_list(902, environment="SIT-C")

    assert why_not_raised(stray, a_picture(stray)) != ""


def test_the_notice_of_a_programme_counts_for_raising_too() -> None:
    programme = a_programme(notice={ReleaseType.PATCH: 3})

    assert why_not_raised(SEALED, a_picture(*FIXES, SEALED, programme=programme)) != ""


@pytest.mark.parametrize(
    ("other", "hours"),
    [
        pytest.param(a_sealed_list(900), 1, id="has the lower id"),
        pytest.param(a_sealed_list(902, claim="r1.1: DCC 5.2.16.0 to SIT-A, edition 1"), 1, id="was claimed once"),
        pytest.param(a_sealed_list(900), 0, id="was sealed in the same second"),
    ],
)
def test_of_two_lists_that_were_sealed_for_one_key_the_first_is_raised(other: CandidateList, hours: int) -> None:
    """Each has a fence of its own, which keeps nobody from the other. It was sealed, put back and sealed again."""
    was_sealed = [
        Step(2, NOW - timedelta(days=3), BOT, seal=other.seal),
        Step(3, NOW - timedelta(days=2), DEFECT_MANAGER),
    ]
    sealed_again = Step(4, NOW - timedelta(days=1) + timedelta(hours=hours), BOT, seal=other.seal)
    histories = {
        SEALED.id: (Step(2, NOW - timedelta(days=1), BOT, seal=SEALED.seal), Step(3, NOW, BOT, seal=SEALED.seal)),
        other.id: (*was_sealed, sealed_again),
    }
    first, second = (SEALED, other) if hours else (other, SEALED)

    (action,) = decided(SEALED, other, histories=histories)

    assert action.fence is not None
    assert action.fence.list_id == first.id
    assert why_not_raised(second, a_picture(*FIXES, SEALED, other, histories=histories)) == (
        f"list {first.id} stands for DCC 5.2.16.0 to SIT-A already: put one of them back to proposed"
    )


def test_an_rfc_that_people_keep_in_a_state_of_their_own_keeps_its_key() -> None:
    """It may still lead to a deployment: no second one is raised beside it, and its release is on no second list."""
    first = a_sealed_list(state=ListState.RAISED)
    kept = an_rfc(of=first, state=RfcState.OTHER, fixes=frozenset({123}))
    second = a_sealed_list(902)

    assert decided(first, kept, second) == []
    assert why_not_raised(second, a_picture(*FIXES, first, kept, second)) == (
        "RFC 951 has been raised for DCC 5.2.16.0 to SIT-A already, not from this list"
    )
    assert [
        p for p in propose(a_picture(*FIXES, first, kept)) if isinstance(p, Proposal) and p.environment == "SIT-A"
    ] == []


def test_of_two_lists_that_are_agreed_for_one_release_the_lower_id_gets_the_rfc() -> None:
    """Somebody has changed the environment of one of them."""
    second = a_sealed_list(902)

    assert [action.subject for action in decided(SEALED, second)] == ["list 901"]
    assert why_not_raised(second, a_picture(*FIXES, SEALED, second)) == (
        "list 901 stands for DCC 5.2.16.0 to SIT-A already: put one of them back to proposed"
    )


def test_one_that_was_raised_and_whose_rfc_is_gone_comes_before_one_that_was_sealed_since() -> None:
    """It was sealed anew when its window was moved."""
    raised, other, day = a_sealed_list(902, state=ListState.RAISED), a_sealed_list(903), timedelta(days=1)
    histories = {
        902: (Step(5, NOW - day, BOT, seal=raised.seal),),
        903: (Step(2, NOW - 2 * day, BOT, seal=other.seal),),
    }

    assert decided(raised, other, histories=histories) == []


def test_none_is_raised_whose_number_another_list_takes_in_the_same_run() -> None:
    """That list has an RFC, which was rejected; what it was agreed with since is what the number stands for."""
    rejected = a_list(901, state=ListState.AGREED, edition=1, entries=entries(here=[123, 246]))
    rfc = an_rfc(of=rejected, state=RfcState.REJECTED)
    other = a_sealed_list(902, environment="SIT-B", entries=entries(elsewhere=[123]))
    agreed = {901: steps((BOT, ListState.PROPOSED), (DEFECT_MANAGER, ListState.AGREED))}

    assert decided(rejected, rfc, other, histories=agreed) == []
    assert [action.subject for action in decided(rejected, rfc, other)] == ["list 902"], "nobody has agreed it"


def test_one_that_was_put_back_and_agreed_again_comes_after_one_that_was_sealed_meanwhile() -> None:
    """Its seal still stood on it, and Shunter had not looked."""
    other, day = a_sealed_list(902), timedelta(days=1)
    sealed = (Step(1, NOW - 5 * day, DEFECT_MANAGER, ListState.AGREED), Step(2, NOW - 4 * day, BOT, seal=SEALED.seal))
    back = Step(3, NOW - 3 * day, DEFECT_MANAGER, ListState.PROPOSED, seal=SEALED.seal)
    again = Step(4, NOW - day, DEFECT_MANAGER, ListState.AGREED, seal=SEALED.seal)
    histories = {SEALED.id: (*sealed, back, again), 902: (Step(2, NOW - 2 * day, BOT, seal=other.seal),)}

    assert [action.subject for action in decided(SEALED, other, histories=histories)] == ["list 902"]


@pytest.mark.parametrize("state", [ListState.AGREED, ListState.PROPOSED])
def test_while_the_rfc_of_one_may_be_on_its_way_the_other_gets_none(state: ListState) -> None:
    """A person may put back the one that is claimed: what was sent under its fence arrives all the same."""
    claim = "c0ffee.1: DCC 5.2.16.0 to SIT-A, edition 1"
    claimed = a_sealed_list(902, claim=claim, changed_at=NOW, state=state)

    assert decided(SEALED, claimed) == []
    assert [action.subject for action in decided(SEALED, claimed, now=NOW + QUARANTINE)] == ["list 901"]


def test_an_rfc_does_not_take_the_key_of_another() -> None:
    raised = a_sealed_list(902, environment="SIT-B", state=ListState.RAISED)
    own = an_rfc(952, of=raised)
    changed = a_sealed_list(902, edition=2)
    other = an_rfc(951, of=SEALED)

    assert [a.subject for a in decided(changed, own)] == ["RFC 952"]
    assert [a.subject for a in decided(changed, own, a_sealed_list(state=ListState.RAISED), other)] == []
