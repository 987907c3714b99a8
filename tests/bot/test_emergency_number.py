"""The number of an emergency that Shunter gives: on the base that runs where its defect was found [M11], [M12.8]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.defect import Defect, State
from bot.emergency import propose_emergencies, why_no_emergency
from bot.environment import MustPass
from bot.number import ReleaseType
from bot.picture import Picture
from bot.rewrite_list import PACE
from bot.rfc import RfcState
from bot.window import emergency_window
from tests.bot.a_run import approved_and_deployed, decided, raised, run
from tests.bot.numbered_world import BY_SHUNTER, numbered
from tests.bot.people import agrees, edits_defect, later, resolves, sets, the_list
from tests.bot.world import (
    NOW,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    SIT_A,
    UIT,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    entries,
    number,
)

ASKED = frozenset({"Emergency"})
RUNS = {"SIT-A": number("1.0.2.0"), "SIT-B": number("1.0.2.0"), "UIT": number("1.0.1.0")}
OLDER_UIT = replace(BY_SHUNTER, baseline=RUNS)


def urgent(id: int = 900, found_in: str = "SIT-A", version: str = "", **other: Any) -> Defect:
    return a_defect(id, found_in=found_in, version=version, **{"tags": ASKED} | other)


def an_emergency(id: int, release: str, defect: int = 5, **other: Any) -> CandidateList:
    usual: dict[str, Any] = {"type": ReleaseType.EMERGENCY, "window": emergency_window(NOW)}
    return a_list(id, release=release, entries=entries([defect], fixed_by=release), **usual | other)


def sealed(id: int, release: str, defect: int = 5, **other: Any) -> CandidateList:
    made = an_emergency(id, release, defect, **other)
    told = {"type": made.type, "window": made.window, "entries": made.entries, "environment": made.environment}
    return a_sealed_list(id, release=release, state=ListState.RAISED, **told)


def lists(*items: Any, party: Any = OLDER_UIT) -> list[tuple[str, str, set[int]]]:
    found = propose_emergencies(Picture(numbered(*items, party=party)))
    return [(p.environment, str(p.number), {e.fix.defect for e in p.entries}) for p in found]


WITHDRAWN = sealed(901, "1.0.2.1")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([urgent()], [("SIT-A", "1.0.2.1", {900})], id="the first of what runs there"),
        pytest.param([urgent(found_in="UIT")], [("UIT", "1.0.1.1", {900})], id="UIT's after SIT's 1.0.2.0"),
        pytest.param(
            [urgent(), sealed(901, "1.0.2.3"), a_defect(5, state=State.CLOSED)],
            [("SIT-A", "1.0.2.4", {5, 900})],
            id="after what is taken",
        ),
        pytest.param(
            [urgent(), sealed(901, "1.0.2.3")],
            [("SIT-A", "1.0.2.4", {900})],
            id="what has been destroyed since it was agreed is linked to no list",
        ),
        pytest.param(
            [urgent(), WITHDRAWN, an_rfc(of=WITHDRAWN, state=RfcState.WITHDRAWN)],
            [("SIT-A", "1.0.2.2", {900})],
            id="a withdrawn one stays taken",
        ),
        pytest.param([urgent(), sealed(901, "1.0.1.3")], [("SIT-A", "1.0.2.1", {900})], id="of another base"),
        pytest.param(
            [urgent(), an_emergency(901, "1.0.2.1", 900), sealed(902, "1.0.2.2")],
            [("SIT-A", "1.0.2.1", {900})],
            id="its own list keeps the number",
        ),
        pytest.param([urgent(900), urgent(901)], [("SIT-A", "1.0.2.1", {900, 901})], id="two defects of one place"),
        pytest.param(
            [urgent(900), urgent(901), an_emergency(902, "1.0.2.1", 900)],
            [("SIT-A", "1.0.2.1", {900, 901})],
            id="a second one joins the list that is only proposed",
        ),
        pytest.param(
            [urgent(900), urgent(901), an_emergency(902, "1.0.2.1", 900, edition=1)],
            [("SIT-A", "1.0.2.1", {900}), ("SIT-A", "1.0.2.2", {901})],
            id="but none that was agreed once",
        ),
        pytest.param(
            [urgent(900), urgent(901), sealed(902, "1.0.2.1", 900)],
            [("SIT-A", "1.0.2.2", {900, 901})],
            id="nor one that is agreed: the next is built on it",
        ),
        pytest.param(
            [urgent(), an_emergency(901, "1.0.2.1")], [("SIT-A", "1.0.2.2", {900})], id="after what is only proposed"
        ),
        pytest.param(
            [urgent(), an_emergency(901, "1.0.2.1", state=ListState.CLOSED)],
            [("SIT-A", "1.0.2.1", {900})],
            id="what was proposed and given up is free again",
        ),
        pytest.param([urgent(version="1.0.2.9")], [("SIT-A", "1.0.2.9", {900})], id="a number that the party names"),
        pytest.param([urgent(found_in="")], [], id="found nowhere"),
    ],
)
def test_the_number_of_an_emergency(items: list[Any], expected: Any) -> None:
    assert lists(*items) == expected


def test_two_environments_that_run_the_same_get_two_numbers() -> None:
    found = lists(urgent(900), urgent(901, "UIT"), party=BY_SHUNTER)

    assert found == [("SIT-A", "5.2.15.1", {900}), ("UIT", "5.2.15.2", {901})]


def test_a_party_that_numbers_its_builds_names_the_emergencys_too() -> None:
    assert lists(urgent(), party=replace(OLDER_UIT, numbers=a_programme().parties["DCC"].numbers)) == []


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        pytest.param(
            urgent(version="1.0.3.0"),
            "its version 1.0.3.0 is no emergency's: clear it, and Shunter gives the number",
            id="a regular version",
        ),
        pytest.param(urgent(), "nothing is known to run in SIT-A", id="nothing runs there"),
    ],
)
def test_why_there_is_none(defect: Defect, words: str) -> None:
    runs = RUNS if defect.version is not None else {}

    picture = Picture(numbered(defect, party=replace(BY_SHUNTER, baseline=runs)))

    assert why_no_emergency(defect, picture) == words


def test_where_another_environment_comes_first_it_goes_there_with_the_same_number() -> None:
    uit = an_environment("UIT", must_pass=(MustPass("SIT-A", True),))
    level = replace(BY_SHUNTER, environments=("SIT-A", "UIT"))
    world = a_programme([SIT_A, uit], [level])

    first = propose_emergencies(a_picture(urgent(found_in="UIT"), programme=world))
    again = propose_emergencies(a_picture(urgent(found_in="UIT"), an_emergency(901, "5.2.15.1", 900), programme=world))

    assert [(p.environment, str(p.number)) for p in first] == [("SIT-A", "5.2.15.1")]
    assert [(p.environment, str(p.number)) for p in again] == [("SIT-A", "5.2.15.1")]


def test_it_is_raised_deployed_and_carried_into_the_next_release() -> None:
    world = run(approved_and_deployed(raised(numbered(urgent()), "SIT-A"), "SIT-A"), times=2)
    assert world.defects[900].state is State.READY_FOR_RETEST
    assert Picture(world).running("SIT-A", "DCC") == number("5.2.15.1")

    world = run(resolves(world, a_defect(123, version="")), times=2)

    assert {str(e) for e in the_list(world, "SIT-A", "5.2.16.0").entries} == {
        "5.2.16.0, retest here",
        "5.2.15.1, carried",
    }
    assert not decided(later(world, NOW + 2 * PACE))


def test_what_bounced_is_another_emergency() -> None:
    world = run(approved_and_deployed(raised(numbered(urgent()), "SIT-A"), "SIT-A"), times=2)

    world = run(edits_defect(world, 900, state=State.RESOLVED, changed_by=PARTY_MANAGER), times=2)

    assert str(the_list(world, "SIT-A").number) == "5.2.15.2"


def test_after_a_withdrawal_it_gets_the_next_number() -> None:
    world = raised(numbered(urgent()), "SIT-A")

    world = run(sets(world, "SIT-A", RfcState.WITHDRAWN, RELEASE_MANAGER), times=3)

    assert str(the_list(world, "SIT-A").number) == "5.2.15.2"


def test_agreed_and_under_way_no_second_list_is_made() -> None:
    world = run(numbered(urgent()))

    world = run(agrees(world, "SIT-A"), times=4)

    assert len(world.lists) == 1
    assert UIT.name not in {c.environment for c in world.lists.values()}
    assert not decided(later(world, NOW + PACE))
