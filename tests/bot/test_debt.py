"""Debt: which emergencies' fixes a release would take away again, and which it keeps [M12.8]."""

from __future__ import annotations

import pytest

from bot.contents import Fixes, Releases
from bot.debt import debt, emergency_fixes
from bot.defect import Fix
from bot.deployment import Deployment
from bot.outcome import Outcome
from tests.bot.world import MONDAY, a_sealed_list, an_rfc, entries, number


def fixes(*told: str) -> Fixes:
    """`900 in 5.2.16.1`, and so on."""
    parts = (one.split(" in ") for one in told)
    return frozenset(Fix(int(id), number(release)) for id, release in parts)


def an_arrival(release: str) -> Deployment:
    rfc = an_rfc(of=a_sealed_list(release=release, entries=entries([900], fixed_by=release)))
    return Deployment(rfc, number(release), MONDAY, "", Outcome.SUCCEEDED, None)


@pytest.mark.parametrize(
    ("release", "contents", "owed", "lost"),
    [
        pytest.param("5.2.17.0", [], [], [], id="no emergency, no debt"),
        pytest.param("5.2.17.0", ["123 in 5.2.17.0"], ["900 in 5.2.16.1"], ["900 in 5.2.16.1"], id="it lacks the fix"),
        pytest.param("5.2.17.0", ["900 in 5.2.16.1"], ["900 in 5.2.16.1"], [], id="it carries the fix"),
        pytest.param("5.2.17.0", ["900 in 5.2.17.0"], ["900 in 5.2.16.1"], [], id="it fixes the defect anew"),
        pytest.param(
            "5.2.17.0", ["900 in 5.2.15.0"], ["900 in 5.2.16.1"], ["900 in 5.2.16.1"], id="it has an older fix only"
        ),
        pytest.param(
            "5.2.17.0",
            ["900 in 5.2.15.0", "900 in 5.2.17.0"],
            ["900 in 5.2.16.1"],
            [],
            id="of two fixes the newer counts",
        ),
        pytest.param("5.2.16.0", [], ["900 in 5.2.16.1"], [], id="an emergency above it is none of its debts"),
        pytest.param("5.2.16.1", [], ["900 in 5.2.16.1"], [], id="an emergency is none of its own debts"),
        pytest.param("5.2.18.0", [], ["900 in 5.2.16.1"], ["900 in 5.2.16.1"], id="two releases later it still is"),
        pytest.param(
            "5.2.17.0",
            ["900 in 5.2.16.1"],
            ["900 in 5.2.16.1", "901 in 5.2.16.2", "902 in 5.2.17.1"],
            ["901 in 5.2.16.2"],
            id="of several each for itself",
        ),
    ],
)
def test_what_a_release_would_take_away(release: str, contents: list[str], owed: list[str], lost: list[str]) -> None:
    assert debt(number(release), fixes(*contents), fixes(*owed)) == fixes(*lost)


@pytest.mark.parametrize(
    ("arrived", "owed"),
    [
        pytest.param([], [], id="it was never deployed"),
        pytest.param(["5.2.16.0"], [], id="only a regular release was"),
        pytest.param(["5.2.16.1"], ["900 in 5.2.16.1"], id="it was deployed"),
        pytest.param(["5.2.16.1", "5.2.16.1"], ["900 in 5.2.16.1"], id="in two environments it is one debt"),
        pytest.param(["5.2.15.1"], [], id="one whose list nobody knows owes nothing by name"),
    ],
)
def test_what_is_owed_is_what_emergencies_brought_somewhere(arrived: list[str], owed: list[str]) -> None:
    brought = {number("5.2.16.0"): fixes("123 in 5.2.16.0"), number("5.2.16.1"): fixes("900 in 5.2.16.1")}

    assert emergency_fixes(Releases(brought), [an_arrival(release) for release in arrived]) == fixes(*owed)
