"""Agreeing: what somebody set to agreed is sealed, goes back with the reason, or waits [C6]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.agree import plan_agreements
from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.change import Field
from bot.fence import QUARANTINE
from bot.number import ReleaseType
from bot.plan import Action, ActionKind
from bot.remark import Remark
from bot.rfc import RfcState
from bot.written import digest_of
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    NOW,
    OTHER_TESTER,
    PASSER_BY,
    UIT,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    at,
    entries,
    number,
    steps,
)

HISTORY = steps((BOT, ListState.PROPOSED), (DEFECT_MANAGER, ListState.AGREED))
LATE = at("2026-12-04 09:01")


def an_agreed_list(**other: Any) -> CandidateList:
    return a_list(state=ListState.AGREED, **other)


def decided(agreed: CandidateList, by: str = DEFECT_MANAGER, **world: Any) -> list[Action]:
    told = steps((BOT, ListState.PROPOSED), (by, ListState.AGREED))
    return list(plan_agreements(a_picture(a_defect(), agreed, **{"histories": {agreed.id: told}} | world)))


def only(actions: list[Action]) -> Action:
    assert len(actions) == 1, actions
    return actions[0]


def test_an_agreed_list_is_sealed_with_its_number_and_edition_in_one_write() -> None:
    action = only(decided(an_agreed_list()))

    assert action.kind is ActionKind.SEAL
    assert action.reason == f"agreed by {DEFECT_MANAGER} on Thu 26-Nov-2026 11:30 GMT"
    assert edited(action)[Field.EDITION] == 1
    assert edited(action).keys() == {Field.EDITION, Field.SEAL, Field.BODY}
    assert (action.rule, action.subject, action.number) == ("agree", "list 901", "5.2.16.0")
    assert action.digest == digest_of(edited(action)[Field.BODY])


def test_what_is_sealed_is_what_the_list_holds() -> None:
    picture = a_picture(a_defect(), an_agreed_list(), histories={901: HISTORY})

    assert still_sealed(after(plan_agreements(picture), picture.facts).lists[901])


def test_agreed_again_it_is_the_next_edition() -> None:
    assert edited(only(decided(an_agreed_list(edition=3))))[Field.EDITION] == 4


def test_the_page_says_that_it_is_sealed() -> None:
    page = edited(only(decided(an_agreed_list())))[Field.BODY]

    assert page.standing.startswith("Agreed, and sealed as edition 1.")


@pytest.mark.parametrize(
    ("agreed", "by", "now", "why"),
    [
        pytest.param(
            an_agreed_list(),
            PASSER_BY,
            NOW,
            f"{PASSER_BY} is not defect manager for SIT-A, who agrees it",
            id="by somebody without the role",
        ),
        pytest.param(
            an_agreed_list(release=""),
            DEFECT_MANAGER,
            NOW,
            "it has no release number, so there is nothing to agree yet",
            id="without a number",
        ),
        pytest.param(an_agreed_list(entries=frozenset()), DEFECT_MANAGER, NOW, "nothing is on it", id="with no entry"),
        pytest.param(
            an_agreed_list(),
            DEFECT_MANAGER,
            LATE,
            "the notice of its window ran out on Fri 04-Dec-2026 09:00 GMT, and no waiver is recorded on it",
            id="too late",
        ),
    ],
)
def test_what_cannot_be_agreed_goes_back_with_the_reason(agreed: CandidateList, by: str, now: Any, why: str) -> None:
    action = only(decided(agreed, by, now=now))

    assert action.kind is ActionKind.REOPEN_LIST
    assert edited(action) == {
        Field.STATE: ListState.PROPOSED,
        Field.SEAL: "",
        Field.REMARK: Remark((f"Back to proposed: {why}.",)),
    }


def test_the_bot_agrees_nothing() -> None:
    assert only(decided(an_agreed_list(), by=BOT)).kind is ActionKind.REOPEN_LIST


def test_any_role_that_the_environment_names_may_agree() -> None:
    either = {"defect manager": frozenset({DEFECT_MANAGER}), "development manager": frozenset({PASSER_BY})}
    programme = a_programme([an_environment("SIT-A", agrees=either), UIT])

    assert only(decided(an_agreed_list(), PASSER_BY, programme=programme)).kind is ActionKind.SEAL
    reason = only(decided(an_agreed_list(), OTHER_TESTER, programme=programme)).reason
    assert reason == f"{OTHER_TESTER} is not defect manager or development manager for SIT-A, who agrees it"


@pytest.mark.parametrize(
    ("waiver", "kind"),
    [
        pytest.param("Rhona: needed for cycle 3", ActionKind.SEAL, id="a waiver"),
        pytest.param("   ", ActionKind.REOPEN_LIST, id="blanks are none"),
    ],
)
def test_a_waiver_lifts_the_notice(waiver: str, kind: ActionKind) -> None:
    assert only(decided(an_agreed_list(waiver=waiver), now=LATE)).kind is kind


def test_nobody_knows_yet_who_agreed_so_nothing_happens() -> None:
    assert decided(an_agreed_list(), histories={}) == []


def test_agreed_and_taken_back_counts_as_not_agreed() -> None:
    told = (*HISTORY, *steps((DEFECT_MANAGER, ListState.PROPOSED), since=NOW))

    assert decided(an_agreed_list(), histories={901: told}) == []


def test_an_edit_that_left_the_state_alone_does_not_hide_who_agreed() -> None:
    told = (*HISTORY, replace(HISTORY[1], rev=9, by=PASSER_BY, state=None))

    assert only(decided(an_agreed_list(), histories={901: told})).kind is ActionKind.SEAL


def test_a_held_fix_lets_an_agreed_list_wait() -> None:
    held = a_defect(tags=frozenset({"Hold"}))

    assert list(plan_agreements(a_picture(held, an_agreed_list(), histories={901: HISTORY}))) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"entries": entries(here=[123, 456])}, id="a fix was added"),
        pytest.param({"number": number("5.2.17.0")}, id="its number was changed"),
        pytest.param({"environment": "SIT-B"}, id="it was sent elsewhere"),
    ],
)
def test_a_sealed_list_that_somebody_edits_is_agreed_anew(change: dict[str, Any]) -> None:
    action = only(decided(replace(a_sealed_list(), **change)))

    assert (action.kind, action.reason) == (ActionKind.REOPEN_LIST, "it was changed after it was sealed")


def test_a_sealed_list_whose_notice_passed_without_an_rfc_goes_back() -> None:
    action = only(decided(a_sealed_list(), now=LATE))

    words = "the notice of its window ran out on Fri 04-Dec-2026 09:00 GMT, and no waiver is recorded on it"
    assert (action.kind, action.reason) == (ActionKind.REOPEN_LIST, words)


@pytest.mark.parametrize(
    ("claim", "ago", "goes_back"),
    [
        pytest.param("1f: DCC", timedelta(minutes=1), False, id="its RFC may be on its way"),
        pytest.param("1f: DCC", QUARANTINE, True, id="no RFC came of it"),
        pytest.param("", timedelta(minutes=1), True, id="nobody has begun to raise one"),
    ],
)
def test_what_is_being_raised_as_its_notice_passes_is_left_alone(claim: str, ago: timedelta, goes_back: bool) -> None:
    claimed = a_sealed_list(claim=claim, changed_at=LATE - ago)

    assert bool(decided(claimed, now=LATE)) is goes_back


def test_but_not_once_its_rfc_stands() -> None:
    sealed = a_sealed_list()

    assert list(plan_agreements(a_picture(a_defect(), sealed, an_rfc(of=sealed), now=LATE))) == []


def test_nor_with_a_waiver() -> None:
    assert decided(a_sealed_list(waiver="Rhona: late delivery"), now=LATE) == []


def test_a_rejected_rfc_sends_its_list_back() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)
    rejected = an_rfc(of=sealed, state=RfcState.REJECTED)

    action = only(list(plan_agreements(a_picture(a_defect(), sealed, rejected))))

    assert (action.kind, action.reason) == (ActionKind.REOPEN_LIST, "its RFC 951 was rejected")


@pytest.mark.parametrize("state", [s for s in RfcState if s is not RfcState.REJECTED], ids=lambda s: s.value)
def test_an_rfc_in_any_other_state_does_not(state: RfcState) -> None:
    sealed = a_sealed_list(state=ListState.RAISED)

    assert list(plan_agreements(a_picture(a_defect(), sealed, an_rfc(of=sealed, state=state)))) == []


@pytest.mark.parametrize("state", [ListState.PROPOSED, ListState.CLOSED, ListState.OTHER], ids=lambda s: s.value)
def test_a_list_in_another_state_is_none_of_this(state: ListState) -> None:
    assert decided(a_list(state=state)) == []


def test_the_number_that_a_person_chose_stays_theirs_when_it_is_sealed() -> None:
    chosen = an_agreed_list(written=None)
    picture = a_picture(a_defect(), chosen, histories={901: HISTORY})

    sealed = after(plan_agreements(picture), picture.facts).lists[901]

    assert sealed.chosen_number == chosen.number


def test_a_list_of_a_party_that_is_no_longer_configured_stops_nothing() -> None:
    stray = an_agreed_list(id=902, party="Capgemini")
    picture = a_picture(a_defect(), an_agreed_list(), stray, histories={901: HISTORY, 902: HISTORY})

    assert [a.subject for a in plan_agreements(picture)] == ["list 901"]


def test_an_hour_is_enough_notice_for_an_emergency() -> None:
    soon = a_window(NOW + timedelta(hours=1), ReleaseType.EMERGENCY)
    urgent = an_agreed_list(type=ReleaseType.EMERGENCY, window=soon, release="5.2.15.1")

    assert only(decided(urgent)).kind is ActionKind.SEAL
    assert only(decided(urgent, now=NOW + timedelta(minutes=1))).kind is ActionKind.REOPEN_LIST
