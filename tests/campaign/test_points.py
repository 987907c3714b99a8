"""Crash points: a few in the suite, one in seven in a campaign; `python -m tests.campaign --points` runs all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.campaign.base import close_all
from tests.campaign.points import Boundary, Cut, Point, all_points, pairs, undisturbed, violations

RAISED = 1
"""The step at which the lists are to be raised."""


@pytest.fixture(scope="module", autouse=True)
def every_store_is_closed() -> Iterator[None]:
    yield
    close_all()


def nth(step: int, what: str, number: int = 0) -> Boundary:
    return [b for b in undisturbed().boundaries if b.step == step and b.what == what][number]


@pytest.mark.slow
def test_the_scenario_has_an_emergency_and_a_rollback_and_ends_well() -> None:
    end = undisturbed().end

    assert any("emergency" in line and "Deployed" in line for line in end)
    assert any("rolled back" in line and "Rolled Back" in line for line in end)
    assert sum("Ready for Retest" in line for line in end) == 6


def test_each_boundary_is_cut_in_each_way() -> None:
    commits = sum(boundary.is_commit for boundary in undisturbed().boundaries)
    requests = len(undisturbed().boundaries) - commits

    assert len(all_points()) == 5 * requests + 2 * commits
    assert requests > 50
    assert commits > 50


@pytest.mark.slow
@pytest.mark.parametrize("cut", [Cut.APPLIED, Cut.LOST], ids=lambda cut: cut.value)
def test_a_creation_of_an_rfc_is_cut_off_and_all_ends_as_it_would_have(cut: Cut) -> None:
    assert violations(Point(nth(RAISED, "create"), cut)) == ()


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(0, 700, 7))
def test_any_boundary_is_cut_off_and_all_ends_as_it_would_have(number: int) -> None:
    assert violations(all_points()[number]) == ()


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(20))
def test_so_it_does_when_it_is_cut_off_again_soon(number: int) -> None:
    assert violations(pairs(number=20)[number]) == ()
