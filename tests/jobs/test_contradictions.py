"""What people write and cannot be true is told where they read it, and settled by whoever corrects it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.where import Where
from tests.jobs.play import Play, text
from tests.jobs.small_world import DCC_BUILD, IN_SIT_A

DEPLOYER, PARTY = "dora.okafor@si.example", "rm@dcc.example"
MOVED = [f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A]


def test_a_deployment_that_is_dated_in_the_future_waits_until_the_time_is_corrected(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    mistyped = datetime(2027, 12, 7, 10, tzinfo=UTC)
    play.azure.person(DEPLOYER).edit(rfc, {"System.State": "Deployed", "Custom.DeployedAt": mistyped})
    play.look("record_deployments", "keep_control_points", "hand_to_testers")
    assert play.news() == ["RFC DCC SIT-A deployment recorded"]
    assert play.where(IN_SIT_A[0]).where is Where.INCOMPLETE
    assert "which has not come yet: correct the time on the RFC" in text(play.azure.item(rfc), "Custom.ControlPoints")

    play.azure.person(DEPLOYER).edit(rfc, {"Custom.DeployedAt": datetime(2026, 12, 7, 9, 30, tzinfo=UTC)})
    play.look("hand_to_testers")
    assert play.news() == MOVED


def test_of_two_rfcs_for_one_release_the_first_stands_whatever_becomes_of_the_other(play: Play) -> None:
    play.approved()
    second = play.azure.person(PARTY).create(
        "Request for Change",
        {
            "System.Title": "DCC 5.2.16.0 to SIT-A",
            "Custom.ReleaseEnvironment": "SIT-A",
            "Custom.ReleaseParty": "DCC",
            "Custom.ReleaseNumber": DCC_BUILD,
        },
    )
    play.look()
    assert play.news() == []
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.look("record_deployments", "hand_to_testers")
    assert play.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]
    assert play.state(second) == "Raised"
