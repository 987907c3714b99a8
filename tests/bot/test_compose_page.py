"""The page of an environment: what stands on it, in which order, and what is left out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.candidate_list import CandidateList, ListState, Role
from bot.compose_page import MOST_LINES, MOST_NOTES, compose_page
from bot.environment_page import ComingLine, RunsLine
from bot.facts import Facts
from bot.picture import Picture
from bot.release_note import KnownIssue
from bot.rfc import Rfc, RfcState
from tests.bot.any_world import any_facts
from tests.bot.world import (
    DCC,
    MONDAY,
    SIT_A,
    SIT_B,
    UIT,
    WEEK,
    a_change_request,
    a_defect,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_entry,
    an_environment,
    an_rfc,
    deployed,
    entries,
)

DEPLOYED: dict[str, Any] = {"state": RfcState.DEPLOYED, "deployed_at": MONDAY}


def asked(id: int, release: str, weeks: int = 0, **other: Any) -> tuple[CandidateList, Rfc]:
    """A list whose window is so many weeks after Monday, and the RFC that was raised for it: its id is fifty more."""
    window = a_window(MONDAY + weeks * WEEK)
    sealed = a_sealed_list(id, release=release, state=ListState.RAISED, window=window)
    return sealed, an_rfc(id + 50, of=sealed, **other)


def test_what_runs_is_told_for_each_party_with_the_rfc_that_brought_it() -> None:
    sealed, rfc = asked(901, "5.2.16.0", **DEPLOYED)
    picture = a_picture(a_defect(), sealed, rfc, now=MONDAY + WEEK, histories={rfc.id: deployed(rfc)})

    assert compose_page("SIT-A", picture).runs == (
        RunsLine("DCC", "DCC core", "5.2.16.0", "Mon 07-Dec-2026 09:00 GMT", "deployment", rfc.id, ""),
        RunsLine("Elexon", "Elexon core", "5.2.15.0", "not told", "baseline", None, ""),
    )


def test_a_release_in_a_place_stands_on_the_pages_of_all_that_it_stands_for() -> None:
    place = an_environment("SIT", stands_for=("SIT-A", "SIT-B"))
    party = a_party("St Clements", environments=("SIT",), baseline={})
    programme = a_programme((SIT_A, SIT_B, UIT, place), (replace(DCC, environments=("SIT-A",), baseline={}), party))
    sealed, rfc = asked(901, "4.1.0.0")
    here: dict[str, Any] = {"environment": "SIT", "party": "St Clements"}
    picture = a_picture(replace(sealed, **here), replace(rfc, **here), programme=programme)

    def runs(environment: str) -> list[str]:
        return [line.party for line in compose_page(environment, picture).runs]

    def coming(environment: str) -> list[int]:
        return [line.rfc for line in compose_page(environment, picture).coming]

    assert (runs("SIT-A"), runs("SIT-B")) == (["DCC", "St Clements, as SIT"], ["St Clements, as SIT"])
    assert (runs("SIT"), runs("UIT")) == (["St Clements"], [])
    assert [coming(name) for name in ("SIT-A", "SIT-B", "SIT", "UIT")] == [[951], [951], [951], []]


def test_what_comes_is_told_in_the_order_of_its_windows() -> None:
    later, sooner = asked(901, "5.2.17.0", 1), asked(902, "5.2.16.0", state=RfcState.APPROVED)
    by_hand = replace(asked(903, "5.2.18.0", 2)[1], window=replace(a_window(), end=MONDAY - WEEK))
    picture = a_picture(*later, *sooner, by_hand)

    coming = compose_page("SIT-A", picture).coming

    window = "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
    assert coming[0] == ComingLine(952, "DCC", "5.2.16.0", "patch", window, "approved")
    assert [(line.rfc, line.window) for line in coming[1:]] == [
        (953, "not told"),
        (951, "Mon 14-Dec-2026 09:00 GMT to Mon 14-Dec-2026 11:00 GMT"),
    ]


def test_notes_stand_there_newest_first_by_when_they_arrived_or_are_to() -> None:
    early = asked(901, "5.2.16.0", **DEPLOYED)
    late = asked(902, "5.2.15.1", state=RfcState.DEPLOYED, deployed_at=MONDAY + timedelta(days=2))
    to_come = asked(903, "5.2.17.0", 1)
    picture = a_picture(a_defect(), *early, *late, *to_come, now=MONDAY + timedelta(days=3))

    notes = compose_page("SIT-A", picture).notes

    assert [own.rfc for own in notes] == [953, 952, 951]
    assert notes[0].title == "RFC 953: DCC 5.2.17.0 to SIT-A: 1 defect fixed"
    assert notes[0].words == "RFC 953 is raised. 1 defect fixed."
    assert notes[0].note is not None


@pytest.mark.parametrize(
    ("changed", "titles"),
    [
        pytest.param({"state": RfcState.WITHDRAWN}, [], id="what was withdrawn brought nothing"),
        pytest.param({"environment": "SIT-B"}, [], id="another environment's"),
        pytest.param({"party": "Acme"}, [], id="a party that is not configured"),
        pytest.param({"number": None}, [], id="no release is named"),
        pytest.param(
            {"state": RfcState.REJECTED}, ["Rejected: RFC 951: DCC 5.2.16.0 to SIT-A: 1 defect fixed"], id="rejected"
        ),
        pytest.param({"list_id": None, "seal": ""}, ["RFC 951: DCC 5.2.16.0 to SIT-A"], id="raised by hand"),
    ],
)
def test_an_rfc_is_on_the_page_for_what_it_brings_here(changed: dict[str, Any], titles: list[str]) -> None:
    sealed, rfc = asked(901, "5.2.16.0")

    notes = compose_page("SIT-A", a_picture(a_defect(), sealed, replace(rfc, **changed))).notes

    assert [own.title for own in notes] == titles


def test_an_rfc_without_a_note_says_why() -> None:
    by_hand = replace(asked(901, "5.2.16.0")[1], list_id=None, seal="")

    (own,) = compose_page("SIT-A", a_picture(by_hand)).notes

    assert own.note is None
    assert own.words == "RFC 951 was not raised from a list: its note is what stands on it."


def test_no_more_notes_than_somebody_reads_and_the_rest_is_counted() -> None:
    many = [item for week in range(MOST_NOTES + 2) for item in asked(100 + week, f"5.2.{week}.0", week)]

    page = compose_page("SIT-A", a_picture(*many))

    assert [own.rfc for own in page.notes] == list(range(151 + MOST_NOTES, 151, -1))
    assert page.left_out == (
        "2 older releases are left out, from RFC 151 (DCC 5.2.1.0 to SIT-A, Mon 14-Dec-2026) back: "
        "each RFC carries its own note."
    )


def test_long_notes_are_fewer_and_the_newest_is_there_whatever_its_length() -> None:
    window, many = a_window(MONDAY + WEEK), entries(range(1, MOST_LINES + 2))
    long = a_sealed_list(902, release="5.2.17.0", state=ListState.RAISED, window=window, entries=many)
    picture = a_picture(*asked(901, "5.2.16.0"), long, an_rfc(952, of=long))

    page = compose_page("SIT-A", picture)

    assert [own.rfc for own in page.notes] == [952]
    assert page.left_out.startswith("1 older release is left out, from RFC 951 ")


def test_known_issues_stand_there_once_and_what_is_quoted_at_length_is_named() -> None:
    issue = a_defect(613, tags=frozenset({"known-issue"}), workaround="Sign in again.")
    sealed = a_sealed_list(901, state=ListState.RAISED, entries=entries([123]) | {an_entry(31, Role.CHANGE)})
    picture = a_picture(a_defect(), a_change_request(31), issue, sealed, an_rfc(951, of=sealed))

    page = compose_page("SIT-A", picture)

    assert page.known_issues == (KnownIssue(613, "2 - High", "Defect 613", "Sign in again."),)
    assert page.quoted == {613, 31}
    assert compose_page("UIT", picture).known_issues == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_facts())
def test_whatever_the_facts_a_page_is_composed_and_names_no_rfc_twice(facts: Facts) -> None:
    for environment in facts.programme.environments:
        page = compose_page(environment, Picture(facts))
        rfcs = [own.rfc for own in page.notes]
        assert len(rfcs) == len(set(rfcs)) <= MOST_NOTES
        assert compose_page(environment, Picture(facts)) == page
