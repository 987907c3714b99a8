"""A history that Azure DevOps will not tell stops its party, and nobody else, until the look at which it is told."""

from __future__ import annotations

import pytest

from adapters.sandbox.call import Call
from adapters.sandbox.faults import Fault, refused, truncated
from adapters.sandbox.problem import Problem
from jobs.run import Ending
from tests.jobs.accidents import ALWAYS
from tests.jobs.play import Play

MOVED = [f"{id} Resolved -> Ready for Retest" for id in (123, 456, 789)]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(refused(Problem(400, "TooManyRevisions", "VS403434: no.")), id="refused"),
        pytest.param(truncated(), id="cut off"),
    ],
)
def test_it_stops_its_party_alone_until_it_is_told_again(play: Play, fault: Fault) -> None:
    play.proposed()
    play.azure.person("rm@electralink.example").edit(301, {"System.State": "Active"})
    play.at(3, 11)
    play.cast.agree("SIT-A")
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.faults.add(lambda call: is_history_of(call, listed), fault, times=ALWAYS)

    report = play.try_to_look()

    assert report.ending is Ending.PARTLY_DONE
    (stopped,) = report.stopped
    assert stopped.startswith(f"the history of work item {listed} is not told (GET updates of work item {listed}: ")
    assert stopped.endswith("): nothing is decided for DCC")
    assert play.news() == ["list Electralink UIT rewritten"]

    play.azure.faults.clear()
    play.look()
    assert play.news() == ["list DCC SIT-A sealed as edition 1"]


def is_history_of(call: Call, item: int) -> bool:
    return call.operation == "updates" and f"/{item}/" in call.path.lower()
