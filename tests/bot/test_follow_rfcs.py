"""Following RFCs: deployments are recorded, control points kept true, and what is complete is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.change import Field
from bot.compose_control_points import compose_control_points
from bot.defect import State
from bot.environment import Closes
from bot.follow_rfcs import plan_closures, plan_control_points
from bot.history import Step
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import ActionKind
from bot.record_deployments import plan_deployments
from bot.rfc import Rfc, RfcState
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_B,
    UIT,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    approved,
    deployed,
    steps,
    undone,
    writes,
)

SOON = "Mon 07-Dec-2026 09:00 GMT"
RAISED_LIST = a_sealed_list(state=ListState.RAISED)
DEPLOYED = an_rfc(of=RAISED_LIST, state=RfcState.DEPLOYED)
RECORDED = replace(DEPLOYED, deployed_at=MONDAY, outcome="succeeded")
BOT_CLOSES = a_programme([an_environment("SIT-A", closes=Closes.BOT), SIT_B, UIT])


def world(rfc: Rfc, told: tuple[Step, ...] | None = None, **other: Any) -> Picture:
    histories = {rfc.id: deployed(rfc) if told is None else told}
    items = [other.pop("defect", a_defect(state=State.READY_FOR_RETEST, delivered_by=951)), RAISED_LIST, rfc]
    return a_picture(*items, now=MONDAY, histories=histories, **other)


def test_a_deployment_is_recorded_with_its_time_and_what_says_so() -> None:
    (action,) = plan_deployments(world(DEPLOYED))

    assert action.kind is ActionKind.RECORD_DEPLOYMENT
    assert edited(action)[Field.DEPLOYED_AT] == MONDAY
    assert edited(action)[Field.OUTCOME] == "succeeded"
    assert edited(action)[Field.EVIDENCE] == f"state set to deployed by {DEPLOYER} on Mon 07-Dec-2026 09:00 GMT"
    assert Field.STATE not in edited(action)


def test_recorded_it_is_not_recorded_again() -> None:
    picture = world(DEPLOYED)

    assert list(plan_deployments(Picture(after(plan_deployments(picture), picture.facts)))) == []


@pytest.mark.parametrize(
    "state", [s for s in RfcState if s not in (RfcState.DEPLOYED, RfcState.ROLLED_BACK)], ids=lambda s: s.value
)
def test_nothing_else_is_recorded(state: RfcState) -> None:
    assert list(plan_deployments(world(replace(DEPLOYED, state=state)))) == []


def test_a_rollback_is_recorded_with_who_told_it_and_the_deployment_keeps_its_time() -> None:
    rolled_back = replace(RECORDED, state=RfcState.ROLLED_BACK)
    undone = Step(4, MONDAY + timedelta(hours=1), RELEASE_MANAGER, RfcState.ROLLED_BACK, rolled_back.seal)

    (action,) = plan_deployments(world(rolled_back, (*deployed(rolled_back), undone)))

    assert edited(action)[Field.DEPLOYED_AT] == MONDAY
    assert edited(action)[Field.OUTCOME] == "rolled back"
    assert edited(action)[Field.EVIDENCE] == (
        f"state set to rolled back by {RELEASE_MANAGER} on Mon 07-Dec-2026 10:00 GMT"
    )
    assert Field.STATE not in edited(action)


@pytest.mark.parametrize("state", [RfcState.DEPLOYED, RfcState.ROLLED_BACK], ids=lambda s: s.value)
def test_what_came_of_it_is_kept_where_a_person_has_told_it(state: RfcState) -> None:
    (action,) = plan_deployments(world(replace(DEPLOYED, state=state, outcome=" Rolled Back ")))
    again = replace(DEPLOYED, state=state, outcome="rolled back", deployed_at=MONDAY)

    assert edited(action)[Field.OUTCOME] == "rolled back"
    assert list(plan_deployments(world(again))) == []


def test_an_outcome_that_means_nothing_is_replaced_and_quoted() -> None:
    (action,) = plan_deployments(world(replace(DEPLOYED, outcome="all good")))

    assert edited(action)[Field.OUTCOME] == "succeeded"
    assert edited(action)[Field.EVIDENCE].endswith("; the outcome read “all good”")


def test_a_deployment_without_approval_is_recorded_and_shown_as_one() -> None:
    picture = world(DEPLOYED, steps((DEPLOYER, RfcState.DEPLOYED)))

    (action,) = plan_deployments(picture)

    assert edited(action)[Field.CONTROL_POINTS].next_step == (
        "Its defects wait, because it was deployed without a valid approval: nobody has approved it."
    )


def test_control_points_are_written_when_they_say_something_else_and_then_not_again() -> None:
    picture = world(replace(DEPLOYED, state=RfcState.APPROVED), approved(DEPLOYED))

    (action,) = plan_control_points(picture)
    again = Picture(after(plan_control_points(picture), picture.facts))

    assert (action.kind, action.reason) == (ActionKind.REVISE_RFC, f"approved by {RELEASE_MANAGER}")
    assert list(plan_control_points(again)) == []


@pytest.mark.parametrize(
    "rfc",
    [
        pytest.param(replace(DEPLOYED, state=RfcState.OTHER), id="in a state of its own"),
        pytest.param(replace(DEPLOYED, list_id=None), id="raised by hand"),
        pytest.param(replace(DEPLOYED, environment="SIT-C"), id="for an environment nobody configured"),
    ],
)
def test_the_control_points_of_others_are_left_alone(rfc: Rfc) -> None:
    assert list(plan_control_points(world(rfc))) == []


def test_a_closed_rfc_is_brought_up_to_date_once_while_its_list_is_still_raised() -> None:
    picture = world(replace(RECORDED, state=RfcState.CLOSED))

    (action,) = plan_control_points(picture)
    again = Picture(after(plan_control_points(picture), picture.facts))

    points = edited(action)[Field.CONTROL_POINTS]
    assert (points.points[8].state, points.next_step) == ("met", "Nothing: it is closed.")
    assert list(plan_control_points(again)) == []


def test_and_never_again_once_its_list_is_closed_too() -> None:
    facts = world(replace(RECORDED, state=RfcState.CLOSED)).facts
    closed = replace(RAISED_LIST, state=ListState.CLOSED)

    assert list(plan_control_points(Picture(replace(facts, lists={closed.id: closed})))) == []


@pytest.mark.parametrize(
    ("rfc", "told", "words"),
    [
        pytest.param(
            an_rfc(),
            (),
            f"The SI Release Manager approves or rejects this RFC before {SOON}.",
            id="raised",
        ),
        pytest.param(
            an_rfc(state=RfcState.APPROVED),
            approved(an_rfc()),
            f"It is deployed in the window from {SOON}; whoever confirms that sets its state to deployed.",
            id="approved",
        ),
        pytest.param(
            an_rfc(state=RfcState.APPROVED),
            approved(an_rfc(), by=PASSER_BY),
            f"The SI Release Manager approves it again: {PASSER_BY} is not SI Release Manager for SIT-A.",
            id="approved by somebody without the role",
        ),
        pytest.param(
            an_rfc(state=RfcState.REJECTED),
            (),
            "It was rejected: its list goes back to proposed, and the next edition is raised here.",
            id="rejected",
        ),
        pytest.param(
            an_rfc(state=RfcState.REJECTED),
            steps((BOT, RfcState.RAISED), (RELEASE_MANAGER, RfcState.REJECTED)),
            f"It was rejected by {RELEASE_MANAGER} on Thu 26-Nov-2026 11:30 GMT: "
            "its list goes back to proposed, and the next edition is raised here.",
            id="rejected, and by whom",
        ),
        pytest.param(
            an_rfc(state=RfcState.WITHDRAWN),
            steps((BOT, RfcState.RAISED), (PARTY_MANAGER, RfcState.WITHDRAWN)),
            f"Nothing: it was withdrawn by {PARTY_MANAGER} on Thu 26-Nov-2026 11:30 GMT; "
            "its list closes, and its fixes are free for the next release.",
            id="withdrawn, and by whom",
        ),
        pytest.param(
            an_rfc(state=RfcState.CLOSED, outcome="cancelled"),
            steps((BOT, RfcState.RAISED), (RELEASE_MANAGER, RfcState.CLOSED)),
            f"Nothing: it was closed by {RELEASE_MANAGER} on Thu 26-Nov-2026 11:30 GMT, and nothing was deployed.",
            id="closed without a deployment",
        ),
        pytest.param(
            an_rfc(type=ReleaseType.MAJOR),
            (),
            "First, governance forum: governance has not approved it yet (point 2). "
            f"The SI Release Manager approves or rejects this RFC before {SOON}.",
            id="a major, raised",
        ),
        pytest.param(
            an_rfc(type=ReleaseType.MAJOR, state=RfcState.APPROVED),
            approved(an_rfc()),
            "Next, governance forum: governance has not approved it yet (point 2). Then the approval counts.",
            id="a major, approved",
        ),
        pytest.param(
            an_rfc(type=ReleaseType.MAJOR, state=RfcState.DEPLOYED),
            deployed(an_rfc()),
            "Its defects wait, because it was deployed without a valid approval: "
            "governance has not approved it yet (point 2).",
            id="a major, deployed",
        ),
        pytest.param(
            an_rfc(state=RfcState.DEPLOYED),
            deployed(an_rfc()),
            "The SI Release Manager approves closure by closing this RFC; its defects are ready for retest.",
            id="deployed",
        ),
    ],
)
def test_an_rfc_says_who_does_what_next(rfc: Rfc, told: tuple[Step, ...], words: str) -> None:
    assert compose_control_points(rfc, world(rfc, told)).next_step == words


@pytest.mark.parametrize(
    ("rfc", "why"),
    [
        pytest.param(an_rfc(state=RfcState.DEPLOYED, list_id=902), "its list 902 is not there any more", id="deleted"),
        pytest.param(
            an_rfc(state=RfcState.DEPLOYED, list_id=None, environment="SIT-B"),
            "no list stands behind it",
            id="by hand",
        ),
    ],
)
def test_where_no_list_tells_what_a_deployed_rfc_brings_it_is_accepted_by_name(rfc: Rfc, why: str) -> None:
    told = compose_control_points(rfc, world(rfc, deployed(rfc)))

    assert told.next_step == (
        "The SI Release Manager approves closure by closing this RFC; "
        f"what it has brought is handed over as far as it is accepted by name, because {why}."
    )


def test_all_ten_points_are_shown_with_their_owners() -> None:
    points = compose_control_points(an_rfc(), world(an_rfc(), ())).points

    assert [point.number for point in points] == list(range(1, 11))
    assert all(point.owner and point.what for point in points)
    assert {p.number: p.blocks for p in points if p.blocks != "nothing"} == {
        1: "approval",
        2: "approval",
        7: "deployment",
        9: "closure",
    }


def test_what_was_rejected_or_withdrawn_says_so_once() -> None:
    for state in (RfcState.REJECTED, RfcState.WITHDRAWN):
        picture = world(replace(DEPLOYED, state=state), steps((BOT, RfcState.RAISED), (PARTY_MANAGER, state)))

        (action,) = plan_control_points(picture)
        again = Picture(after(plan_control_points(picture), picture.facts))

        assert f"{state.value} by {PARTY_MANAGER}" in edited(action)[Field.CONTROL_POINTS].next_step
        assert list(plan_control_points(again)) == []


@pytest.mark.parametrize(
    ("type_", "state"),
    [
        pytest.param(ReleaseType.PATCH, "not applicable", id="a patch"),
        pytest.param(ReleaseType.MINOR, "not applicable", id="a minor"),
        pytest.param(ReleaseType.MAJOR, "open", id="a major"),
    ],
)
def test_governance_is_asked_for_a_major_release(type_: ReleaseType, state: str) -> None:
    rfc = an_rfc(type=type_)

    assert compose_control_points(rfc, world(rfc, ())).points[1].state == state


def test_an_approval_is_shown_with_who_and_when_and_for_which_edition() -> None:
    rfc = an_rfc(state=RfcState.APPROVED)

    point = compose_control_points(rfc, world(rfc, approved(rfc))).points[6]

    assert (point.state, point.evidence) == (
        "met",
        f"{RELEASE_MANAGER}, SI Release Manager, Thu 26-Nov-2026 11:30 GMT, edition 1",
    )


def test_what_is_complete_is_closed_where_that_is_the_bots() -> None:
    (action,) = plan_closures(world(RECORDED, programme=BOT_CLOSES))

    assert (action.kind, action.reason) == (ActionKind.CLOSE_RFC, "DCC 5.2.16.0 to SIT-A is deployed and signed off")
    assert edited(action) == {Field.STATE: RfcState.CLOSED}


@pytest.mark.parametrize(
    ("rfc", "other"),
    [
        pytest.param(RECORDED, {}, id="where the release manager closes"),
        pytest.param(DEPLOYED, {"programme": BOT_CLOSES}, id="before it was recorded"),
        pytest.param(RECORDED, {"programme": BOT_CLOSES, "told": ()}, id="before its approval was verified"),
        pytest.param(RECORDED, {"programme": BOT_CLOSES, "defect": a_defect()}, id="before its defects are moved"),
        pytest.param(
            RECORDED,
            {"programme": a_programme([an_environment("SIT-A", closes=Closes.BOT, smoke_test=True), SIT_B, UIT])},
            id="before its smoke test",
        ),
        pytest.param(
            replace(RECORDED, state=RfcState.ROLLED_BACK),
            {"programme": BOT_CLOSES},
            id="once it was rolled back and that was not recorded",
        ),
        pytest.param(
            replace(RECORDED, state=RfcState.ROLLED_BACK, outcome="rolled back"),
            {
                "programme": BOT_CLOSES,
                "defect": a_defect(state=State.READY_FOR_RETEST, delivered_by=951, changed_by=BOT),
            },
            id="before what it moved is put back",
        ),
        pytest.param(replace(RECORDED, outcome="failed"), {"programme": BOT_CLOSES}, id="once it failed"),
    ],
)
def test_nothing_else_is(rfc: Rfc, other: dict[str, Any]) -> None:
    assert list(plan_closures(world(rfc, **other))) == []


@pytest.mark.parametrize(
    ("closed_by", "is_repeated"),
    [pytest.param(BOT, False, id="what Shunter closed"), pytest.param(RELEASE_MANAGER, True, id="what people closed")],
)
def test_a_closing_that_somebody_took_back_is_not_repeated(closed_by: str, is_repeated: bool) -> None:
    told = deployed(RECORDED)
    closed = Step(4, MONDAY, closed_by, RfcState.CLOSED, RECORDED.seal)
    picture = world(RECORDED, writes((*told, closed), PASSER_BY, RfcState.DEPLOYED), programme=BOT_CLOSES)

    assert bool(list(plan_closures(picture))) is is_repeated
    next_step = compose_control_points(RECORDED, picture).next_step
    assert next_step.startswith("It is closed by Shunter" if is_repeated else "The SI Release Manager approves closure")


def test_a_rollback_is_closed_once_nothing_is_left_to_put_back() -> None:
    rolled_back = replace(RECORDED, state=RfcState.ROLLED_BACK, outcome="rolled back")

    (action,) = plan_closures(world(rolled_back, undone(rolled_back), programme=BOT_CLOSES))

    assert (action.kind, action.reason) == (ActionKind.CLOSE_RFC, "DCC 5.2.16.0 to SIT-A is rolled back")


@pytest.mark.parametrize("state", [ListState.PROPOSED, ListState.AGREED], ids=lambda s: s.value)
def test_a_list_that_was_agreed_anew_closes_too_when_its_rfc_is_withdrawn(state: ListState) -> None:
    facts = world(replace(DEPLOYED, state=RfcState.WITHDRAWN)).facts
    reopened = replace(RAISED_LIST, state=state)

    (action,) = plan_closures(Picture(replace(facts, lists={reopened.id: reopened})))

    assert (action.kind, action.reason) == (ActionKind.CLOSE_LIST, "its RFC 951 is withdrawn")


@pytest.mark.parametrize("state", [RfcState.CLOSED, RfcState.WITHDRAWN], ids=lambda s: s.value)
def test_a_list_closes_after_its_rfc(state: RfcState) -> None:
    (action,) = plan_closures(world(replace(RECORDED, state=state)))

    assert (action.kind, action.reason) == (ActionKind.CLOSE_LIST, f"its RFC 951 is {state.value}")
    assert edited(action) == {Field.STATE: ListState.CLOSED}


def test_and_not_before() -> None:
    open_states = [s for s in RfcState if s not in (RfcState.CLOSED, RfcState.WITHDRAWN)]

    assert [list(plan_closures(world(replace(RECORDED, state=state)))) for state in open_states] == [[]] * 6
