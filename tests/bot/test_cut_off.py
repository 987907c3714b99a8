"""The cut-off: what counts is what a defect is then, and what was sealed; never that it was resolved once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.defect import Defect, State
from bot.picture import Picture
from bot.retest import plan_retest
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from tests.bot.world import MONDAY, a_defect, a_picture, a_sealed_list, an_rfc, deployed, entries

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries(here=[123, 99]))
RFC = an_rfc(of=SEALED, state=RfcState.DEPLOYED, deployed_at=MONDAY)
OTHER = a_defect(99)


def before(defect: Defect) -> Picture:
    """Nothing has been agreed yet."""
    return a_picture(defect, a_defect(98))


def after(defect: Defect) -> Picture:
    """5.2.16.0 was agreed with 123, and has arrived."""
    return a_picture(defect, OTHER, SEALED, RFC, now=MONDAY, histories={RFC.id: deployed(RFC)})


def drafted(picture: Picture) -> set[str]:
    return {f"{fix.defect}: {fix.number}" for fix in picture.drafts["DCC"].fixes if fix.defect == 123}


def handed_over(picture: Picture) -> set[str]:
    return {action.subject for action in plan_retest(picture)}


@pytest.mark.parametrize(
    ("defect", "fixes"),
    [
        pytest.param({"state": State.RESOLVED}, {"123: 5.2.16.0"}, id="resolved at the cut-off"),
        pytest.param({"state": State.OPEN}, set(), id="resolved, and reopened before it"),
        pytest.param(
            {"state": State.RESOLVED, "version": "5.2.17.0"},
            {"123: 5.2.17.0"},
            id="resolved, reopened, and resolved again with another version",
        ),
        pytest.param({"state": State.OPEN, "version": "5.2.17.0"}, set(), id="a version alone resolves nothing"),
        pytest.param({"state": State.CLOSED}, set(), id="closed meanwhile"),
    ],
)
def test_a_list_counts_what_is_resolved_when_it_is_made(defect: dict[str, Any], fixes: set[str]) -> None:
    assert drafted(before(a_defect(**defect))) == fixes


@pytest.mark.parametrize(
    ("defect", "fixes", "moved", "where"),
    [
        pytest.param({"state": State.RESOLVED}, set(), {"defect 123", "defect 99"}, Where.MOVE, id="as it was agreed"),
        pytest.param({"state": State.OPEN}, set(), {"defect 99"}, None, id="reopened after the cut-off: not retested"),
        pytest.param(
            {"state": State.RESOLVED, "version": "5.2.17.0"},
            {"123: 5.2.17.0"},
            {"defect 99"},
            Where.LEFT_OUT,
            id="reopened, and resolved again: it waits for the version that it names now",
        ),
        pytest.param(
            {"state": State.RESOLVED, "version": "5.2.17.0", "delivered_by": RFC.id},
            {"123: 5.2.17.0"},
            {"defect 99"},
            Where.LEFT_OUT,
            id="retested, failed, and resolved again: so does it",
        ),
        pytest.param(
            {"state": State.RESOLVED, "delivered_by": RFC.id},
            set(),
            {"defect 99"},
            Where.TAKEN_BACK,
            id="retested, failed, and resolved with the same build: people decide",
        ),
        pytest.param({"state": State.CLOSED}, set(), {"defect 99"}, None, id="closed after the cut-off"),
    ],
)
def test_what_was_agreed_and_what_is_resolved_now_both_have_to_hold(
    defect: dict[str, Any], fixes: set[str], moved: set[str], where: Where | None
) -> None:
    picture = after(a_defect(**defect))

    assert drafted(picture) == fixes
    assert handed_over(picture) == moved
    standing = standings(picture).get(123)
    assert (standing.where if standing is not None else None) is where
