"""Killed at any request: the next process makes of the world what the first would have made, and nothing twice."""

from __future__ import annotations

from random import Random

import pytest

from tests.processes.kills import Trial, chosen
from tests.processes.scenes import ACTS

KILLS = 50
SEED = 20261203


@pytest.mark.slow
def test_whatever_request_it_is_killed_at_the_next_process_puts_it_right(trial: Trial) -> None:
    courses = {scene: trial.undisturbed(scene) for scene in ACTS}

    came = [trial.kill(aim, courses[aim.scene]) for aim in chosen(courses, KILLS, Random(SEED))]

    assert [f"{one.aim}: {complaint}" for one in came for complaint in one.complaints] == []
    assert [str(one.aim) for one in came if not one.is_hit] == []
    assert [str(one.aim) for one in came if one.uncertain] == []
