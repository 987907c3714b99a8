"""The delivery sum: every fix of a party's newest release is in one place for each environment, and none gets lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from bot.candidate_list import CandidateList, ListState
from bot.defect import Defect, State
from bot.delivery_sum import Delivery, delivery_sum
from bot.environment import Dated, MustPass
from bot.facts import Facts
from bot.not_conserved import Sum
from bot.number import ReleaseType
from bot.party import Numbers
from bot.picture import Picture
from bot.proposal import Proposal, proposals
from bot.rfc import Rfc, RfcState
from bot.sums import not_conserved
from tests.bot.any_world import any_facts, examples
from tests.bot.lossy import Forgetful
from tests.bot.world import (
    DCC,
    MONDAY,
    NOW,
    SIT_A,
    SIT_B,
    UIT,
    WEEK,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    deployed,
    entries,
    facts,
    number,
)

RAISED = a_sealed_list(state=ListState.RAISED)
IN_SIT_A = an_rfc(of=RAISED, state=RfcState.DEPLOYED, deployed_at=MONDAY)
UIT_LATER = a_programme([SIT_A, an_environment("UIT", must_pass=(MustPass("SIT-A", True),))])


@pytest.mark.parametrize(
    ("environment", "items", "where"),
    [
        pytest.param("SIT-A", (RAISED, IN_SIT_A), Delivery.RUNS, id="deployed there"),
        pytest.param("SIT-A", (RAISED, an_rfc(of=RAISED)), Delivery.IN_RFC, id="its RFC is raised there"),
        pytest.param("UIT", (RAISED, an_rfc(of=RAISED)), Delivery.ON_LIST, id="deployed nowhere, in time for UIT too"),
        pytest.param("SIT-A", (a_list(),), Delivery.ON_LIST, id="on the list that stands there"),
        pytest.param("SIT-A", (a_list(entries=frozenset()),), Delivery.ON_LIST, id="this run puts it on that list"),
        pytest.param("SIT-A", (), Delivery.ON_LIST, id="this run makes its list"),
    ],
)
def test_a_fix_is_in_one_place_for_each_environment(
    environment: str, items: tuple[CandidateList | Rfc, ...], where: Delivery
) -> None:
    picture = a_picture(a_defect(), *items, now=MONDAY, histories={IN_SIT_A.id: deployed(IN_SIT_A)})
    assert delivery_sum(environment, "DCC", picture) == {123: where}


@pytest.mark.parametrize(
    ("defect", "environment", "where"),
    [
        pytest.param(a_defect(), "UIT", Delivery.LEFT_OUT_THERE, id="its release has to pass SIT-A first"),
        pytest.param(a_defect(), "SIT-A", Delivery.ON_LIST, id="and is on the list of SIT-A"),
        pytest.param(a_defect(tags=frozenset({"Hold"})), "SIT-A", Delivery.LEFT_OUT, id="held"),
        pytest.param(a_defect(version=""), "UIT", Delivery.LEFT_OUT, id="without a version"),
    ],
)
def test_what_comes_to_an_environment_later_or_not_at_all(defect: Defect, environment: str, where: Delivery) -> None:
    assert delivery_sum(environment, "DCC", a_picture(defect, programme=UIT_LATER)) == {123: where}


def test_the_latest_fix_of_a_defect_is_the_one_that_counts() -> None:
    """5.2.16.0 is there, the repair of its repair comes with 5.2.17.0."""
    picture = a_picture(
        a_defect(version="5.2.17.0"), RAISED, IN_SIT_A, now=MONDAY, histories={IN_SIT_A.id: deployed(IN_SIT_A)}
    )
    assert delivery_sum("SIT-A", "DCC", picture) == {123: Delivery.ON_LIST}


def test_a_fix_that_a_release_carries_and_its_list_would_not_name_breaks_the_sum_of_that_environment_alone() -> None:
    (broken,) = not_conserved(Forgetful(facts(a_defect()), "SIT-A"))

    assert (broken.sum, broken.whom) == (Sum.DELIVERY, "DCC in SIT-A")
    assert broken.words == "DCC 5.2.16.0 carries fixes to SIT-A that its list would not name (123)"


@examples(1 / 4)
@given(any_facts())
def test_in_any_world_each_resolved_fix_is_accounted_for_in_each_environment(world: Facts) -> None:
    picture = Picture(world)
    for environment, party in proposals(picture):
        resolved = {d.id for d in picture.of_party.get(party, ()) if d.state is State.RESOLVED}
        assert resolved <= delivery_sum(environment, party, picture).keys()
    assert not_conserved(picture) == ()


def test_what_runs_there_is_known_although_a_draft_of_its_number_is_announced_for_another_environment() -> None:
    """People had deployed 6.0.0.0 by hand; the draft of that number, for SIT-B, would carry an emergency's fix."""
    urgent = a_sealed_list(
        state=ListState.RAISED,
        type=ReleaseType.EMERGENCY,
        release="5.2.15.1",
        entries=entries(here=[105], fixed_by="5.2.17.0"),
    )
    in_sit_a = an_rfc(of=urgent, state=RfcState.DEPLOYED, deployed_at=NOW - timedelta(minutes=3))
    by_hand = an_rfc(
        954, state=RfcState.DEPLOYED, deployed_at=NOW, number=number("6.0.0.0"), list_id=None, fixes=frozenset()
    )
    announced = Dated(
        MONDAY + WEEK, MONDAY + WEEK + timedelta(hours=2), ReleaseType.MAJOR, numbers={"DCC": number("6.0.0.0")}
    )
    programme = a_programme([SIT_A, replace(SIT_B, dated=(announced,)), UIT], [replace(DCC, numbers=Numbers.SHUNTER)])

    picture = a_picture(a_defect(105), urgent, in_sit_a, by_hand, programme=programme)

    assert not_conserved(picture) == ()
    (proposed,) = (p for p in proposals(picture)["SIT-A", "DCC"] if isinstance(p, Proposal))
    assert [str(entry) for entry in proposed.entries] == ["5.2.17.0, retest here"]
