"""The matrix: what ran where at any time, and through what it came there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.history import Step
from bot.matrix import MatrixRow, arrivals_unproved, matrix_rows
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from tests.bot.any_world import any_facts
from tests.bot.world import (
    DCC,
    DEPLOYER,
    ELEXON,
    MONDAY,
    WEEK,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_rfc,
    at,
    deployed,
    facts,
    number,
    undone,
    writes,
)

HOUR = timedelta(hours=1)
DEPLOYED, UNDONE, LATER = MONDAY, MONDAY + 3 * HOUR, MONDAY + WEEK


def released(id: int, release: str, **other: Any) -> tuple[CandidateList, Rfc]:
    """A list, and the RFC that was raised for it; its id is fifty more."""
    sealed = a_sealed_list(id, release=release, state=ListState.RAISED)
    return sealed, an_rfc(id + 50, of=sealed, **{"state": RfcState.DEPLOYED, **other})


def in_sit_a(picture: Picture, when: datetime, party: str = "DCC") -> MatrixRow:
    return next(r for r in matrix_rows(picture, when) if (r.environment, r.party) == ("SIT-A", party))


def test_before_any_arrival_it_is_the_baseline_or_nothing_is_known() -> None:
    unknown = a_party("Elexon", baseline={})
    rows = matrix_rows(a_picture(programme=a_programme(parties=[DCC, unknown])), MONDAY)

    assert [(r.environment, r.party, r.version, r.since, r.through) for r in rows[:2]] == [
        ("SIT-A", "DCC", "5.2.15.0", None, "baseline"),
        ("SIT-A", "Elexon", "nothing known", None, "nothing known"),
    ]
    assert rows[0].components == ("DCC core",)


def test_only_the_environments_of_a_party_have_a_row() -> None:
    rows = matrix_rows(a_picture(programme=a_programme(parties=[a_party(environments=("SIT-B",)), ELEXON])), MONDAY)

    assert [(r.environment, r.party) for r in rows] == [
        ("SIT-A", "Elexon"), ("SIT-B", "DCC"), ("SIT-B", "Elexon"), ("UIT", "Elexon"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("when", "version", "through"),
    [
        pytest.param(DEPLOYED - HOUR, "5.2.15.0", "baseline", id="before"),
        pytest.param(DEPLOYED, "5.2.16.0", "deployment", id="from that instant"),
        pytest.param(DEPLOYED + HOUR, "5.2.16.0", "deployment", id="after"),
    ],
)
def test_a_release_runs_from_its_deployment(when: datetime, version: str, through: str) -> None:
    sealed, rfc = released(901, "5.2.16.0")
    row = in_sit_a(a_picture(sealed, rfc, histories={rfc.id: deployed(rfc)}), when)

    assert (row.version, row.through) == (version, through)
    assert (row.rfc, row.since) == ((951, DEPLOYED) if through == "deployment" else (None, None))


@pytest.mark.parametrize("state", [RfcState.ROLLED_BACK, RfcState.CLOSED])
@pytest.mark.parametrize(
    ("when", "version", "since", "through"),
    [
        pytest.param(UNDONE - HOUR, "5.2.16.0", DEPLOYED, "deployment", id="while it ran"),
        pytest.param(UNDONE, "5.2.15.0", UNDONE, "rollback", id="once it was rolled back"),
        pytest.param(LATER, "5.2.15.0", UNDONE, "rollback", id="a week later"),
    ],
)
def test_after_a_rollback_the_former_number_runs(
    state: RfcState, when: datetime, version: str, since: datetime, through: str
) -> None:
    sealed, rfc = released(901, "5.2.16.0", state=state, deployed_at=DEPLOYED, outcome="succeeded")
    row = in_sit_a(a_picture(sealed, rfc, now=LATER, histories={rfc.id: undone(rfc)}), when)

    assert (row.version, row.since, row.through, row.rfc, row.words) == (version, since, through, 951, "")


def test_a_rollback_of_something_older_changes_nothing() -> None:
    older, first = released(901, "5.2.16.0", state=RfcState.ROLLED_BACK)
    newer, second = released(902, "5.2.17.0")
    when = DEPLOYED + HOUR
    histories = {first.id: undone(first), second.id: deployed(second, when)}

    row = in_sit_a(a_picture(older, first, newer, second, now=LATER, histories=histories), LATER)

    assert (row.version, row.since, row.through, row.rfc) == ("5.2.17.0", when, "deployment", 952)


def test_deployed_without_approval_it_runs_all_the_same_and_says_so() -> None:
    sealed, rfc = released(901, "5.2.16.0")
    steps = (Step(1, DEPLOYED, DEPLOYER, RfcState.DEPLOYED, rfc.seal),)

    row = in_sit_a(a_picture(sealed, rfc, histories={rfc.id: steps}), LATER)

    assert (row.version, row.words) == (
        "5.2.16.0",
        "it was deployed without a valid approval: nobody has approved it",
    )


def test_a_closed_rfc_by_which_something_runs_has_to_be_proved_by_its_history() -> None:
    older, first = released(901, "5.2.16.0", state=RfcState.CLOSED, deployed_at=DEPLOYED, outcome="succeeded")
    newer, second = released(902, "5.2.17.0", state=RfcState.CLOSED, deployed_at=LATER, outcome="succeeded")
    world = facts(older, first, newer, second, now=LATER + WEEK)

    assert arrivals_unproved(Picture(world), DEPLOYED) == {first.id}
    assert arrivals_unproved(Picture(world), LATER) == {second.id}

    world = replace(world, histories={second.id: undone(second, LATER + HOUR)})
    assert arrivals_unproved(Picture(world), LATER + WEEK) == {first.id}

    world = replace(world, histories={**world.histories, first.id: deployed(first)})
    assert arrivals_unproved(Picture(world), LATER + WEEK) == frozenset()


def test_what_was_deployed_anew_ran_before_too() -> None:
    sealed, rfc = released(901, "5.2.16.0", state=RfcState.CLOSED, deployed_at=LATER, outcome="succeeded", attempt=2)
    assert arrivals_unproved(a_picture(sealed, rfc), DEPLOYED) == {rfc.id}, "only its history tells"

    again = writes(deployed(rfc), DEPLOYER, RfcState.APPROVED, LATER - HOUR)
    again = writes(writes(again, DEPLOYER, RfcState.DEPLOYED, LATER), DEPLOYER, RfcState.CLOSED, LATER + HOUR)
    picture = a_picture(sealed, replace(rfc, deployed_at=None), histories={rfc.id: again})

    told = [in_sit_a(picture, when) for when in (DEPLOYED, LATER - HOUR, LATER)]
    assert [(row.version, row.since) for row in told] == [
        ("5.2.16.0", DEPLOYED), ("5.2.16.0", DEPLOYED), ("5.2.16.0", LATER),
    ]  # fmt: skip


def test_the_time_is_that_of_the_programme_only_where_it_is_shown() -> None:
    sealed, rfc = released(901, "5.2.16.0", deployed_at=at("2026-07-06 12:00"))
    picture = a_picture(sealed, rfc, histories={rfc.id: deployed(rfc)})

    assert in_sit_a(picture, at("2026-07-06 11:59")).version == "5.2.15.0"
    assert in_sit_a(picture, at("2026-07-06 12:00")).version == "5.2.16.0"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts())
def test_what_runs_by_now_is_what_every_decision_takes_to_be_running(world: Facts) -> None:
    picture = Picture(world)
    for row in matrix_rows(picture):
        assert row.version == str(picture.running(row.environment, row.party) or "nothing known")


def test_numbers_of_two_parties_do_not_touch_each_other() -> None:
    sealed, rfc = released(901, "5.2.16.0")
    picture = a_picture(sealed, rfc, histories={rfc.id: deployed(rfc)})

    assert in_sit_a(picture, LATER, "Elexon").version == str(number("5.2.15.0"))
