"""The world of a service: what fails while it is made leaves nothing behind that keeps the next try from the store."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from adapters.sandbox.azure import Azure
from adapters.store.failures import StoreError
from bot.plan import Plan
from jobs.at_hand import WorldAtHand
from jobs.hints import Hints
from jobs.run import Ending, Report
from jobs.serve import service_world
from jobs.vitals import Vitals
from jobs.wiring import boards_of
from jobs.world import World
from tests.jobs.play import URL
from tests.jobs.small_world import small_settings


class FirstUnreadable(Vitals):
    """What the store holds cannot be read the first times."""

    failing = 2

    def meet(self, world: World) -> None:
        if self.failing:
            self.failing -= 1
            raise StoreError("the store", "the disk failed", "Look at the disk.")
        super().meet(world)


def test_a_store_that_fails_once_it_is_open_is_opened_again(
    azure: Azure, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    configuration, hints = small_settings(azure, URL, tmp_path), Hints(Event())
    vitals, boards = FirstUnreadable(configuration), boards_of(configuration, hints.stopping)
    with ExitStack() as stack:
        at_hand = WorldAtHand(lambda: service_world(configuration, stack, boards, hints, vitals))
        at_hand.insist_on_being_alone()
        looks = [at_hand.look(a_look) for _ in range(2)]

        assert [(look.ending, look.stands_by) for look in looks] == [(Ending.FAILED, ""), (Ending.DONE, "")]
        assert at_hand.world is not None
    assert "not open yet: store the store: the disk failed" in caplog.text


def a_look(_world: World) -> Report:
    return Report("a run", None, Plan())
