"""Stopped in mid claim, and woken when another has acted: a process that was away too long sends nothing any more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import RFC
from bot.fence import QUARANTINE, SEND_WITHIN
from tests.processes.hurried import SEND_WITHIN as HURRIED
from tests.processes.installation import Installation, installed
from tests.processes.line import Moment, Passing
from tests.processes.scenes import Scene
from tests.processes.shunter_process import ShunterProcess, Start, by_command, in_a_hurry, until
from tests.processes.test_network import RAISED
from tests.processes.timeline import Timeline
from tests.processes.verdict import violations

CLAIM = "PATCH wit/workItems/#"


@pytest.fixture
def other(azure: Azure, url: str, tmp_path: Path, timeline: Timeline) -> Iterator[Installation]:
    """A second one, with a store of its own."""
    with installed(azure, url, tmp_path / "other", name="other", timeline=timeline) as other:
        yield other


@pytest.mark.parametrize("moment", [Moment.ARRIVED, Moment.APPLIED])
@pytest.mark.parametrize(
    ("start", "away"),
    [
        pytest.param(in_a_hurry, HURRIED, id="with a deadline of a second", marks=pytest.mark.slow),
        pytest.param(by_command, SEND_WITHIN, id="with the real deadline", marks=pytest.mark.campaign),
    ],
)
def test_a_process_that_wakes_up_after_its_deadline_creates_nothing(
    azure: Azure,
    installation: Installation,
    other: Installation,
    scenes: Mapping[str, Scene],
    moment: Moment,
    start: Start,
    away: timedelta,
) -> None:
    scenes["raising"].set(azure, installation.folder)
    mark, line, stopped = azure.mark(), installation.line, []

    def stops(passing: Passing) -> None:
        if (passing.operation, passing.moment) == (CLAIM, moment):
            line.watchers.remove(stops)
            sleeper.stop()
            stopped.append(passing)

    line.watchers.append(stops)
    sleeper: ShunterProcess = installation.start("run", "--once", by=start)
    until(lambda: bool(stopped), "it never claims a list")
    slept = time.monotonic()
    azure.clock.advance(QUARANTINE + timedelta(seconds=1))
    for _ in range(3):
        other.look()
        azure.clock.advance(QUARANTINE + timedelta(seconds=1))
    assert len(azure.items(RFC)) == RAISED
    revisions = azure.mark()

    time.sleep(max(0.0, away.total_seconds() + 1 - (time.monotonic() - slept)))
    sleeper.go_on()

    assert sleeper.ended() in (0, 3)
    assert azure.revisions_since(revisions) == ()
    assert violations(azure, mark) == []
    other.look()
    assert azure.revisions_since(revisions) == ()
