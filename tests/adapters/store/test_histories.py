"""Histories in the mirror: what is kept comes back as the same steps."""

from datetime import datetime, timedelta, timezone

import pytest

from adapters.store.store import Store
from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import State
from bot.history import Step
from bot.rfc import RfcState
from tests.adapters.store.samples import NOW

EVERY_STATE: tuple[AnyState, ...] = (*State, *ListState, *RfcState)


@pytest.mark.parametrize("state", EVERY_STATE, ids=lambda state: f"{type(state).__name__} {state.name}")
def test_every_state_comes_back_as_itself(store: Store, state: AnyState) -> None:
    """Three enums have a CLOSED, all spelled alike: a step remembers which of them it means."""
    steps = (Step(1, NOW, "dev@si.example"), Step(2, NOW, "rhona@si.example", state, "a seal", "3: met"))
    store.mirror.keep_history(800, 2, steps)

    assert store.mirror.history(800) == (2, steps)


def test_what_a_step_wrote_and_linked_comes_back(store: Store) -> None:
    wrote = {Field.VERSION: "5.2.16.0", Field.DELIVERED_BY: "801"}
    told = Step(1, NOW, "dev@si.example", None, "a seal", wrote=wrote, linked=frozenset({123, 456}))
    store.mirror.keep_history(800, 1, [told])

    assert store.mirror.history(800) == (1, (told,))


def test_the_last_one_kept_stands(store: Store) -> None:
    store.mirror.keep_history(800, 1, [Step(1, NOW, "dev@si.example")])
    store.mirror.keep_history(800, 2, [])

    assert store.mirror.history(800) == (2, ())


def test_an_instant_of_another_zone_is_the_same_instant(store: Store) -> None:
    at = datetime(2026, 12, 3, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    store.mirror.keep_history(800, 1, [Step(1, at, "dev@si.example")])

    assert store.mirror.history(800) == (1, (Step(1, NOW, "dev@si.example"),))


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="naive"):
        store.mirror.keep_history(800, 1, [Step(1, NOW.replace(tzinfo=None), "dev@si.example")])
