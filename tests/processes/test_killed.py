"""Killed at any request: the next process makes of the world what the first would have made, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from adapters.sandbox.azure import Azure
from tests.processes.installation import Installation
from tests.processes.kills import Range, chosen
from tests.processes.scenes import ACTS, Scene

KILLS = 50
SEED = 20261203


@pytest.fixture
def range_of_kills(azure: Azure, installation: Installation, scenes: Mapping[str, Scene]) -> Range:
    return Range(azure, installation, scenes)


@pytest.mark.slow
def test_whatever_request_it_is_killed_at_the_next_process_puts_it_right(range_of_kills: Range) -> None:
    courses = {scene: range_of_kills.undisturbed(scene) for scene in ACTS}

    came = [range_of_kills.kill(aim, courses[aim.scene]) for aim in chosen(courses, KILLS, Random(SEED))]

    assert [f"{one.aim}: {complaint}" for one in came for complaint in one.complaints] == []
    assert [str(one.aim) for one in came if not one.was_killed] == []
