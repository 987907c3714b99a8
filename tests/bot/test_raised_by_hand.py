"""Raised by hand: what a release is taken to contain that people raised without a list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.approval import Approval
from bot.candidate_list import Role, still_sealed
from bot.defect import Defect
from bot.picture import Picture
from bot.raised_by_hand import as_if_listed, released_by, why_not_counted
from bot.rfc import Rfc, RfcState
from tests.bot.a_past import by_hand
from tests.bot.world import (
    PARTY_MANAGER,
    RELEASE_MANAGER,
    a_change_request,
    a_defect,
    a_list,
    deployed,
    facts,
    number,
    steps,
)


@pytest.mark.parametrize(
    ("defect", "entry"),
    [
        pytest.param(a_defect(123), ("5.2.16.0", Role.RETEST_HERE), id="found there"),
        pytest.param(a_defect(123, found_in="SIT-B"), ("5.2.16.0", Role.RETEST_ELSEWHERE), id="found elsewhere"),
        pytest.param(a_change_request(123), ("5.2.16.0", Role.CHANGE), id="a change request"),
        pytest.param(a_defect(123, version="5.2.15.0"), ("5.2.15.0", Role.RETEST_HERE), id="fixed by an earlier build"),
        pytest.param(a_defect(123, version="5.2.17.0"), ("5.2.16.0", Role.RETEST_HERE), id="fixed again later"),
        pytest.param(a_defect(123, version="configuration"), ("5.2.16.0", Role.RETEST_HERE), id="without a build"),
        pytest.param(a_defect(123, party="Elexon"), None, id="another party's"),
    ],
)
def test_what_an_rfc_is_linked_to_is_on_its_list(defect: Defect, entry: tuple[str, Role] | None) -> None:
    found = as_if_listed(facts(defect, by_hand(951, 123)))

    assert [(str(e.fix.number), e.role) for e in found.lists[951].entries] == ([entry] if entry else [])
    assert still_sealed(found.lists[951])


@pytest.mark.parametrize(
    ("rfc", "ids"),
    [
        pytest.param(by_hand(951, 123, 999), {123}, id="its links, as far as they are known"),
        pytest.param(by_hand(951), {123, 456}, id="linked to nothing: what names its number"),
        pytest.param(by_hand(951, release="5.2.17.0"), set(), id="and nothing names it"),
    ],
)
def test_an_rfc_released_what_it_is_linked_to(rfc: Rfc, ids: set[int]) -> None:
    others = (a_defect(123), a_defect(456), a_defect(789, party="Elexon"))

    assert released_by(rfc, facts(*others, rfc)) == ids


def test_an_approval_by_hand_counts_as_one_of_what_is_linked() -> None:
    rfc = by_hand(951, 123)
    arrived = replace(rfc, state=RfcState.DEPLOYED)

    picture = Picture(as_if_listed(facts(a_defect(123), arrived, histories={951: deployed(rfc)})))

    (deployment,) = picture.deployments
    assert isinstance(deployment.approval, Approval)
    assert deployment.approval.by == RELEASE_MANAGER


def test_an_approval_of_the_partys_own_release_still_does_not_count() -> None:
    rfc = replace(by_hand(951, 123), state=RfcState.DEPLOYED)
    history = steps(
        (PARTY_MANAGER, RfcState.RAISED), (PARTY_MANAGER, RfcState.APPROVED), (PARTY_MANAGER, RfcState.DEPLOYED)
    )

    (deployment,) = Picture(as_if_listed(facts(a_defect(123), rfc, histories={951: history}))).deployments

    assert deployment.incomplete == (
        f"it was deployed without a valid approval: {PARTY_MANAGER} belongs to DCC, whose release this is"
    )


@pytest.mark.parametrize(
    ("rfc", "why"),
    [
        pytest.param(by_hand(), "", id="all of its key"),
        pytest.param(replace(by_hand(), number=None), "it names no release number", id="no number"),
        pytest.param(
            replace(by_hand(), environment="SIT-Z"),
            "its environment “SIT-Z” is none of the settings",
            id="no environment",
        ),
        pytest.param(replace(by_hand(), party=""), "its party “” is none of the settings", id="no party"),
    ],
)
def test_an_rfc_without_its_key_is_not_counted(rfc: Rfc, why: str) -> None:
    assert why_not_counted(rfc, facts(rfc)) == why
    assert bool(as_if_listed(facts(rfc)).rfcs) == (not why)


@pytest.mark.parametrize("state", [RfcState.REJECTED, RfcState.WITHDRAWN])
def test_what_was_given_up_has_no_list(state: RfcState) -> None:
    assert as_if_listed(facts(a_defect(123), replace(by_hand(951, 123), state=state))).lists == {}


def test_lists_that_there_are_are_put_aside() -> None:
    assert set(as_if_listed(facts(a_defect(123), a_list(901), by_hand(951, 123))).lists) == {951}


def test_doing_it_again_changes_nothing() -> None:
    once = as_if_listed(facts(a_defect(123), by_hand(951, 123), histories={951: deployed(by_hand(951, 123))}))

    assert as_if_listed(once) == once
    assert once.rfcs[951].number == number("5.2.16.0")
