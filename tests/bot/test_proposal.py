"""Proposals: which release an environment takes next from a party, what it brings there, and why there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.candidate_list import ListState, Role
from bot.environment import MustPass
from bot.number import ReleaseType
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, propose
from bot.rfc import RfcState
from bot.standing_list import standing_list
from tests.bot.world import (
    MONDAY,
    NOW,
    PATCH,
    SIT_A,
    SIT_B,
    WEEK,
    a_change_request,
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
    deployed,
    entries,
    number,
)


def proposed(picture: Picture, environment: str = "SIT-A", party: str = "DCC") -> Proposal | NoProposal:
    return next(p for p in propose(picture) if (p.environment, p.party) == (environment, party))


def a_proposal(picture: Picture, environment: str = "SIT-A") -> Proposal:
    found = proposed(picture, environment)
    assert isinstance(found, Proposal), found
    return found


def roles(picture: Picture, environment: str = "SIT-A") -> dict[int, Role]:
    return {entry.fix.defect: entry.role for entry in a_proposal(picture, environment).entries}


def test_a_draft_is_proposed_wherever_its_party_deploys() -> None:
    picture = a_picture(a_defect(123), a_defect(246, found_in="SIT-B"), a_change_request(31))

    here, elsewhere, change = Role.RETEST_HERE, Role.RETEST_ELSEWHERE, Role.CHANGE
    assert roles(picture, "SIT-A") == {123: here, 246: elsewhere, 31: change}
    assert roles(picture, "SIT-B") == {123: elsewhere, 246: here, 31: change}
    assert roles(picture, "UIT") == {123: elsewhere, 246: elsewhere, 31: change}


def test_it_is_proposed_for_the_next_window() -> None:
    found = a_proposal(a_picture(a_defect()))

    assert (found.number, found.window) == (number("5.2.16.0"), a_window())


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        pytest.param(a_picture(), "no release of DCC is ready", id="nothing is resolved"),
        pytest.param(a_picture(a_defect(version="")), "no release of DCC is ready", id="everything is left out"),
        pytest.param(
            a_picture(a_defect(), programme=a_programme([an_environment(weekly=())])),
            "no window is left whose notice can be kept: the settings name none for the next twelve weeks",
            id="no window",
        ),
        pytest.param(
            a_picture(a_defect(), programme=a_programme([an_environment(must_pass=(MustPass("SIT-B", True),)), SIT_B])),
            "5.2.16.0 has to be deployed to SIT-B first",
            id="another environment comes first",
        ),
    ],
)
def test_where_there_is_no_proposal_people_read_why(picture: Picture, words: str) -> None:
    found = proposed(picture)

    assert found == NoProposal("SIT-A", "DCC", PATCH, words)


@pytest.mark.parametrize("state", [ListState.AGREED, ListState.RAISED], ids=["sealed", "raised"])
def test_a_release_that_was_sealed_elsewhere_is_taken_as_it_is(state: ListState) -> None:
    sealed = a_sealed_list(environment="SIT-B", state=state, entries=entries([246], [123]))

    picture = a_picture(a_defect(123), a_defect(246, found_in="SIT-B"), a_defect(777), sealed)

    assert roles(picture) == {123: Role.RETEST_HERE, 246: Role.RETEST_ELSEWHERE}


def test_the_release_of_a_level_environment_comes_before_a_newer_draft() -> None:
    sealed = a_sealed_list(environment="SIT-B", entries=entries([], [123]))

    picture = a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), sealed)

    assert a_proposal(picture, "SIT-A").number == number("5.2.16.0")
    assert a_proposal(picture, "UIT").number == number("5.2.17.0")


@pytest.mark.parametrize(
    ("there", "release", "defects"),
    [
        pytest.param("2026-11-30 09:00", "5.2.17.0", {123, 77}, id="a week before"),
        pytest.param("2026-12-04 08:59", "5.2.17.0", {123, 77}, id="more than a working day before"),
        pytest.param("2026-12-04 09:00", "5.2.16.0", {123}, id="on the Friday before: a working day"),
        pytest.param("2026-12-08 09:00", "5.2.16.0", {123}, id="a working day after"),
        pytest.param("2026-12-08 09:01", "5.2.17.0", {123, 77}, id="more than that after"),
    ],
)
def test_but_not_where_the_windows_are_further_apart_than_a_working_day(
    there: str, release: str, defects: set[int]
) -> None:
    sealed = a_sealed_list(environment="SIT-B", window=a_window(at(there)), entries=entries([], [123]))

    picture = a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), sealed)

    assert a_proposal(picture, "SIT-A").number == number(release)
    assert set(roles(picture, "SIT-A")) == defects


def test_a_skipped_release_comes_with_the_next() -> None:
    skipped = a_sealed_list(environment="SIT-B", window=a_window(MONDAY - WEEK), entries=entries([], [123]))
    rfc = an_rfc(of=skipped, state=RfcState.CLOSED, outcome="succeeded", deployed_at=MONDAY - WEEK)

    picture = a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), skipped, rfc)

    assert set(roles(picture, "SIT-A")) == {123, 77}
    assert set(roles(picture, "SIT-B")) == {77}


def test_what_runs_since_the_baseline_is_not_brought_again() -> None:
    old = a_party(baseline={"SIT-A": number("5.2.15.0"), "SIT-B": number("5.2.14.0")})
    carried = a_defect(7, version="5.2.15.0")

    picture = a_picture(a_defect(123), carried, programme=a_programme(parties=[old]))

    assert set(roles(picture, "SIT-A")) == {123}
    assert set(roles(picture, "SIT-B")) == {123, 7}


def test_an_rfc_under_way_counts_as_arrived_by_then() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)

    picture = a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), sealed, an_rfc(of=sealed))

    found = a_proposal(picture)
    assert {entry.fix.defect for entry in found.entries} == {77}
    assert found.window.start == MONDAY + WEEK


def test_an_rfc_that_was_overtaken_does_not_take_the_note_back_behind_what_runs() -> None:
    old = a_sealed_list(901, state=ListState.RAISED, release="5.2.16.0", entries=entries([123]))
    new = a_sealed_list(902, state=ListState.RAISED, release="5.2.17.0", entries=entries([77], fixed_by="5.2.17.0"))
    overdue = an_rfc(951, of=old, state=RfcState.APPROVED)
    arrived = an_rfc(952, of=new, state=RfcState.DEPLOYED)

    picture = a_picture(
        a_defect(123),
        a_defect(77, version="5.2.17.0"),
        a_defect(88, version="5.2.18.0"),
        old,
        new,
        overdue,
        arrived,
        histories={952: deployed(arrived, NOW - timedelta(days=1))},
    )

    assert set(roles(picture)) == {88}


def test_a_mandatory_environment_lets_through_what_has_arrived_there() -> None:
    programme = a_programme([SIT_A, SIT_B, an_environment("UIT", must_pass=(MustPass("SIT-A", True),))])
    sealed = a_sealed_list(state=ListState.RAISED)
    rfc = an_rfc(of=sealed, state=RfcState.DEPLOYED)
    newer = a_defect(77, version="5.2.17.0")

    picture = a_picture(a_defect(123), newer, sealed, rfc, programme=programme, histories={951: deployed(rfc, NOW)})

    assert a_proposal(picture, "UIT").number == number("5.2.16.0")
    assert set(roles(picture, "UIT")) == {123}


def test_a_preferred_environment_keeps_nothing_out() -> None:
    programme = a_programme([SIT_A, SIT_B, an_environment("UIT", must_pass=(MustPass("SIT-A", False),))])

    assert a_proposal(a_picture(a_defect(), programme=programme), "UIT").number == number("5.2.16.0")


def test_a_defect_that_uit_found_goes_to_uit_and_to_sit_alike() -> None:
    picture = a_picture(a_defect(123, found_in="UIT"))

    assert roles(picture, "UIT") == {123: Role.RETEST_HERE}
    assert roles(picture, "SIT-A") == {123: Role.RETEST_ELSEWHERE}


def test_an_emergency_that_runs_here_already_is_carried() -> None:
    emergency = a_sealed_list(
        901,
        release="5.2.15.1",
        state=ListState.RAISED,
        type=ReleaseType.EMERGENCY,
        entries=frozenset({an_entry(900, fixed_by="5.2.15.1")}),
    )
    regular = a_sealed_list(
        902, environment="SIT-B", entries=entries([], [123]) | {an_entry(900, Role.RETEST_ELSEWHERE, "5.2.15.1")}
    )
    rfc = an_rfc(of=emergency, state=RfcState.DEPLOYED)

    picture = a_picture(
        a_defect(123),
        a_defect(900, version="5.2.15.1"),
        emergency,
        regular,
        rfc,
        histories={951: deployed(rfc, NOW - timedelta(days=1))},
    )

    assert roles(picture) == {123: Role.RETEST_HERE, 900: Role.CARRIED}


def test_a_defect_fixed_twice_stands_once_on_the_list() -> None:
    first = a_sealed_list(environment="SIT-B", window=a_window(MONDAY - WEEK), entries=entries([], [123]))

    picture = a_picture(a_defect(123, version="5.2.17.0"), first)

    assert [str(entry) for entry in a_proposal(picture).entries] == ["5.2.17.0, retest here"]


def test_a_withdrawn_release_falls_back_into_the_draft() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)
    withdrawn = an_rfc(of=sealed, state=RfcState.WITHDRAWN)

    picture = a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), sealed, withdrawn)

    assert picture.drafts["DCC"].number_of(PATCH) == number("5.2.17.0")
    assert set(roles(picture)) == {123, 77}


def test_a_list_keeps_its_window_while_its_notice_can_be_kept() -> None:
    theirs = a_window(MONDAY + timedelta(days=2))

    assert a_proposal(a_picture(a_defect(), a_list(window=theirs))).window == theirs


def test_and_stands_for_the_next_one_after_that() -> None:
    late = at("2026-12-04 09:01")

    assert a_proposal(a_picture(a_defect(), a_list(), now=late)).window.start == MONDAY + WEEK


def test_of_several_lists_that_wait_the_agreed_one_stands_then_the_lowest() -> None:
    lists = [a_list(3), a_list(2), a_sealed_list(4), a_list(1, state=ListState.CLOSED), a_list(5)]

    assert standing_list(lists, PATCH) == lists[2]
    assert standing_list(lists[:2], PATCH) == lists[1]
    assert standing_list([], PATCH) is None


def test_one_party_does_not_take_the_releases_of_another() -> None:
    picture = a_picture(a_defect(123), a_defect(300, party="Elexon", version="5.2.99.0"), a_sealed_list(party="Elexon"))

    assert set(roles(picture)) == {123}
