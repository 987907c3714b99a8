"""Accidents of the network, on a real socket: each is got over without anybody's help, and nothing is done twice."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import RFC
from tests.processes.installation import Installation
from tests.processes.kills import Trial, aims
from tests.processes.line import Deliver, Moment, Passing, half_then_a_reset, half_then_silence, slowly
from tests.processes.scenes import Scene
from tests.processes.shunter_process import until
from tests.processes.verdict import violations

SPOILT: Mapping[str, Deliver] = {"half of it, then a reset": half_then_a_reset, "drop by drop": slowly}
RAISED = 4


@pytest.mark.slow
@pytest.mark.parametrize("how", SPOILT)
def test_an_answer_to_a_write_that_is_spoilt_leaves_the_world_as_one_that_came(trial: Trial, how: str) -> None:
    course = trial.undisturbed("raising")
    of_one_rfc = [aim for aim in aims("raising", course) if aim.is_write and aim.moment is Moment.APPLIED][:4]
    assert len({aim.operation for aim in of_one_rfc}) == 3, "a batch, a claim, a creation, a mark"

    came = [trial.disturb(aim, course, SPOILT[how]) for aim in of_one_rfc]

    assert [f"{one.aim}: {complaint}" for one in came for complaint in one.complaints] == []
    assert [one.is_hit for one in came] == [True] * len(came)


@pytest.mark.slow
@pytest.mark.parametrize("how", SPOILT)
def test_one_to_a_read_is_asked_for_again_in_the_same_run(trial: Trial, how: str) -> None:
    course = trial.undisturbed("raising")
    reads = {aim.operation: aim for aim in aims("raising", course) if not aim.is_write and "work" in aim.operation}

    came = [trial.disturb(aim, course, SPOILT[how]) for aim in list(reads.values())[-3:]]

    assert [f"{one.aim}: {complaint}" for one in came for complaint in one.complaints] == []
    assert [one.is_hit for one in came] == [True] * len(came)


@pytest.mark.slow
def test_a_server_that_is_away_for_a_moment_in_mid_run_is_asked_again(
    azure: Azure, installation: Installation, scenes: Mapping[str, Scene]
) -> None:
    scenes["raising"].set(azure, installation.folder)
    mark, line = azure.mark(), installation.line

    def goes_away(passing: Passing) -> None:
        if passing.number == 5 and passing.moment is Moment.ARRIVED:
            line.watchers.remove(goes_away)
            line.down()
            time.sleep(0.5)
            line.up()

    line.watchers.append(goes_away)
    service = installation.start("run")

    until(lambda: len(azure.items(RFC)) == RAISED, "it has not got over it", within=100)
    assert service.end() == 0
    assert violations(azure, mark) == []


@pytest.mark.campaign
def test_a_server_that_is_away_for_a_minute_and_a_half_is_found_again_by_the_same_process(
    azure: Azure, installation: Installation, scenes: Mapping[str, Scene]
) -> None:
    scenes["raising"].set(azure, installation.folder)
    mark, line = azure.mark(), installation.line
    line.down()
    service = installation.start("run")
    time.sleep(90)
    assert azure.items(RFC) == ()
    assert service.is_alive

    line.up()

    until(lambda: len(azure.items(RFC)) == RAISED, "it has not found the server again", within=100)
    assert service.end() == 0
    assert violations(azure, mark) == []


@pytest.mark.campaign
def test_silence_in_the_middle_of_an_answer_is_given_up_after_a_minute_and_its_write_is_not_repeated(
    trial: Trial,
) -> None:
    course = trial.undisturbed("raising")
    creation = next(aim for aim in aims("raising", course) if "$Request" in aim.operation)

    came = trial.disturb(creation, course, half_then_silence)

    assert (came.complaints, came.is_hit) == ([], True)
