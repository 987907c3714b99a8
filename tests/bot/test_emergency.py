"""Emergencies: where one gets its list, in which window, with what on it, and when it is given up [M12.8]."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState, Role
from bot.change import Field
from bot.defect import Defect, State
from bot.emergency import propose_emergencies
from bot.environment import MustPass
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import ActionKind
from bot.propose_lists import plan_lists
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from bot.window import EMERGENCY_NOTICE, agree_by, emergency_window
from tests.bot.after import after, edited
from tests.bot.world import (
    ELEXON,
    MONDAY,
    NOW,
    PATCH,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_entry,
    an_environment,
    an_rfc,
    at,
    facts,
    number,
)

ASKED = frozenset({"Emergency"})
SOON = emergency_window(NOW)


def urgent(id: int = 900, version: str = "5.2.15.1", **other: Any) -> Defect:
    return a_defect(id, version=version, **{"tags": ASKED, "severity": "1 - Critical"} | other)


def an_emergency_list(id: int = 901, release: str = "5.2.15.1", **other: Any) -> Any:
    usual: dict[str, Any] = {
        "type": ReleaseType.EMERGENCY,
        "window": SOON,
        "entries": frozenset({an_entry(900, fixed_by=release)}),
    }
    return a_list(id, release=release, **usual | other)


def lists(*items: Any, **world: Any) -> list[tuple[str, str, set[int]]]:
    """Where each emergency would get a list, of which number, with which defects."""
    found = propose_emergencies(a_picture(*items, **world))
    return [(p.environment, str(p.number), {e.fix.defect for e in p.entries}) for p in found]


def test_an_emergency_gets_a_list_only_where_it_was_found() -> None:
    assert lists(urgent()) == [("SIT-A", "5.2.15.1", {900})]
    assert lists(urgent(found_in="UIT")) == [("UIT", "5.2.15.1", {900})]


def test_what_it_brings_is_retested_there() -> None:
    (found,) = propose_emergencies(a_picture(urgent()))

    assert {entry.role for entry in found.entries} == {Role.RETEST_HERE}


def test_two_emergencies_of_one_number_are_on_one_list() -> None:
    assert lists(urgent(900), urgent(901)) == [("SIT-A", "5.2.15.1", {900, 901})]


def test_two_numbers_are_two_lists_and_the_second_is_built_on_what_runs() -> None:
    assert lists(urgent(900), urgent(901, "5.2.15.2")) == [
        ("SIT-A", "5.2.15.1", {900}),
        ("SIT-A", "5.2.15.2", {901}),
    ]


def test_an_emergency_brings_the_one_before_it_that_this_environment_lacks() -> None:
    before = a_sealed_list(
        902,
        environment="UIT",
        release="5.2.15.1",
        type=ReleaseType.EMERGENCY,
        entries=frozenset({an_entry(900, fixed_by="5.2.15.1")}),
    )

    assert lists(urgent(900, found_in="UIT", tags=frozenset()), urgent(901, "5.2.15.2"), before) == [
        ("SIT-A", "5.2.15.2", {900, 901})
    ]


@pytest.mark.parametrize(
    ("defect", "world", "words"),
    [
        pytest.param(
            urgent(version="5.2.16.1"),
            {},
            "asked for as an emergency, but 5.2.16.1 fixes 5.2.16.0, and SIT-A runs 5.2.15.0",
            id="what it fixes does not run there yet",
        ),
        pytest.param(
            urgent(),
            {"programme": a_programme(parties=[a_party(baseline={}), ELEXON])},
            "asked for as an emergency, but 5.2.15.1 fixes 5.2.15.0, and SIT-A runs nothing known",
            id="nobody knows what runs there",
        ),
        pytest.param(
            urgent(tags=frozenset()),
            {},
            "its version 5.2.15.1 is an emergency's, and nobody has asked for one (tag Emergency)",
            id="nobody has asked for it",
        ),
        pytest.param(urgent(tags=ASKED | {"hold"}), {}, "a person holds it (tag Hold)", id="a person holds it"),
        pytest.param(
            urgent(found_in="SIT-A; SIT-B"), {}, "it names 2 environments that found it: SIT-A, SIT-B", id="found twice"
        ),
        pytest.param(urgent(found_in=""), {}, "no environment is named as the one that found it", id="found nowhere"),
        pytest.param(
            urgent(found_in="SIT-C"),
            {},
            "it was found in SIT-C, which is none of the environments",
            id="found elsewhere",
        ),
        pytest.param(
            urgent(),
            {"programme": a_programme(parties=[a_party(environments=("UIT",))])},
            "it was found in SIT-A, where DCC does not deploy",
            id="found where its party does not deploy",
        ),
        pytest.param(urgent(party="Capgemini"), {}, "its resolving party “Capgemini” is unknown", id="of nobody known"),
        pytest.param(urgent(version=""), {}, "no fix version is named", id="without a version"),
    ],
)
def test_without_a_list_of_its_own_it_says_why(defect: Defect, world: dict[str, Any], words: str) -> None:
    picture = a_picture(defect, **world)

    assert propose_emergencies(picture) == ()
    assert (standings(picture)[900].where, standings(picture)[900].words) == (Where.LEFT_OUT, words)


def test_what_it_fixes_does_not_run_there_any_more() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)
    arrived = an_rfc(of=sealed, state=RfcState.DEPLOYED, deployed_at=NOW)
    picture = a_picture(a_defect(123), urgent(), sealed, arrived)

    assert propose_emergencies(picture) == ()
    assert (standings(picture)[900].where, standings(picture)[900].words) == (
        Where.LEFT_OUT,
        "asked for as an emergency, but 5.2.15.1 fixes 5.2.15.0, and SIT-A runs 5.2.16.0",
    )


def test_of_a_baseline_it_is_taken_that_it_carries_the_emergencies_before_it() -> None:
    standing = standings(a_picture(urgent(version="5.2.14.1")))[900]

    assert (standing.where, standing.words) == (
        Where.ON_NO_NOTE,
        "5.2.15.0 runs in SIT-A, which is later than 5.2.14.1, and no note names this defect",
    )


def test_a_party_may_deploy_where_nobody_has_configured_an_environment() -> None:
    party = a_party(environments=("SIT-A", "SIT-C"), baseline={"SIT-C": number("5.2.15.0")})

    assert lists(urgent(found_in="SIT-C"), programme=a_programme(parties=[party])) == []


def test_asked_for_with_a_regular_version_it_travels_as_any_other() -> None:
    picture = a_picture(urgent(version="5.2.16.0"))

    assert propose_emergencies(picture) == ()
    assert picture.drafts["DCC"].number_of(PATCH) == number("5.2.16.0")


def test_only_what_is_resolved_is_asked_for() -> None:
    assert lists(urgent(state=State.OPEN)) == []


def test_an_emergency_does_not_decide_the_number_of_the_next_regular_release() -> None:
    assert a_picture(urgent(), a_defect(123)).drafts["DCC"].number_of(PATCH) == number("5.2.16.0")
    assert a_picture(urgent()).drafts["DCC"].number_of(PATCH) is None


@pytest.mark.parametrize(
    ("now", "start"),
    [
        pytest.param("2026-12-03 09:29:59.500000", "2026-12-03 11:30", id="between two seconds"),
        pytest.param("2026-12-03 09:30", "2026-12-03 11:30", id="on the half hour"),
        pytest.param("2026-12-03 09:31", "2026-12-03 12:00", id="just after it"),
        pytest.param("2026-12-03 09:00", "2026-12-03 11:00", id="on the hour"),
        pytest.param("2026-12-03 22:45", "2026-12-04 01:00", id="past midnight"),
        pytest.param("2026-12-05 10:00", "2026-12-05 12:00", id="on a Saturday"),
        pytest.param("2026-12-25 10:00", "2026-12-25 12:00", id="on a bank holiday"),
    ],
)
def test_its_window_leaves_an_hour_of_notice_and_as_long_to_agree(now: str, start: str) -> None:
    window = emergency_window(at(now))

    assert window == a_window(at(start), ReleaseType.EMERGENCY)
    assert agree_by(window, a_programme()) - at(now) >= EMERGENCY_NOTICE


@pytest.mark.parametrize(
    ("now", "start"),
    [
        pytest.param(NOW + timedelta(hours=1), SOON.start, id="it stays while its notice can be kept"),
        pytest.param(NOW + timedelta(hours=1, minutes=1), at("2026-12-03 13:00"), id="and moves on after that"),
    ],
)
def test_a_list_keeps_its_window_while_its_hour_can_be_kept(now: datetime, start: datetime) -> None:
    (found,) = propose_emergencies(a_picture(urgent(), an_emergency_list(), now=now))

    assert found.window.start == start


def test_its_list_is_created_beside_the_regular_one() -> None:
    world = facts(urgent(), a_defect(123), programme=a_programme(parties=[a_party(environments=("SIT-A",))]))

    world = after(plan_lists(Picture(world)), world)

    found = [(str(c.number), c.type, c.window.start) for c in world.lists.values()]
    assert found == [
        ("5.2.16.0", ReleaseType.PATCH, MONDAY),
        ("5.2.15.1", ReleaseType.EMERGENCY, at("2026-12-03 11:30")),
    ]
    assert list(plan_lists(Picture(world))) == []


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(urgent(tags=frozenset()), id="the tag is gone"),
        pytest.param(urgent(tags=ASKED | {"Hold"}), id="a person holds it"),
        pytest.param(urgent(state=State.OPEN), id="it was opened again"),
        pytest.param(urgent(version="5.2.15.2"), id="it has another number"),
        pytest.param(urgent(found_in="UIT"), id="it was found elsewhere after all"),
    ],
)
def test_a_list_that_is_not_asked_for_any_more_is_closed(defect: Defect) -> None:
    closed = [a for a in plan_lists(a_picture(defect, an_emergency_list())) if a.kind is ActionKind.CLOSE_LIST]

    assert [(a.change.id, a.reason) for a in closed] == [(901, "its fix is not asked for as an emergency any more")]


@pytest.mark.parametrize("state", [ListState.AGREED, ListState.RAISED], ids=lambda s: s.value)
def test_but_not_one_that_was_agreed(state: ListState) -> None:
    agreed = a_sealed_list(
        type=ReleaseType.EMERGENCY,
        window=SOON,
        release="5.2.15.1",
        state=state,
        entries=frozenset({an_entry(900, fixed_by="5.2.15.1")}),
    )

    plan = plan_lists(a_picture(urgent(tags=frozenset()), agreed))

    assert [a for a in plan if a.kind is ActionKind.CLOSE_LIST] == []


@pytest.mark.parametrize("state", [RfcState.RAISED, RfcState.APPROVED, RfcState.DEPLOYED], ids=lambda s: s.value)
def test_an_emergency_that_was_raised_gets_no_second_list(state: RfcState) -> None:
    raised = a_sealed_list(
        type=ReleaseType.EMERGENCY,
        window=SOON,
        release="5.2.15.1",
        state=ListState.RAISED,
        entries=frozenset({an_entry(900, fixed_by="5.2.15.1")}),
    )

    assert lists(urgent(), raised, an_rfc(of=raised, state=state, deployed_at=NOW)) == []


def test_a_regular_list_shows_an_emergency_as_left_out() -> None:
    (create, *_) = plan_lists(a_picture(a_defect(123), urgent(version="5.2.14.1")))

    (line,) = edited(create)[Field.BODY].left_out
    assert (line.id, line.reason) == (
        900,
        "asked for as an emergency, but 5.2.14.1 fixes 5.2.14.0, and SIT-A runs 5.2.15.0",
    )
    assert line.remedy == "name the number of an emergency of what runs there; or name a regular version"


def test_an_emergency_of_one_environment_may_come_after_a_regular_release_of_another() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)
    arrived = an_rfc(of=sealed, state=RfcState.DEPLOYED, deployed_at=NOW)

    assert lists(a_defect(123), urgent(found_in="UIT"), sealed, arrived) == [("UIT", "5.2.15.1", {900})]


UIT_AFTER_SIT = an_environment("UIT", must_pass=(MustPass("SIT-A", is_mandatory=True),))
IN_ORDER = a_programme(environments=[an_environment("SIT-A"), an_environment("SIT-B"), UIT_AFTER_SIT])


def test_an_emergency_is_no_way_around_a_mandatory_order() -> None:
    found = urgent(found_in="UIT")
    assert lists(found, programme=IN_ORDER) == [("SIT-A", "5.2.15.1", {900})]

    first = a_sealed_list(
        901, release="5.2.15.1", type=ReleaseType.EMERGENCY, entries=frozenset({an_entry(900, fixed_by="5.2.15.1")})
    )
    arrived = an_rfc(951, of=first, state=RfcState.CLOSED, outcome="succeeded", deployed_at=NOW)
    assert lists(found, first, arrived, programme=IN_ORDER) == [("UIT", "5.2.15.1", {900})]


def test_a_duplicate_is_not_asked_for_as_an_emergency() -> None:
    twin = urgent(duplicate_of=frozenset({77}))

    assert lists(twin) == []
    assert "it is a duplicate of 77" in standings(a_picture(twin))[900].words
