"""Places: a party that runs SIT-A and SIT-B as one place has one list, RFC, deployment and retest there [M8.2]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import retest
from bot.candidate_list import Role
from bot.defect import Defect, State
from bot.emergency import propose_emergencies
from bot.environment import MustPass
from bot.known_issues import found_in_any
from bot.left_out import Reason
from bot.level import level_rows
from bot.matrix import matrix_rows
from bot.overview import standing_rows
from bot.party import Party
from bot.passport import passport_of
from bot.picture import Picture
from bot.place import at_places, level_with, place_of
from bot.proposal import NoProposal, Proposal, propose
from bot.retest_rows import retest_rows
from bot.rfc import RfcState
from bot.standing import standings
from bot.testimony import SMOKE_PASSED
from bot.where import Where
from tests.bot.world import (
    DCC,
    SIT_A,
    SIT_B,
    UIT,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    at,
    deployed,
    entries,
    number,
)

SIT = an_environment("SIT", stands_for=("SIT-A", "SIT-B"), test_defect_manager="sita@place.example")
SIT_B_UIT = an_environment("SIT-B/UIT", stands_for=("SIT-B", "UIT"))
HELIX = a_party("Helix", environments=("SIT", "UIT"), baseline={"SIT": number("5.2.15.0"), "UIT": number("5.2.15.0")})
SMALL = a_party("Small", environments=("SIT-A", "SIT-B/UIT"), baseline={})
PROGRAMME = a_programme([SIT_A, SIT_B, UIT, SIT, SIT_B_UIT], [DCC, HELIX, SMALL])
WINDOW = at("2026-12-07 09:30")


def of_helix(id: int = 123, found_in: str = "SIT-A", **other: Any) -> Defect:
    return a_defect(id, found_in=found_in, party="Helix", **other)


@pytest.mark.parametrize(
    ("party", "environment", "place"),
    [
        pytest.param(HELIX, "SIT-A", "SIT", id="a place stands for it"),
        pytest.param(HELIX, "SIT", "SIT", id="it is the place itself"),
        pytest.param(HELIX, "UIT", "UIT", id="an environment of its own"),
        pytest.param(SMALL, "UIT", "SIT-B/UIT", id="another party, another place"),
        pytest.param(DCC, "SIT-A", "SIT-A", id="a party without places"),
        pytest.param(DCC, "SIT", "SIT", id="a place where the party does not deploy"),
        pytest.param(SMALL, "QAS2", "QAS2", id="an environment that nobody knows"),
        pytest.param(None, "SIT-A", "SIT-A", id="a party that nobody knows"),
    ],
)
def test_each_party_has_one_place_for_an_environment(party: Party | None, environment: str, place: str) -> None:
    assert place_of(environment, party, PROGRAMME) == place


@pytest.mark.parametrize(
    ("named", "found_in", "shown"),
    [
        pytest.param("SIT-A", ("SIT",), "SIT-A (SIT)", id="one environment of the place"),
        pytest.param("SIT-A; SIT-B", ("SIT",), "SIT-A, SIT-B (SIT)", id="two that are the same place"),
        pytest.param("SIT-A; SIT", ("SIT",), "SIT-A, SIT (SIT)", id="the place, and what it stands for"),
        pytest.param("SIT", ("SIT",), "SIT", id="the place itself"),
        pytest.param("UIT", ("UIT",), "UIT", id="elsewhere"),
        pytest.param("SIT-A; UIT", ("SIT", "UIT"), "SIT-A, UIT (SIT, UIT)", id="two places: that is a contradiction"),
    ],
)
def test_what_people_name_is_read_as_the_place_of_the_party(named: str, found_in: tuple[str, ...], shown: str) -> None:
    facts = a_picture(of_helix(found_in=named), programme=PROGRAMME).facts
    defect = facts.defects[123]
    assert (defect.found_in, defect.found_in_text) == (found_in, shown)
    assert at_places(facts) == facts


def test_one_list_for_the_place_names_what_each_of_its_environments_found_for_retest_there() -> None:
    items = of_helix(123, "SIT-A"), of_helix(246, "SIT-B"), of_helix(301, "UIT")
    proposed = [p for p in propose(a_picture(*items, programme=PROGRAMME)) if p.party == "Helix"]
    roles = {p.environment: {e.fix.defect: e.role for e in p.entries} for p in proposed if isinstance(p, Proposal)}
    here, elsewhere = Role.RETEST_HERE, Role.RETEST_ELSEWHERE
    assert roles == {
        "SIT": {123: here, 246: here, 301: elsewhere},
        "UIT": {123: elsewhere, 246: elsewhere, 301: here},
    }


@pytest.mark.parametrize(
    ("defect", "reason"),
    [
        pytest.param(of_helix(found_in="SIT-A; SIT-B"), None, id="two environments, one place"),
        pytest.param(of_helix(found_in="SIT-A; UIT"), Reason.TWO_ENVIRONMENTS, id="two places"),
        pytest.param(of_helix(found_in="QAS2"), Reason.UNKNOWN_ENVIRONMENT, id="an environment that nobody knows"),
        pytest.param(a_defect(found_in="SIT"), Reason.NOT_THEIR_ENVIRONMENT, id="the place of another party"),
    ],
)
def test_the_same_place_twice_is_no_contradiction(defect: Defect, reason: Reason | None) -> None:
    left_out = standings(a_picture(defect, programme=PROGRAMME))[123].left_out
    # What is not left out of the draft waits for the list that the next run makes.
    assert (left_out.reason if left_out else None) == (reason or Reason.NO_DRAFT)


def arrived() -> Picture:
    sealed = a_sealed_list(environment="SIT", party="Helix", entries=entries(here=[123, 246]))
    rfc = an_rfc(of=sealed, state=RfcState.DEPLOYED, deployed_at=WINDOW)
    return a_picture(
        of_helix(123, "SIT-A", raised_by=""),
        of_helix(246, "SIT-B"),
        of_helix(301, "UIT"),
        sealed,
        rfc,
        programme=PROGRAMME,
        histories={rfc.id: deployed(rfc)},
        now=at("2026-12-08 09:00"),
    )


def test_one_deployment_hands_over_what_all_of_its_environments_found() -> None:
    picture = arrived()
    moved = [action.subject for action in retest.plan_retest(picture)]
    assert moved == ["defect 123", "defect 246"]


def test_the_test_defect_manager_is_that_of_the_place() -> None:
    picture = arrived()
    found = standings(picture)[123]
    assert found.deployment is not None
    assert retest.testers(found.defect, found.deployment, picture) == ("sita@place.example",)


def test_people_read_what_was_named_and_the_place() -> None:
    picture = arrived()
    passport = passport_of(123, picture)
    assert passport is not None
    assert passport.found_in == "SIT-A (SIT)"
    assert [(found.environment, found.fix) for found in passport.where_its_fix_is] == [
        ("SIT", "has it"),
        ("UIT", "on a list"),
    ]
    assert [row.found_in for row in standing_rows(picture, Where.MOVE)] == ["SIT-A (SIT)", "SIT-B (SIT)"]
    waiting = a_picture(of_helix(state=State.READY_FOR_RETEST), programme=PROGRAMME)
    assert [row.environment for row in retest_rows(waiting)] == ["SIT-A (SIT)"]
    runs = {(row.environment, row.party): row.version for row in matrix_rows(picture)}
    assert runs["SIT", "Helix"] == "5.2.16.0"
    assert ("SIT-A", "Helix") not in runs


def test_an_rfc_that_names_an_environment_of_the_place_is_one_of_the_place() -> None:
    by_hand = an_rfc(
        952, state=RfcState.DEPLOYED, environment="SIT-B", party="Helix", list_id=None, seal="", deployed_at=WINDOW
    )
    picture = a_picture(by_hand, programme=PROGRAMME, now=at("2026-12-08 09:00"))
    assert picture.running("SIT", "Helix") == number("5.2.16.0")
    assert picture.running("SIT-B", "Helix") is None


def test_a_list_that_names_an_environment_of_the_place_is_one_of_the_place() -> None:
    named = {1: "SIT-A", 2: "SIT-B", 3: "SIT", 4: "UIT"}
    lists = [a_list(id, environment=environment, party="Helix") for id, environment in named.items()]
    of_dcc = a_list(5, environment="SIT-A")

    read = a_picture(*lists, of_dcc, programme=PROGRAMME).facts.lists

    assert {id: c.environment for id, c in read.items()} == {1: "SIT", 2: "SIT", 3: "SIT", 4: "UIT", 5: "SIT-A"}


@pytest.mark.parametrize("tag", ["Hold SIT-A", "hold sit-b", "Hold SIT", "Hold"])
def test_a_hold_for_any_of_its_environments_holds_the_list_of_the_place(tag: str) -> None:
    defect = of_helix(tags=frozenset({tag}))
    assert a_picture(defect, programme=PROGRAMME).held_in("SIT", [123]) == (123,)
    assert a_picture(defect, programme=PROGRAMME).held_in("UIT", [123]) == ((123,) if tag == "Hold" else ())


def test_a_known_issue_is_told_in_the_place_and_in_the_environment_that_found_it() -> None:
    issue = of_helix(613, "SIT-A", state=State.OPEN, tags=frozenset({"known-issue"}))
    issues = a_picture(issue, programme=PROGRAMME).known_issues
    told = {place.name: [d.id for d in found_in_any(place.covers, issues)] for place in (SIT, SIT_A, SIT_B)}
    assert told == {"SIT": [613], "SIT-A": [613], "SIT-B": []}


@pytest.mark.parametrize(
    ("place", "party", "others"),
    [
        pytest.param("SIT-A", DCC, ["SIT-B"], id="two environments"),
        pytest.param("SIT", HELIX, [], id="one place for both is level by itself"),
        pytest.param("SIT-A", SMALL, ["SIT-B/UIT"], id="the place that stands for the other"),
        pytest.param("SIT-B/UIT", SMALL, ["SIT-A"], id="and back"),
    ],
)
def test_level_environments_are_level_as_places(place: str, party: Party, others: list[str]) -> None:
    assert list(level_with(place, party, PROGRAMME)) == others


def test_the_report_of_level_environments_has_no_row_for_a_party_with_one_place_for_both() -> None:
    rows = level_rows(a_picture(programme=PROGRAMME))
    assert [(r.party, r.environment, r.level_with) for r in rows] == [
        ("DCC", "SIT-A", "SIT-B"),
        ("Small", "SIT-A", "SIT-B/UIT"),
    ]


@pytest.mark.parametrize(
    ("required", "refusal"),
    [
        pytest.param("SIT-A", "5.2.16.0 has to be deployed to SIT first", id="the place that stands for it"),
        pytest.param("UIT", "", id="itself: there is nothing to pass"),
    ],
)
def test_what_comes_first_is_a_place_of_the_party(required: str, refusal: str) -> None:
    uit = replace(UIT, must_pass=(MustPass(required, is_mandatory=True),))
    programme = a_programme([SIT_A, SIT_B, uit, SIT], [HELIX])
    found = propose(a_picture(of_helix(), programme=programme))
    assert [p.words if isinstance(p, NoProposal) else "" for p in found] == ["", refusal]


def test_an_emergency_has_its_list_at_the_place() -> None:
    defect = of_helix(900, version="5.2.15.1", tags=frozenset({"Emergency"}))
    proposed = propose_emergencies(a_picture(defect, programme=PROGRAMME))
    assert [(p.environment, str(p.number)) for p in proposed] == [("SIT", "5.2.15.1")]


def test_a_place_with_a_smoke_test_waits_for_it() -> None:
    programme = a_programme([SIT_A, SIT_B, UIT, replace(SIT, smoke_test=True)], [HELIX])
    sealed = a_sealed_list(environment="SIT", party="Helix")
    rfc = an_rfc(of=sealed, state=RfcState.DEPLOYED, deployed_at=WINDOW)
    for smoke, where in (("", Where.INCOMPLETE), (SMOKE_PASSED, Where.MOVE)):
        told = replace(rfc, smoke=smoke)
        picture = a_picture(
            of_helix(), sealed, told, programme=programme, histories={rfc.id: deployed(rfc)}, now=at("2026-12-08 09:00")
        )
        assert standings(picture)[123].where is where
