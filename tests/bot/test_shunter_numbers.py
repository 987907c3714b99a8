"""Numbers by Shunter: the next of its type after all that are taken, and what that means for fixes and lists [M11]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.compose_list import compose_list
from bot.defect import State
from bot.facts import Facts
from bot.number import Number, ReleaseType
from bot.picture import Picture
from bot.rewrite_list import PACE
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from tests.bot.a_run import approved_and_deployed, decided, listed, raised, run
from tests.bot.dated_world import BEFORE_MONDAY, MAJOR, SATURDAY, dated, with_major
from tests.bot.numbered_world import BY_SHUNTER, numbered, without_version
from tests.bot.people import agrees, edits_defect, edits_list, later, rejects, resolves, rolls_back, sets
from tests.bot.world import (
    NOW,
    PARTY_MANAGER,
    PATCH,
    SIT_A,
    SIT_B,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_rfc,
    deployed,
    entries,
    number,
)

WITH_MAJOR = a_programme([with_major(), SIT_B], [BY_SHUNTER])
MAJOR_FIRST = a_programme([with_major(dated(BEFORE_MONDAY)), SIT_B], [BY_SHUNTER])


def released(release: str, type_: ReleaseType = PATCH, **other: Any) -> CandidateList:
    usual: dict[str, Any] = {"state": ListState.RAISED, "type": type_, "entries": entries([9], fixed_by=release)}
    return a_sealed_list(release=release, **usual | other)


def asked(state: RfcState, **list_: Any) -> tuple[Any, ...]:
    of = released("5.2.16.0", **list_)
    return of, an_rfc(of=of, state=state)


REJECTED = (a_list(release="5.2.16.0"), an_rfc(of=a_list(release="5.2.16.0"), state=RfcState.REJECTED))
LATER_MAJOR = released("6.0.0.0", MAJOR, window=a_window(SATURDAY, MAJOR))


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([], "5.2.16.0", id="after what ran before any list"),
        pytest.param([released("5.2.16.0")], "5.2.17.0", id="after the last agreed one"),
        pytest.param([released("5.2.20.0")], "5.2.21.0", id="after one that a person set, gap or not"),
        pytest.param([a_list(release="5.2.16.0")], "5.2.16.0", id="what is only proposed takes none"),
        pytest.param([released("5.2.16.0", state=ListState.CLOSED)], "5.2.17.0", id="a closed list keeps its number"),
        pytest.param(asked(RfcState.WITHDRAWN), "5.2.17.0", id="a withdrawn RFC keeps its number"),
        pytest.param(asked(RfcState.ROLLED_BACK), "5.2.17.0", id="so does one that was rolled back"),
        pytest.param(REJECTED, "5.2.16.0", id="a rejected one keeps it for the same build"),
        pytest.param([an_rfc(of=released("5.2.18.0"))], "5.2.19.0", id="an RFC that people raised by hand"),
        pytest.param([released("5.2.15.7", ReleaseType.EMERGENCY)], "5.2.16.0", id="emergencies are set to zero"),
        pytest.param([released("5.2.99.0", party="Elexon")], "5.2.16.0", id="numbers of another party"),
        pytest.param([released("5.3.4.0")], "5.3.5.0", id="patches of a later minor"),
    ],
)
def test_the_next_number(items: Any, expected: str) -> None:
    found = Picture(numbered(without_version(), *items)).drafts["DCC"]

    assert found.number_of(PATCH) == number(expected)


@pytest.mark.parametrize(
    ("items", "state", "patch", "major"),
    [
        pytest.param([], None, "5.2.16.0", "6.0.0.0", id="each has its own"),
        pytest.param([LATER_MAJOR], RfcState.APPROVED, "5.2.16.0", "7.0.0.0", id="a major agreed for later"),
        pytest.param([LATER_MAJOR], RfcState.WITHDRAWN, "5.2.16.0", "7.0.0.0", id="a major that was withdrawn"),
        pytest.param([LATER_MAJOR], RfcState.DEPLOYED, "6.0.1.0", "7.0.0.0", id="a major that has arrived"),
    ],
)
def test_patches_go_on_below_a_larger_release_until_it_arrives(
    items: list[CandidateList], state: RfcState | None, patch: str, major: str
) -> None:
    rfcs = [an_rfc(of=item, state=state) for item in items if state is not None]
    histories = {rfc.id: deployed(rfc, NOW - timedelta(hours=1)) for rfc in rfcs if state is RfcState.DEPLOYED}

    fixes = (without_version(), a_defect(600, version=major))
    found = a_picture(*fixes, *items, *rfcs, programme=WITH_MAJOR, histories=histories).drafts["DCC"]

    assert (str(found.number_of(PATCH)), str(found.number_of(MAJOR))) == (patch, major)


def test_where_the_larger_comes_first_the_smaller_is_numbered_after_it() -> None:
    fixes = [without_version(1), a_defect(2, version="5.2.16.0"), a_defect(600, version="6.0.0.0")]

    found = a_picture(*fixes, programme=MAJOR_FIRST).drafts["DCC"]

    assert {t.value: str(d.number) for t, d in found.by_type.items()} == {"major": "6.0.0.0", "patch": "6.0.1.0"}
    assert {fix.defect: str(fix.number) for fix in found.fixes} == {1: "6.0.0.0", 2: "5.2.16.0", 600: "6.0.0.0"}


def test_of_fixes_that_name_none_no_major_release_is_made() -> None:
    found = a_picture(without_version(1), programme=MAJOR_FIRST).drafts["DCC"]

    assert found.number_of(MAJOR) is None
    assert [str(fix.number) for fix in found.fixes] == ["5.2.16.0"]


@pytest.mark.parametrize(
    ("type_", "first"), [(MAJOR, "1.0.0.0"), (ReleaseType.MINOR, "1.1.0.0"), (PATCH, "1.0.1.0")], ids=str
)
def test_the_first_number_of_a_party_of_which_nothing_is_known(type_: ReleaseType, first: str) -> None:
    new = replace(BY_SHUNTER, baseline={})
    place = with_major(dated(BEFORE_MONDAY)) if type_ is MAJOR else replace(SIT_A, regular_type=type_)

    fix = a_defect(version="1.0.0.0") if type_ is MAJOR else without_version()
    found = a_picture(fix, programme=a_programme([place], [new])).drafts["DCC"]

    assert found.number_of(type_) == number(first)


LATER = "its version 5.2.18.0 is later than the release 5.2.16.0 that Shunter gives next"


@pytest.mark.parametrize(
    ("version", "travels_as", "words"),
    [
        pytest.param("", "5.2.16.0", "", id="none"),
        pytest.param("configuration", "5.2.16.0", "", id="configuration"),
        pytest.param("R5 build 77", "5.2.16.0", "", id="a label of the party's own"),
        pytest.param("5.2.16.0", "5.2.16.0", "", id="the number that Shunter gives"),
        pytest.param("5.2.18.0", None, LATER, id="a later one"),
        pytest.param(
            "5.2.15.0",
            None,
            "its version 5.2.15.0 is not above 5.2.15.0, which ran before any list was made",
            id="one that runs already",
        ),
    ],
)
def test_a_version_that_a_party_writes(version: str, travels_as: str | None, words: str) -> None:
    found = Picture(numbered(a_defect(123, version=version), without_version(9))).drafts["DCC"]

    assert {str(f.number) for f in found.fixes if f.defect == 123} == ({travels_as} if travels_as else set())
    assert [out.words for out in found.left_out] == ([words] if words else [])


def test_a_person_may_set_another_number() -> None:
    world = edits_list(run(numbered(without_version())), "SIT-A", number=number("5.2.20.0"))

    world = run(later(world, NOW + 2 * PACE), times=2)

    assert {str(c.number) for c in world.lists.values()} == {"5.2.20.0"}


def agreed(world: Facts, *environments: str) -> Facts:
    for environment in environments:
        world = agrees(world, environment)
    return world


def test_one_release_has_one_number_everywhere() -> None:
    world = agreed(run(numbered(without_version(123), without_version(246, found_in="SIT-B"))), "SIT-A", "SIT-B", "UIT")

    world = run(world, times=3)

    assert {(r.environment, str(r.number)) for r in world.rfcs.values()} == {
        (name, "5.2.16.0") for name in ("SIT-A", "SIT-B", "UIT")
    }


def test_what_is_resolved_after_the_first_list_is_sealed_has_the_next_number() -> None:
    world = run(agreed(run(numbered(without_version())), "SIT-A"), times=3)

    world = run(later(resolves(world, without_version(77)), NOW + 2 * PACE), times=2)

    assert {(c.environment, str(c.number)) for c in world.lists.values()} == {
        ("SIT-A", "5.2.16.0"),
        ("SIT-A", "5.2.17.0"),
        ("SIT-B", "5.2.16.0"),
        ("UIT", "5.2.17.0"),
    }
    assert set(listed(world, "SIT-A", "5.2.17.0")) == {77}
    assert set(listed(world, "UIT", "5.2.17.0")) == {77, 123}


def test_a_fix_without_version_is_handed_to_its_tester_like_any_other() -> None:
    world = run(approved_and_deployed(raised(numbered(without_version()), "SIT-A"), "SIT-A"), times=2)

    assert world.defects[123].state is State.READY_FOR_RETEST
    assert Picture(world).running("SIT-A", "DCC") == number("5.2.16.0")


def test_one_that_bounced_travels_again_with_the_next_number() -> None:
    world = run(approved_and_deployed(raised(numbered(without_version()), "SIT-A"), "SIT-A"), times=2)
    world = edits_defect(world, 123, state=State.RESOLVED, changed_by=PARTY_MANAGER)

    found = Picture(world).drafts["DCC"]

    assert [(fix.defect, str(fix.number)) for fix in found.fixes] == [(123, "5.2.17.0")]


def test_after_a_withdrawal_its_fixes_have_the_next_number() -> None:
    world = raised(numbered(without_version()), "SIT-A")

    world = run(later(sets(world, "SIT-A", RfcState.WITHDRAWN, PARTY_MANAGER), NOW + 2 * PACE), times=3)

    assert {(c.environment, str(c.number), c.state) for c in world.lists.values()} == {
        ("SIT-A", "5.2.16.0", ListState.CLOSED),
        ("SIT-A", "5.2.17.0", ListState.PROPOSED),
        ("SIT-B", "5.2.17.0", ListState.PROPOSED),
        ("UIT", "5.2.17.0", ListState.PROPOSED),
    }


def test_after_a_rejection_the_same_build_keeps_its_number() -> None:
    world = run(rejects(raised(numbered(without_version()), "SIT-A"), "SIT-A"), times=2)

    world = run(agrees(later(world, NOW + 2 * PACE), "SIT-A"), times=3)

    (rfc,) = world.rfcs.values()
    assert (str(rfc.number), rfc.state, rfc.edition) == ("5.2.16.0", RfcState.RAISED, 2)


def test_after_a_rollback_its_fixes_have_the_next_number() -> None:
    world = run(approved_and_deployed(raised(numbered(without_version()), "SIT-A"), "SIT-A"), times=2)

    world = run(later(rolls_back(world, "SIT-A"), NOW + 2 * PACE), times=4)

    assert world.defects[123].state is State.RESOLVED
    assert standings(Picture(world))[123].where is Where.ON_LIST
    assert set(listed(world, "SIT-A", "5.2.17.0")) == {123}


@pytest.mark.parametrize("state", [ListState.PROPOSED, ListState.AGREED], ids=lambda state: state.value)
def test_a_second_run_changes_nothing(state: ListState) -> None:
    world = run(numbered(without_version(), a_defect(246, version="5.2.16.0", found_in="SIT-B")))
    world = run(agrees(world, "SIT-A") if state is ListState.AGREED else world, times=4)
    world = run(later(world, NOW + 2 * PACE))

    assert not decided(later(world, NOW + 4 * PACE))


EXPECTED = "5.2.16.0 (patch), expected: fixed when the list is sealed"


@pytest.mark.parametrize(
    ("standing", "shown"),
    [
        pytest.param(None, EXPECTED, id="a new list"),
        pytest.param(a_list(), EXPECTED, id="proposed"),
        pytest.param(a_list(written=None), "5.2.16.0 (patch)", id="a person set it"),
        pytest.param(a_sealed_list(), "5.2.16.0 (patch)", id="sealed"),
    ],
)
def test_until_it_is_sealed_a_list_shows_its_number_as_expected(standing: CandidateList | None, shown: str) -> None:
    picture = Picture(numbered(without_version()))

    page = compose_list("SIT-A", "DCC", Number(5, 2, 16), a_window(), (), picture, standing=standing)

    assert page.release == shown


def test_so_does_another_environments_list_of_a_release_that_is_sealed() -> None:
    picture = Picture(numbered(without_version(), a_sealed_list(environment="SIT-B")))

    assert compose_list("SIT-A", "DCC", Number(5, 2, 16), a_window(), (), picture).release == "5.2.16.0 (patch)"
