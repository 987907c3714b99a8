"""What comes first: which fixes have not been there, what is excepted, and that a preferred order only tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.defect import Defect
from bot.emergency import propose_emergencies
from bot.environment import Environment, MustPass, PassedBy
from bot.passing import not_passed, preferences
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, propose
from bot.propose_lists import plan_lists
from bot.rfc import RfcState
from tests.bot.world import (
    DCC,
    SIT_A,
    SIT_B,
    a_change_request,
    a_defect,
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

TESTED = frozenset({"sit-a"})
STRICT = MustPass("SIT-A", is_mandatory=True)
UIT_FIRST = replace(STRICT, except_found_here=True)
BY_TEST = replace(STRICT, by=PassedBy.TESTED_IN)
BY_TEST_OR_UIT = replace(UIT_FIRST, by=PassedBy.TESTED_IN)
PREFERRED = MustPass("SIT-A", is_mandatory=False)
SMOKE = replace(SIT_A, smoke_test=True)


def the_picture(required: MustPass, *items: Defect, first: Environment = SIT_A, arrived: str = "no") -> Picture:
    """UIT comes after SIT-A. `arrived`: whether the release is in SIT-A already, and its smoke test passed."""
    programme = a_programme([first, SIT_B, an_environment("UIT", must_pass=(required,))], [DCC])
    if arrived == "no":
        return a_picture(*items, programme=programme)
    sealed = a_sealed_list(entries=entries(here=[d.id for d in items]))
    rfc = an_rfc(of=sealed, state=RfcState.DEPLOYED, deployed_at=at("2026-12-07 09:30"), smoke=arrived)
    histories = {rfc.id: deployed(rfc)}
    return a_picture(*items, sealed, rfc, programme=programme, histories=histories, now=at("2026-12-08 09:00"))


def words(picture: Picture, environment: str = "UIT") -> str:
    """Why there is no list; empty where there is one."""
    found = next(p for p in propose(picture) if p.environment == environment)
    return found.words if isinstance(found, NoProposal) else ""


IN_UIT, IN_SIT = a_defect(301, found_in="UIT"), a_defect(123)
RELEASE = number("5.2.16.0")
NOT_DEPLOYED = "5.2.16.0 has to be deployed to SIT-A first"


@pytest.mark.parametrize(
    ("required", "items", "refusal"),
    [
        pytest.param(STRICT, [IN_UIT], NOT_DEPLOYED, id="strict: what UIT found waits too"),
        pytest.param(UIT_FIRST, [IN_UIT], "", id="UIT first: what only UIT found goes to UIT first"),
        pytest.param(UIT_FIRST, [IN_UIT, IN_SIT], NOT_DEPLOYED, id="UIT first: the build holds a fix that SIT found"),
        pytest.param(
            UIT_FIRST, [a_defect(301, found_in="UIT; SIT-A")], "no release of DCC is ready", id="UIT first: met in both"
        ),
        pytest.param(
            UIT_FIRST, [IN_UIT, a_change_request()], NOT_DEPLOYED, id="UIT first: a change request is no defect"
        ),
        pytest.param(PREFERRED, [IN_UIT, IN_SIT], "", id="preferred: nothing waits"),
        pytest.param(
            BY_TEST,
            [IN_UIT, IN_SIT],
            "5.2.16.0 brings 123, 301, to be tested in SIT-A before",
            id="by test: none tested",
        ),
        pytest.param(
            BY_TEST,
            [IN_UIT, replace(IN_SIT, tested_in=TESTED)],
            "5.2.16.0 brings 301, to be tested in SIT-A before",
            id="by test: one tested",
        ),
        pytest.param(BY_TEST, [replace(IN_SIT, tested_in=TESTED)], "", id="by test: all tested"),
        pytest.param(BY_TEST_OR_UIT, [IN_UIT, replace(IN_SIT, tested_in=TESTED)], "", id="by test, UIT's excepted"),
    ],
)
def test_what_comes_first_is_asked_of_each_fix_that_counts(
    required: MustPass, items: list[Defect], refusal: str
) -> None:
    assert words(the_picture(required, *items)) == refusal


@pytest.mark.parametrize(
    ("first", "smoke", "refusal"),
    [
        pytest.param(SIT_A, "", "", id="no smoke test is asked for: deployed is enough"),
        pytest.param(SMOKE, "", "5.2.16.0 has to pass its smoke test in SIT-A first", id="not said yet"),
        pytest.param(SMOKE, "failed", "5.2.16.0 has to pass its smoke test in SIT-A first", id="failed"),
        pytest.param(SMOKE, "passed", "", id="passed"),
    ],
)
def test_what_is_deployed_first_has_to_work_there(first: Environment, smoke: str, refusal: str) -> None:
    assert words(the_picture(STRICT, IN_SIT, first=first, arrived=smoke)) == refusal


@pytest.mark.parametrize(
    ("release", "arrived", "refusal"),
    [
        pytest.param("5.2.16.0", "no", NOT_DEPLOYED, id="it has not been there"),
        pytest.param("5.2.16.0", "passed", "", id="it has"),
        pytest.param("5.2.15.0", "passed", "", id="a later one has"),
        pytest.param("5.2.17.0", "passed", "5.2.17.0 has to be deployed to SIT-A first", id="an earlier one has"),
        pytest.param("5.2.15.0", "no", "", id="it runs there since before the first list"),
    ],
)
def test_a_release_that_brings_nothing_new_has_to_have_been_there_by_its_number(
    release: str, arrived: str, refusal: str
) -> None:
    picture = the_picture(STRICT, arrived=arrived)

    assert not_passed("UIT", "DCC", picture.releases["DCC"], number(release), picture, ()) == refusal


def test_what_uit_found_is_on_the_next_list_of_sit_and_keeps_nothing_there_waiting() -> None:
    picture = the_picture(UIT_FIRST, IN_UIT, IN_SIT)
    found = next(p for p in propose(picture) if p.environment == "SIT-A")
    assert isinstance(found, Proposal)
    assert {e.fix.defect for e in found.entries} == {123, 301}


@pytest.mark.parametrize(
    ("required", "told"),
    [
        pytest.param(PREFERRED, ("preferred: SIT-A first, which lacks 123, 301",), id="not there yet"),
        pytest.param(
            replace(PREFERRED, except_found_here=True),
            ("preferred: SIT-A first, which lacks 123",),
            id="UIT's excepted",
        ),
        pytest.param(
            replace(PREFERRED, by=PassedBy.TESTED_IN),
            ("preferred: tested in SIT-A first, which is not said of 123, 301",),
            id="not tested there",
        ),
        pytest.param(replace(PREFERRED, environment="QAS2"), (), id="where the party does not deploy"),
        pytest.param(STRICT, (), id="a mandatory order is no preference"),
    ],
)
def test_a_preferred_order_that_is_not_kept_is_told_on_the_list(required: MustPass, told: tuple[str, ...]) -> None:
    picture = the_picture(required, IN_UIT, IN_SIT)
    assert preferences("UIT", "DCC", RELEASE, picture, entries(here=[123, 301])) == told
    pages = [str(e.new) for a in plan_lists(picture) for e in a.change.edits if a.subject == "list of DCC for UIT"]
    assert any(told[0] in page for page in pages) if told else not any("preferred" in page for page in pages)


def test_an_emergency_keeps_to_no_preferred_order() -> None:
    picture = the_picture(PREFERRED, IN_UIT)
    assert preferences("UIT", "DCC", number("5.2.15.1"), picture, entries(here=[301])) == ()


@pytest.mark.parametrize(("count", "rest"), [(10, ""), (11, " and 1 more"), (13, " and 3 more")])
def test_many_that_are_lacking_are_not_all_named(count: int, rest: str) -> None:
    ids = range(1, count + 1)
    picture = the_picture(PREFERRED, *(a_defect(id) for id in ids))
    (told,) = preferences("UIT", "DCC", RELEASE, picture, entries(here=ids))
    assert told == f"preferred: SIT-A first, which lacks 1, 2, 3, 4, 5, 6, 7, 8, 9, 10{rest}"


def test_what_has_been_there_is_not_told() -> None:
    picture = the_picture(PREFERRED, IN_SIT, arrived="passed")
    assert preferences("UIT", "DCC", RELEASE, picture, entries(here=[123])) == ()


@pytest.mark.parametrize(
    ("required", "tested", "place"),
    [
        pytest.param(STRICT, frozenset(), "SIT-A", id="strict: it goes to SIT-A first"),
        pytest.param(UIT_FIRST, frozenset(), "UIT", id="UIT first"),
        pytest.param(BY_TEST, frozenset(), "SIT-A", id="by test: not tested"),
        pytest.param(BY_TEST, TESTED, "UIT", id="by test: tested"),
        pytest.param(PREFERRED, frozenset(), "UIT", id="preferred"),
    ],
)
def test_an_emergency_is_first_where_the_order_says(required: MustPass, tested: frozenset[str], place: str) -> None:
    emergency = frozenset({"Emergency"})
    defect = a_defect(900, found_in="UIT", version="5.2.15.1", tags=emergency, tested_in=tested)
    assert [p.environment for p in propose_emergencies(the_picture(required, defect))] == [place]


def test_an_emergency_of_which_one_fix_is_untested_goes_nowhere_with_the_others_alone() -> None:
    emergency = frozenset({"Emergency"})
    tested = a_defect(900, found_in="UIT", version="5.2.15.1", tags=emergency, tested_in=TESTED)
    picture = the_picture(BY_TEST, tested, replace(tested, id=901, tested_in=frozenset()))
    (proposed,) = propose_emergencies(picture)
    assert proposed.environment == "SIT-A"
    assert {e.fix.defect for e in proposed.entries} == {900, 901}
    assert proposed.number == number("5.2.15.1")
