"""Nothing to release, no release: what an environment has by other means is no reason for a list [C5.2]."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import ListState, Role
from bot.defect import Defect, State
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import ActionKind
from bot.proposal import NoProposal, propose
from bot.propose_lists import plan_lists
from bot.rfc import RfcState
from tests.bot.world import (
    NOW,
    a_defect,
    a_list,
    a_picture,
    a_sealed_list,
    an_entry,
    an_rfc,
    deployed,
    entries,
)

URGENT = a_defect(900, version="5.2.15.1", state=State.CLOSED, tags=frozenset({"Emergency"}))
EMERGENCY = a_sealed_list(
    902,
    state=ListState.CLOSED,
    release="5.2.15.1",
    type=ReleaseType.EMERGENCY,
    entries=entries(here=[900], fixed_by="5.2.15.1"),
)
ARRIVED = an_rfc(952, of=EMERGENCY, state=RfcState.DEPLOYED, deployed_at=NOW)
ELSEWHERE = a_sealed_list(
    903, environment="SIT-B", entries=frozenset({an_entry(900, Role.RETEST_ELSEWHERE, "5.2.15.1")})
)


def world(*defects: Defect) -> Picture:
    """The emergency 5.2.15.1 runs in SIT-A; SIT-B has agreed 5.2.16.0, which only takes it over."""
    histories = {ARRIVED.id: deployed(ARRIVED, NOW)}
    return a_picture(*defects, URGENT, EMERGENCY, ARRIVED, ELSEWHERE, histories=histories)


def in_sit_a(picture: Picture) -> str:
    found = next(p for p in propose(picture) if (p.environment, p.party) == ("SIT-A", "DCC"))
    return found.words if isinstance(found, NoProposal) else f"a list for {found.number}"


@pytest.mark.parametrize(
    ("defects", "told"),
    [
        pytest.param((), "5.2.16.0 brings nothing that SIT-A does not have", id="all of it runs there by an emergency"),
        pytest.param((a_defect(77, version="5.2.17.0"),), "a list for 5.2.17.0", id="a fix that it does not have"),
        pytest.param(
            (a_defect(77, version="5.2.17.0", tags=frozenset({"Hold"})),),
            "5.2.16.0 brings nothing that SIT-A does not have",
            id="a fix that is held",
        ),
    ],
)
def test_a_list_is_made_only_for_something_that_its_environment_lacks(defects: tuple[Defect, ...], told: str) -> None:
    assert in_sit_a(world(*defects)) == told


def test_a_list_of_which_nothing_is_left_is_closed_with_the_reason() -> None:
    picture = a_picture(replace(a_defect(), state=State.OPEN), a_list())

    (action,) = plan_lists(picture)

    assert (action.kind, action.reason) == (
        ActionKind.CLOSE_LIST,
        "nothing is left to release: no release of DCC is ready",
    )
