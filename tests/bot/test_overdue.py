"""Overdue: a window that passed without a word keeps its RFC open, and says so wherever people look."""

from datetime import timedelta

import pytest

from bot.candidate_list import ListState
from bot.compose_control_points import compose_control_points
from bot.overdue import overdue
from bot.overview import rfc_rows
from bot.picture import Picture
from bot.plan import ActionKind
from bot.rfc import RfcState
from bot.standing import standings
from tests.bot.a_run import decided
from tests.bot.world import MONDAY, a_defect, a_picture, a_sealed_list, an_rfc, approved, deployed

LIST = a_sealed_list(state=ListState.RAISED)
END = MONDAY + timedelta(hours=2)
LATE = END + timedelta(minutes=1)
NOT_DEPLOYED = "overdue: its window ended on Mon 07-Dec-2026 11:00 GMT, and nobody has said that it was deployed"
NOT_APPROVED = "overdue: its window ended on Mon 07-Dec-2026 11:00 GMT, and it was not approved"


def a_world(state: RfcState, now: object = LATE) -> Picture:
    rfc = an_rfc(of=LIST, state=state)
    told = deployed(rfc) if state is RfcState.DEPLOYED else approved(rfc)
    return a_picture(a_defect(), LIST, rfc, now=now, histories={rfc.id: told})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "now", "words"),
    [
        pytest.param(RfcState.APPROVED, LATE, NOT_DEPLOYED, id="approved, and nobody says a word"),
        pytest.param(RfcState.RAISED, LATE, NOT_APPROVED, id="not even approved"),
        pytest.param(RfcState.APPROVED, END, "", id="to the last instant of its window it is not"),
        pytest.param(RfcState.DEPLOYED, LATE, "", id="deployed"),
        pytest.param(RfcState.WITHDRAWN, LATE, "", id="withdrawn"),
        pytest.param(RfcState.REJECTED, LATE, "", id="rejected"),
        pytest.param(RfcState.CLOSED, LATE, "", id="closed"),
    ],
)
def test_an_rfc_is_overdue_once_its_window_has_ended_without_a_word(state: RfcState, now: object, words: str) -> None:
    picture = a_world(state, now)

    assert overdue(picture.facts.rfcs[951], picture) == words


def test_it_says_so_in_the_overview_on_the_rfc_and_with_each_defect_and_stays_open() -> None:
    picture = a_world(RfcState.APPROVED)

    (row,) = rfc_rows(picture)
    next_step = compose_control_points(picture.facts.rfcs[951], picture).next_step

    assert row.waits_for == NOT_DEPLOYED
    assert next_step == (
        "Overdue: its window ended on Mon 07-Dec-2026 11:00 GMT, and nobody has said that it was deployed. "
        "Whoever deployed it sets its state to deployed; "
        "if nobody did: set another window on it to postpone it, or withdraw it."
    )
    standing = standings(picture)[123]
    assert standing.words.endswith(f"; {NOT_DEPLOYED}")
    assert (standing.next_step, standing.by) == ("somebody says there what came of it, or moves its window", None)
    written = {action.subject: action.kind for action in decided(picture.facts)}
    assert (written["RFC 951"], "list 901" in written) == (ActionKind.REVISE_RFC, False)
