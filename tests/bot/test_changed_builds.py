"""Changed builds: a fix version that changes after agreement is told on the RFC, and what was agreed stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import ListState
from bot.changed_builds import changed_builds
from bot.compose_control_points import compose_control_points
from bot.defect import Defect, State
from bot.rfc import RfcState
from tests.bot.world import MONDAY, WEEK, a_defect, a_picture, a_sealed_list, an_rfc, deployed, entries

SEALED = a_sealed_list(901, state=ListState.RAISED, entries=entries([123, 456]))
RFC = an_rfc(951, of=SEALED)
OTHER = a_defect(456)
CHANGED = a_defect(123, version="5.2.17.0")
WORDS = "123 was agreed in 5.2.16.0, and its version reads “5.2.17.0” now: DCC says which build has it"


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        pytest.param(a_defect(123), (), id="the version that was agreed"),
        pytest.param(a_defect(123, version="5.2.16"), (), id="the same one, written shorter"),
        pytest.param(CHANGED, (WORDS,), id="a later one"),
        pytest.param(a_defect(123, version="5.2.15.0"), (WORDS.replace("17", "15"),), id="an earlier one"),
        pytest.param(a_defect(123, version="next week"), (WORDS.replace("5.2.17.0", "next week"),), id="unreadable"),
        pytest.param(
            a_defect(123, version=""), (WORDS.replace("reads “5.2.17.0” now", "is empty now"),), id="taken away"
        ),
        pytest.param(a_defect(123, version="configuration"), (), id="configuration has no build"),
        pytest.param(a_defect(123, version="5.2.17.0", state=State.OPEN), (), id="open again: told as such"),
    ],
)
def test_a_version_that_changes_after_agreement_is_told(defect: Defect, words: tuple[str, ...]) -> None:
    assert tuple(changed_builds(RFC, a_picture(defect, OTHER, SEALED, RFC))) == words


@pytest.mark.parametrize("state", [RfcState.RAISED, RfcState.APPROVED])
def test_it_stands_on_the_rfc(state: RfcState) -> None:
    rfc = replace(RFC, state=state)

    assert WORDS in compose_control_points(rfc, a_picture(CHANGED, OTHER, SEALED, rfc)).deviations


@pytest.mark.parametrize("state", [RfcState.REJECTED, RfcState.WITHDRAWN, RfcState.DEPLOYED, RfcState.CLOSED])
def test_only_while_the_rfc_is_under_way(state: RfcState) -> None:
    rfc = replace(RFC, state=state)

    assert tuple(changed_builds(rfc, a_picture(CHANGED, OTHER, SEALED, rfc))) == ()


def test_a_fix_that_arrived_elsewhere_and_was_mended_again_is_no_changed_build() -> None:
    there = a_sealed_list(902, environment="SIT-B", state=ListState.RAISED, entries=entries(elsewhere=[123, 456]))
    arrived = an_rfc(952, of=there, state=RfcState.DEPLOYED, deployed_at=MONDAY)
    histories = {952: deployed(arrived, MONDAY)}
    picture = a_picture(CHANGED, OTHER, SEALED, RFC, there, arrived, now=MONDAY + WEEK / 7, histories=histories)

    assert tuple(changed_builds(RFC, picture)) == ()


def test_a_list_that_was_changed_by_hand_is_told_as_such() -> None:
    changed = replace(SEALED, entries=entries([123]))

    assert tuple(changed_builds(RFC, a_picture(CHANGED, OTHER, changed, RFC))) == ()
