"""History: which step brought an item into its state."""

from bot.candidate_list import ListState
from bot.change import Edit, Field
from bot.history import last_set, latest, remembered
from bot.rfc import RfcState
from tests.bot.world import BOT, DEFECT_MANAGER, MONDAY, PASSER_BY, steps

AGREED, PROPOSED = ListState.AGREED, ListState.PROPOSED


def test_the_last_change_of_state_counts() -> None:
    told = steps((BOT, PROPOSED), (PASSER_BY, AGREED), (BOT, PROPOSED), (DEFECT_MANAGER, AGREED))

    found = last_set(AGREED, told)

    assert found is not None
    assert (found.rev, found.by) == (4, DEFECT_MANAGER)


def test_a_state_that_was_left_again_was_not_set_last() -> None:
    assert last_set(AGREED, steps((DEFECT_MANAGER, AGREED), (PASSER_BY, PROPOSED))) is None


def test_but_it_was_set_once() -> None:
    found = latest(AGREED, steps((DEFECT_MANAGER, AGREED), (PASSER_BY, PROPOSED)))

    assert found is not None
    assert found.by == DEFECT_MANAGER


def test_states_of_other_kinds_with_the_same_name_are_others() -> None:
    assert ListState.RAISED.value == RfcState.RAISED.value
    assert latest(RfcState.RAISED, steps((BOT, ListState.RAISED))) is None


def test_an_empty_history_tells_nothing() -> None:
    assert last_set(AGREED, ()) is None
    assert latest(AGREED, ()) is None


def test_a_step_remembers_what_was_written_and_changed_where_its_author_matters() -> None:
    edits = [
        Edit(Field.DEPLOYED_AT, None, MONDAY),
        Edit(Field.SMOKE, "", "passed"),
        Edit(Field.OUTCOME, "failed", None),
        Edit(Field.EVIDENCE, "seen", "seen"),
        Edit(Field.TITLE, "Old", "New"),
    ]

    assert remembered(edits) == {Field.DEPLOYED_AT: MONDAY.isoformat(), Field.SMOKE: "passed", Field.OUTCOME: ""}
