"""What people answered, as it stands on the RFC: states, evidence, readiness, and what is not taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.change import Field
from bot.compose_control_points import compose_control_points
from bot.control_points import ControlPoint, ControlPoints, Particular, Readiness
from bot.follow_rfcs import plan_control_points
from bot.number import ReleaseType
from bot.overview import rfc_rows
from bot.picture import Picture
from bot.recorded_release import Recorded, recorded
from bot.release_story import release_story
from bot.rfc import Rfc, RfcState
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    ENVIRONMENTS_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_B,
    UIT,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    answering,
    approved,
    deployed,
    steps,
)

RAISED_LIST = a_sealed_list(state=ListState.RAISED)
STATED: dict[str, Any] = {"way_back": "Restore 5.2.15.0.", "downtime": "none", "instructions": "none"}
RFC = an_rfc(of=RAISED_LIST, **STATED)
NAMED = an_environment("SIT-A", environments_managers=frozenset({ENVIRONMENTS_MANAGER}))
MAJOR = replace(RFC, type=ReleaseType.MAJOR)
PROGRAMME = a_programme([NAMED, SIT_B, UIT], concerned={"Test": frozenset({PASSER_BY}), "Participants": frozenset()})


def world(*told: tuple[str, str], rfc: Rfc = RFC, **other: Any) -> Picture:
    answers = told[-1][1] if told else ""
    histories = {rfc.id: answering(rfc, *told)}
    return a_picture(
        RAISED_LIST, replace(rfc, answers=answers), histories=histories, **{"programme": PROGRAMME} | other
    )


def shown(*told: tuple[str, str], **other: Any) -> ControlPoints:
    picture = world(*told, **other)
    return compose_control_points(picture.facts.rfcs[951], picture)


def point(number: int, *told: tuple[str, str], **other: Any) -> ControlPoint:
    return next(p for p in shown(*told, **other).points if p.number == number)


@pytest.mark.parametrize(
    ("by", "line", "state", "evidence"),
    [
        pytest.param(
            ENVIRONMENTS_MANAGER,
            "3: met, baseline 5.2",
            "met",
            f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 10:30 GMT: baseline 5.2",
            id="met",
        ),
        pytest.param(
            ENVIRONMENTS_MANAGER,
            "3: not met, patch level",
            "open",
            f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 10:30 GMT: patch level",
            id="not met",
        ),
        pytest.param(
            ENVIRONMENTS_MANAGER,
            "3: n/a",
            "not applicable",
            f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 10:30 GMT",
            id="not applicable",
        ),
        pytest.param(
            ENVIRONMENTS_MANAGER,
            "3: waived, for the rehearsal",
            "waived",
            f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 10:30 GMT: for the rehearsal",
            id="waived",
        ),
        pytest.param(
            PASSER_BY,
            "3: met, I looked",
            "to be confirmed",
            f"“met, I looked” does not count: {PASSER_BY} is not among those named as environments manager of SIT-A",
            id="by somebody else",
        ),
        pytest.param(
            BOT,
            "3: met",
            "to be confirmed",
            f"“met” does not count: {BOT} is Shunter itself, which answers nothing",
            id="by the bot",
        ),
        pytest.param(PASSER_BY, "3 looks good", "to be confirmed", "", id="not understood"),
    ],
)
def test_an_answer_shows_who_gave_it_and_when_or_why_it_does_not_count(
    by: str, line: str, state: str, evidence: str
) -> None:
    found = point(3, (by, line))

    assert (found.state, found.evidence, found.blocks) == (state, evidence, "nothing")


def test_once_a_second_person_changed_a_line_the_first_is_not_its_author_any_more() -> None:
    found = point(3, (ENVIRONMENTS_MANAGER, "3: met, baseline 5.2"), (PASSER_BY, "3: met, baseline 5.3"))

    assert (found.state, found.evidence) == (
        "to be confirmed",
        f"“met, baseline 5.3” does not count: {PASSER_BY} is not among those named as environments manager of SIT-A",
    )


def test_what_the_approval_needs_is_open_until_it_is_settled_and_blocks() -> None:
    strict = a_programme([replace(NAMED, approval_needs=frozenset({3, 6})), SIT_B, UIT])

    assert [(p.number, p.state) for p in shown(programme=strict).points if p.blocks == "approval"] == [
        (1, "met"),
        (3, "open"),
        (6, "open"),
    ]
    assert point(3, (ENVIRONMENTS_MANAGER, "3: met"), programme=strict).state == "met"


def test_readiness_stands_for_each_group_with_who_said_it() -> None:
    assert shown((PASSER_BY, "Test: not ready, no data")).readiness == (
        Readiness("Test", "not ready", f"{PASSER_BY}, Thu 03-Dec-2026 10:30 GMT: no data", "nothing"),
        Readiness("Participants", "awaited", "", "nothing"),
    )


def test_readiness_said_by_somebody_else_is_awaited_still() -> None:
    test, _ = shown((RELEASE_MANAGER, "Test: ready")).readiness

    assert (test.state, test.evidence) == (
        "awaited",
        f"“ready” does not count: {RELEASE_MANAGER} is not among those named as Test",
    )


@pytest.mark.parametrize(
    ("changes", "histories", "asked"),
    [
        pytest.param(
            {},
            (),
            "environments manager of SIT-A: 3; build manager of SIT-A: 4; SI Release Manager: 5, 6; "
            "readiness of Test, Participants",
            id="raised",
        ),
        pytest.param(
            {"state": RfcState.APPROVED},
            approved(RFC),
            "environments manager of SIT-A: 3; build manager of SIT-A: 4; SI Release Manager: 5, 6; "
            "readiness of Test, Participants",
            id="approved",
        ),
        pytest.param({"state": RfcState.DEPLOYED}, deployed(RFC), "SI Release Manager: 8, 10", id="deployed"),
        pytest.param({"state": RfcState.REJECTED}, (), "", id="rejected"),
    ],
)
def test_what_holds_nothing_up_is_asked_by_owner_and_in_its_time(
    changes: dict[str, Any], histories: Any, asked: str
) -> None:
    rfc = replace(RFC, **changes)
    picture = a_picture(RAISED_LIST, rfc, programme=PROGRAMME, histories={951: histories})

    assert compose_control_points(rfc, picture).also_asked == asked


@pytest.mark.parametrize(
    ("line", "particular"),
    [
        pytest.param(
            "looks good",
            Particular("Not understood", "“looks good”: write it as “3: met, in a few words” or “Participants: ready”"),
            id="prose",
        ),
        pytest.param(
            "7: approved", Particular("Not taken", "“7: approved”: Shunter sees point 7 for itself"), id="the approval"
        ),
        pytest.param(
            "2: approved",
            Particular("Not taken", "“2: approved”: governance is asked for a major release only"),
            id="governance of a patch",
        ),
        pytest.param(
            "12: met",
            Particular("Not taken", "“12: met”: there is no point 12 that people answer; they answer 2 to 6, 8 and 10"),
            id="no point",
        ),
        pytest.param(
            "Tset: ready",
            Particular("Not taken", "“tset: ready”: nobody is concerned under the name tset"),
            id="a group that is none",
        ),
    ],
)
def test_no_line_is_lost(line: str, particular: Particular) -> None:
    assert shown((PASSER_BY, line)).particulars == (particular,)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        pytest.param({}, [], id="everything is stated"),
        pytest.param({"way_back": ""}, ["Way back: the plan is DCC's to attach"], id="no plan"),
        pytest.param(
            {"way_back": "Rollback. The plan is DCC's to attach to the RFC, for whoever approves it."},
            ["Way back: the plan is DCC's to attach"],
            id="as Shunter left it",
        ),
        pytest.param(
            {"downtime": "Not stated; the party's release manager adds it to the RFC.", "instructions": ""},
            ["Not stated yet: downtime; installation instructions, if any: DCC's release manager adds it here"],
            id="neither downtime nor instructions",
        ),
        pytest.param({"way_back": "", "state": RfcState.DEPLOYED}, [], id="once it is deployed nobody asks"),
    ],
)
def test_what_the_party_has_not_stated_is_shown(changes: dict[str, Any], names: list[str]) -> None:
    found = shown(rfc=replace(RFC, **changes)).particulars

    assert [f"{one.name}: {one.words}" for one in found] == names


def test_of_a_party_that_fixes_forward_no_plan_is_asked() -> None:
    sealed = a_sealed_list(state=ListState.RAISED, party="Elexon")
    rfc = an_rfc(of=sealed, **STATED | {"way_back": ""})

    assert compose_control_points(rfc, a_picture(sealed, rfc)).particulars == ()


def test_of_an_emergency_the_agreement_to_its_list_is_the_release_review() -> None:
    sealed = a_sealed_list(state=ListState.RAISED, type=ReleaseType.EMERGENCY, release="5.2.16.1")
    rfc = an_rfc(of=sealed, **STATED)
    agreed = steps((BOT, ListState.PROPOSED), (DEFECT_MANAGER, ListState.AGREED), (BOT, ListState.RAISED))

    found = compose_control_points(rfc, a_picture(sealed, rfc, histories={901: agreed}))

    assert found.particulars == (
        Particular(
            "Release review",
            f"list 901 was agreed by {DEFECT_MANAGER}, defect manager, Thu 26-Nov-2026 11:30 GMT",
        ),
    )


@pytest.mark.parametrize(
    ("rfc", "told", "words"),
    [
        pytest.param(RFC, (), "SI Release Manager to approve", id="a patch"),
        pytest.param(
            MAJOR,
            (),
            "governance has not approved it yet (point 2); SI Release Manager to approve",
            id="a major that nobody has answered",
        ),
        pytest.param(
            MAJOR, ((PASSER_BY, "2: approved"),), "SI Release Manager to approve", id="and one that governance has"
        ),
    ],
)
def test_the_overview_names_what_the_approval_needs_first(
    rfc: Rfc, told: tuple[tuple[str, str], ...], words: str
) -> None:
    (row,) = rfc_rows(world(*told, rfc=rfc))

    assert row.waits_for == words


def test_the_story_of_a_release_tells_readiness_and_each_answer_with_its_author() -> None:
    picture = world((PASSER_BY, "Test: ready"), (ENVIRONMENTS_MANAGER, "Test: ready\n3: met, all well"))
    release = recorded("DCC", "5.2.16.0", picture)
    assert isinstance(release, Recorded)

    story = release_story(release, picture)

    assert story.rfcs[0].readiness == (
        f"Test: ready ({PASSER_BY}, Thu 03-Dec-2026 10:30 GMT)",
        "Participants: awaited",
    )
    assert [(row.what, row.by) for row in story.trail] == [
        ("created, raised", BOT),
        ("“test: ready”", PASSER_BY),
        ("“3: met, all well”", ENVIRONMENTS_MANAGER),
    ]


def test_an_answer_is_brought_onto_the_page_and_then_nothing_more_is_planned() -> None:
    picture = world((ENVIRONMENTS_MANAGER, "3: met\nTest: ready\nwhatever"))

    (action,) = plan_control_points(picture)
    again = Picture(after(plan_control_points(picture), picture.facts))

    assert edited(action).keys() == {Field.CONTROL_POINTS}
    assert list(plan_control_points(again)) == []
