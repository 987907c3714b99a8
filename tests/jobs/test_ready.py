"""Ready: whether the project is spelt as configured is asked before anything is decided, and now and then again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_process import BUG, MHHS_PROCESS
from jobs.ready import not_ready
from jobs.run import Ending
from tests.jobs.play import URL, Play
from tests.jobs.small_world import settings, small_programme


@pytest.fixture
def configuration(azure: Azure, tmp_path: Path) -> Configuration:
    return settings(small_programme(), azure, URL, tmp_path)


def hide_resolved(azure: Azure) -> None:
    """What an administrator does who wants another word for it."""
    bug = replace(BUG, states=tuple(state for state in BUG.states if state.name != "Resolved"))
    azure.organisation.process = replace(MHHS_PROCESS, types=(bug, *MHHS_PROCESS.types[1:]))


def test_it_is_asked_once_and_then_as_often_as_everything_is_read(play: Play, configuration: Configuration) -> None:
    assert not_ready(play.world, configuration) is None
    since = len(play.azure.journal)
    assert not_ready(play.world, configuration) is None
    assert play.asked(since) == []

    play.azure.clock.advance(play.world.resync_interval)
    play.look(dry_run=True)
    assert not_ready(play.world, configuration) is None

    assert "states" in play.asked(since)


def test_a_state_that_an_administrator_has_hidden_stops_what_would_rest_on_it(
    play: Play, configuration: Configuration
) -> None:
    assert not_ready(play.world, configuration) is None
    play.proposed()
    hide_resolved(play.azure)
    play.azure.clock.advance(play.world.resync_interval)
    play.look(dry_run=True)

    report = not_ready(play.world, configuration)

    assert report is not None
    assert (report.ending, report.why.partition(",")[0]) == (Ending.FAILED, "type 'Bug' has no state 'Resolved'")
