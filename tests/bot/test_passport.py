"""The passport of a defect: where its fix is, what it waits for, by when, and how it came there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.candidate_list import CandidateList, ListState, Role
from bot.change import Field
from bot.defect import Defect, State
from bot.history import Step
from bot.journey import followed, journey_of
from bot.passport import Passport, passport_of
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    DEPLOYER,
    MONDAY,
    NOW,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    TESTER,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_sealed_list,
    an_entry,
    an_rfc,
    approved,
    at,
    deployed,
    entries,
)

RAISED = a_sealed_list(state=ListState.RAISED)
FRIDAY, THURSDAY = at("2026-12-04 09:00"), at("2026-12-03 11:00")


def the_passport(
    defect: Defect, *others: Defect | CandidateList | Rfc, now: datetime = NOW, histories: object = None
) -> Passport:
    found = passport_of(defect.id, a_picture(defect, *others, now=now, histories=histories))  # type: ignore[arg-type]
    assert found is not None
    return found


def an_arrival() -> tuple[Rfc, dict[int, tuple[Step, ...]]]:
    rfc = an_rfc(of=RAISED, state=RfcState.DEPLOYED, deployed_at=MONDAY)
    return rfc, {rfc.id: deployed(rfc)}


@pytest.mark.parametrize(
    ("defect", "others", "where", "next_step", "by"),
    [
        pytest.param(
            a_defect(version=""),
            (),
            "left out",
            "in the list for Mon 07-Dec-2026 if a version such as 1.2.3.0 is named by Fri 04-Dec-2026 09:00 GMT",
            FRIDAY,
            id="left out",
        ),
        pytest.param(
            a_defect(), (a_list(),), "on a list", "the defect manager agrees the list", FRIDAY, id="on a list"
        ),
        pytest.param(
            a_defect(),
            (RAISED, an_rfc(of=RAISED)),
            "in an RFC under way",
            "the release manager approves the RFC",
            MONDAY,
            id="its RFC waits for approval",
        ),
        pytest.param(
            a_defect(),
            (RAISED, an_rfc(of=RAISED, state=RfcState.APPROVED)),
            "in an RFC under way",
            "it is deployed in its window",
            MONDAY + timedelta(hours=2),
            id="its RFC is approved",
        ),
        pytest.param(
            a_defect(state=State.OPEN, assigned_to=""),
            (),
            "not resolved",
            "somebody resolves it: nobody is assigned yet",
            None,
            id="open, with nobody",
        ),
        pytest.param(
            a_defect(state=State.READY_FOR_RETEST, assigned_to=TESTER, delivered_by=951),
            (),
            "with its tester",
            f"{TESTER} retests it",
            None,
            id="with its tester",
        ),
        pytest.param(a_defect(state=State.CLOSED), (), "closed", "nothing", None, id="closed"),
        pytest.param(
            a_change_request(version=""),
            (),
            "left out",
            "in the list for Mon 07-Dec-2026 if a version such as 1.2.3.0 is named by Fri 04-Dec-2026 09:00 GMT",
            FRIDAY,
            id="a change request without a version",
        ),
        pytest.param(
            a_change_request(), (), "change request", "it is on the lists of that release", None, id="a change request"
        ),
        pytest.param(
            a_change_request(party="Capgemini"), (), "change request", "name its party", None, id="of an unknown party"
        ),
    ],
)
def test_it_says_where_it_stands_who_is_next_and_by_when(
    defect: Defect, others: tuple[CandidateList | Rfc, ...], where: str, next_step: str, by: datetime | None
) -> None:
    found = the_passport(defect, *others)

    assert (found.where, found.next_step, found.by_when) == (where, next_step, by)


def test_what_is_neither_a_defect_nor_a_change_request_has_none() -> None:
    assert passport_of(1234, a_picture(a_defect())) is None


def places(passport: Passport) -> dict[str, tuple[str, str]]:
    return {place.environment: (place.fix, place.words) for place in passport.where_its_fix_is}


def test_for_each_environment_it_says_whether_the_fix_is_there_on_its_way_or_neither() -> None:
    rfc, histories = an_arrival()
    elsewhere = a_sealed_list(902, environment="SIT-B", state=ListState.RAISED)
    under_way = an_rfc(952, of=elsewhere)
    proposed = a_list(903, environment="UIT")

    found = the_passport(a_defect(), RAISED, rfc, elsewhere, under_way, proposed, now=MONDAY, histories=histories)

    assert places(found) == {
        "SIT-A": ("has it", "by 5.2.16.0 (RFC 951)"),
        "SIT-B": ("on RFC 952", "RFC 952 (raised) for DCC 5.2.16.0"),
        "UIT": ("on list 903", "list 903 (proposed) for DCC 5.2.16.0"),
    }
    assert [place.since for place in found.where_its_fix_is] == [MONDAY, None, None]
    assert [place.expected for place in found.where_its_fix_is] == [None, MONDAY, MONDAY]
    assert [place.found_here for place in found.where_its_fix_is] == ["found here", "", ""]


@pytest.mark.parametrize(
    ("defect", "place"),
    [
        pytest.param(
            a_defect(77, version="", state=State.OPEN),
            ("nothing known", "no build is named that carries its fix"),
            id="nobody has named a build",
        ),
        pytest.param(
            a_defect(version="5.2.15.0"),
            ("has it", "since before the first deployment, by 5.2.15.0"),
            id="it runs by the baseline",
        ),
        pytest.param(
            a_defect(version="5.2.17.0", tags=frozenset({"Hold"})),
            ("nothing known", "nothing under way brings it (no list: no release of DCC is ready)"),
            id="held",
        ),
        pytest.param(
            a_defect(555, tags=frozenset({"Hold"})),
            ("on no note", "5.2.16.0 runs there, which is not below 5.2.16.0, and no note names this fix"),
            id="its version runs, and no note names it",
        ),
    ],
)
def test_where_nothing_brings_it_that_is_said(defect: Defect, place: tuple[str, str]) -> None:
    rfc, histories = an_arrival()

    assert places(the_passport(defect, RAISED, rfc, now=MONDAY, histories=histories))["SIT-A"] == place


def test_what_is_overdue_is_expected_at_no_time() -> None:
    rfc = an_rfc(of=RAISED, state=RfcState.APPROVED)
    picture = a_picture(a_defect(), RAISED, rfc, now=MONDAY + timedelta(days=1))

    found = passport_of(123, picture)

    assert found is not None
    place = found.where_its_fix_is[0]
    words = "RFC 951 (approved) for DCC 5.2.16.0, whose window of Mon 07-Dec-2026 09:00 GMT has passed"
    assert (place.fix, place.expected, place.words) == ("on RFC 951", None, words)


def test_a_defect_of_an_unknown_party_is_nowhere() -> None:
    assert the_passport(a_defect(party="Capgemini")).where_its_fix_is == ()


def test_an_emergency_tells_its_way_like_any_other() -> None:
    defect = a_defect(900, version="5.2.15.1", tags=frozenset({"Emergency"}))
    emergency = a_list(902, release="5.2.15.1", entries=frozenset({an_entry(900, fixed_by="5.2.15.1")}))

    found = the_passport(defect, emergency)

    assert (found.where, found.why) == (
        "on a list",
        "list 902 (proposed) proposes DCC 5.2.15.1 to SIT-A, Mon 07-Dec 09:00 GMT",
    )
    assert places(found)["SIT-A"][0] == "on list 902"


def a_week() -> Picture:
    """123 is resolved, listed, agreed, asked for, approved, deployed, retested, and fails."""
    rfc, histories = an_arrival()
    defect = a_defect(state=State.OPEN, delivered_by=rfc.id)
    told = {
        **histories,
        defect.id: (
            Step(1, at("2026-11-30 09:00"), TESTER, State.OPEN),
            Step(2, at("2026-12-01 15:00"), PARTY_MANAGER, State.RESOLVED, wrote={Field.VERSION: "5.2.16.0"}),
            Step(3, MONDAY, BOT, State.READY_FOR_RETEST, wrote={Field.DELIVERED_BY: str(rfc.id)}),
            Step(4, at("2026-12-08 10:00"), TESTER, State.OPEN),
        ),
        RAISED.id: (
            Step(1, at("2026-12-01 16:00"), BOT, ListState.PROPOSED, linked=frozenset({99})),
            Step(2, at("2026-12-01 16:15"), BOT, linked=frozenset({123})),
            Step(3, THURSDAY, DEFECT_MANAGER, ListState.AGREED),
            Step(4, THURSDAY, BOT, ListState.RAISED),
        ),
        rfc.id: (
            Step(1, THURSDAY, BOT, RfcState.RAISED, rfc.seal),
            Step(2, at("2026-12-04 08:00"), RELEASE_MANAGER, RfcState.APPROVED, rfc.seal),
            Step(3, MONDAY, DEPLOYER, RfcState.DEPLOYED, rfc.seal),
        ),
    }
    return a_picture(defect, RAISED, rfc, histories=told)


def test_each_step_is_told_with_its_time_its_author_and_how_long_it_took() -> None:
    hours = timedelta(hours=1)
    picture = a_week()

    found = journey_of(picture.facts.defects[123], picture)

    assert [(step.what, step.by, step.took) for step in found] == [
        ("raised", TESTER, None),
        ("resolved, 5.2.16.0", PARTY_MANAGER, 30 * hours),
        ("on list 901 for SIT-A", BOT, 1.25 * hours),
        ("list 901 agreed", DEFECT_MANAGER, 42.75 * hours),
        ("RFC 951 raised", BOT, 0 * hours),
        ("RFC 951 approved", RELEASE_MANAGER, 21 * hours),
        ("RFC 951 deployed to SIT-A", DEPLOYER, 73 * hours),
        ("ready for retest (RFC 951)", BOT, 0 * hours),
        ("failed its retest", TESTER, 25 * hours),
    ]


def test_its_bounces_are_counted_with_who_and_when() -> None:
    found = passport_of(123, a_week())

    assert found is not None
    assert (found.fixes, found.bounced) == (("5.2.16.0",), 1)
    assert [(b.what, b.by, b.at, b.version) for b in found.bounces] == [
        ("failed its retest", TESTER, at("2026-12-08 10:00"), "5.2.16.0")
    ]


@pytest.mark.parametrize(
    ("defect", "ids"),
    [
        pytest.param(a_defect(123), {123, 901, 951}, id="of a defect, what leads to where it was found"),
        pytest.param(a_defect(123, found_in="UIT"), {123, 901, 902, 951, 952}, id="everything, where none leads there"),
        pytest.param(
            a_change_request(123),
            {123, 901, 902, 951, 952},
            id="of a change request, every list: it is retested nowhere",
        ),
        pytest.param(a_defect(77), {77}, id="on no list"),
    ],
)
def test_the_histories_that_tell_the_journey(defect: Defect, ids: set[int]) -> None:
    here = replace(RAISED, entries=entries(here=[123]))
    there = a_sealed_list(902, environment="SIT-B", entries=frozenset({an_entry(123, Role.RETEST_ELSEWHERE)}))
    picture = a_picture(defect, here, an_rfc(951, of=here), there, an_rfc(952, of=there))

    assert followed(defect, picture) == ids


def test_an_edition_that_asks_again_is_told_as_that() -> None:
    rfc = an_rfc(of=RAISED)
    steps = (*approved(rfc), Step(3, THURSDAY, BOT, RfcState.RAISED, "another"))
    picture = a_picture(a_defect(), RAISED, rfc, histories={rfc.id: steps})

    assert [step.what for step in journey_of(picture.facts.defects[123], picture)] == [
        "RFC 951 raised",
        "RFC 951 approved",
        "RFC 951 raised anew",
    ]
