"""Evidence: a pipeline, a release or a test run says that a release is in, and its defects go to their testers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.azure_devops.evidence.source import SourceKind
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import no_answer, refused, throttled
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.permissions import Right
from adapters.sandbox.problem import Problem
from adapters.sandbox.serve import served
from bot.where import Where
from jobs.run import Ending
from tests.jobs.command_line import Shunter, configured_for
from tests.jobs.play import Play, playing, text
from tests.jobs.small_world import DCC_BUILD, IN_SIT_A, IN_SIT_B, small_programme, small_world
from tests.jobs.sources import a_source

RETEST, RESOLVED = "Ready for Retest", "Resolved"
IN_A, IN_B = [RETEST] * 3 + [RESOLVED] * 2, [RESOLVED] * 3 + [RETEST] * 2
ALL = (*IN_SIT_A, *IN_SIT_B)


def watched(play: Play, *sources: Any) -> None:
    """Approved for both environments, on Monday at ten, with these sources."""
    play.approved()
    play.watches(*sources)
    play.at(7, 10)


def deploys(play: Play, environment: str = "SIT-A", build: str = DCC_BUILD, **other: Any) -> int:
    return play.azure.pipelines.deploys(environment=environment, pipeline="dcc-release", build=build, **other)


def looks(play: Play, times: int = 2) -> None:
    for _ in range(times):
        play.azure.clock.advance(timedelta(minutes=2))
        play.look()
    play.seen()


def evidence(play: Play, environment: str = "SIT-A") -> str:
    return text(play.cast.rfcs(environment)[0], "Custom.Evidence")


def test_a_pipeline_has_deployed_it_and_the_testers_of_that_environment_have_their_defects(play: Play) -> None:
    watched(play, a_source(), a_source("SIT-B"))
    play.azure.pipelines.offer("SIT-B")
    deploys(play)

    play.look()
    assert play.news() == ["RFC DCC SIT-A Approved -> Deployed"]
    looks(play)

    assert play.states(*ALL) == IN_A
    assert evidence(play) == ("pipeline dcc-release, run 5.2.16.0, stage SIT-A: succeeded, Mon 07-Dec-2026 10:00 GMT")
    assert play.cast.rfcs("SIT-B")[0].state == "Approved"


@pytest.mark.parametrize(
    "kind", [SourceKind.RELEASE, SourceKind.BUILD], ids=["a classic release", "a run that somebody tagged"]
)
def test_so_does(play: Play, kind: SourceKind) -> None:
    watched(play, a_source(kind=kind), a_source("SIT-B", kind))
    if kind is SourceKind.RELEASE:
        play.azure.releases.deploys(environment="SIT-B", definition="dcc", release=f"Release-{DCC_BUILD}")
    else:
        play.azure.pipelines.builds(DCC_BUILD, pipeline="dcc-release", tags=("SIT-B",))

    looks(play)

    assert play.states(*ALL) == IN_B


def test_without_a_configured_source_a_pipeline_proves_nothing(play: Play) -> None:
    watched(play)
    deploys(play)

    looks(play)

    assert play.states(*ALL) == [RESOLVED] * 5
    assert not {"environments", "deployment records"} & set(play.asked())


def test_a_deployment_that_failed_moves_nothing_and_the_next_one_is_another_attempt(play: Play) -> None:
    watched(play, a_source())
    deploys(play, result="failed")
    looks(play)
    assert play.states(*ALL) == [RESOLVED] * 5
    assert text(play.cast.rfcs("SIT-A")[0], "Custom.Outcome") == "failed"
    assert "the deployment failed" in play.where(123).words
    assert play.where(123).next_step.startswith("the same build is deployed once more, or a changed one")

    play.at(7, 12)
    deploys(play)
    looks(play)

    assert play.states(*ALL) == IN_A
    rfc = play.cast.rfcs("SIT-A")[0]
    assert (rfc.fields["Custom.Attempt"], rfc.state) == (2, "Deployed")


def test_a_smoke_test_completes_it(tmp_path: Path) -> None:
    table = small_programme()
    table["environments"]["SIT-A"]["smoke_test"] = True
    with playing(small_world(), tmp_path, table) as play:
        watched(play, a_source(), a_source(kind=SourceKind.TEST_RUN, name="Smoke SIT-A"))
        build = deploys(play)
        looks(play)
        assert play.states(*ALL) == [RESOLVED] * 5

        play.azure.tests.runs("Smoke SIT-A", build=build, passed=3, at=play.azure.clock.now())
        looks(play)

        assert play.states(*ALL) == IN_A
        assert text(play.cast.rfcs("SIT-A")[0], "Custom.SmokeTest") == "passed"
        assert "test run 1, Smoke SIT-A: 3 of 3 passed" in evidence(play)


def test_a_source_that_may_not_be_viewed_is_told_and_stops_nothing_else(play: Play) -> None:
    watched(play, a_source(), a_source("SIT-B", SourceKind.RELEASE))
    play.azure.releases.deploys(environment="SIT-B", definition="dcc", release=DCC_BUILD)
    no = refused(Problem(403, "AccessDeniedException", "View environments is needed"))
    play.azure.faults.add("environments", no, times=100)

    reports = [play.try_to_look() for _ in range(3)]
    play.seen()

    assert [report.ending for report in reports] == [Ending.PARTLY_DONE] * 3
    assert all("evidence not read: GET environments of MHHS: 403" in report.skipped[0] for report in reports)
    assert play.states(*ALL) == IN_B


def test_a_part_of_azure_devops_that_does_not_answer_holds_nothing_up(play: Play) -> None:
    watched(play, a_source(), a_source("SIT-B", SourceKind.RELEASE))
    play.azure.releases.deploys(environment="SIT-B", definition="dcc", release=DCC_BUILD)
    play.azure.faults.add("environments", no_answer(applied=True), times=100)
    before = play.azure.clock.now()

    for _ in range(3):
        assert "evidence not read: GET environments of MHHS: no answer" in play.try_to_look().skipped[0]
    play.seen()

    assert play.states(*ALL) == IN_B
    assert play.azure.clock.now() - before < timedelta(minutes=3)


def test_what_was_seen_before_its_source_failed_still_holds(play: Play) -> None:
    watched(play, a_source())
    deploys(play)
    play.look("propose")
    play.azure.faults.add("deployment records", refused(Problem(403, "AccessDeniedException", "no")), times=100)

    for _ in range(3):
        play.try_to_look()
    play.seen()

    assert play.states(*ALL) == IN_A


def test_the_database_may_be_lost_at_any_time(play: Play) -> None:
    play.forgets = True
    watched(play, a_source())
    deploys(play)

    looks(play, times=4)
    rfc = play.cast.rfcs("SIT-A")[0]
    looks(play)

    assert play.states(*ALL) == IN_A
    assert play.cast.rfcs("SIT-A")[0].rev == rfc.rev


def test_a_person_who_takes_it_back_is_left_alone(play: Play) -> None:
    watched(play, a_source())
    deploys(play)
    play.look("record_evidence")
    play.seen()
    rfc = play.cast.rfcs("SIT-A")[0]
    play.azure.person("rhona.reid@si.example").set_state(rfc.id, "Approved")

    looks(play, times=3)

    assert play.azure.item(rfc.id).state == "Approved"


def test_a_former_number_deployed_over_it_is_told_and_takes_nothing_back(play: Play) -> None:
    watched(play, a_source())
    deploys(play)
    looks(play)
    play.at(7, 14)
    deploys(play, build="5.2.15.0")
    looks(play)

    assert play.states(*ALL) == IN_A
    points = text(play.cast.rfcs("SIT-A")[0], "Custom.ControlPoints")
    assert "5.2.15.0 was deployed after it: pipeline dcc-release, run 5.2.15.0" in points
    assert "if 5.2.16.0 was rolled back, set its state to that" in points


def test_a_steady_look_asks_one_thing_more_for_each_source(play: Play) -> None:
    sources = (a_source(), a_source("SIT-B"), a_source(kind=SourceKind.RELEASE), a_source(kind=SourceKind.BUILD))
    watched(play, *sources, a_source("SIT-B", SourceKind.RELEASE))
    deploys(play)
    deploys(play, "SIT-B")
    looks(play, times=4)
    since = len(play.azure.journal)

    play.look()

    feeds = ["revisions feed", "links feed"]
    asked = ["deployment records", "deployment records", "release deployments", "builds"]
    assert play.asked(since) == [*feeds, *asked]


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    """Of DCC an environment of Pipelines is named for SIT-A, and one for SIT-B."""
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path)
        for name in ("SIT-A", "SIT-B"):
            source = f'evidence = [{{ party = "DCC", kind = "pipeline", name = "{name}", pipeline = "dcc-release" }}]'
            shunter.edit(f"[environments.{name}]\n", f"[environments.{name}]\n{source}\n")
        yield shunter


def test_nobody_asked_for_it_and_rfcs_says_so(shunter: Shunter) -> None:
    pipelines = shunter.azure.pipelines
    pipelines.deploys(environment="SIT-A", pipeline="dcc-release", build="5.2.17.0")
    pipelines.deploys(environment="SIT-B", pipeline="dcc-release", build="nightly")

    talk = shunter("rfcs").talk

    assert "DCC 5.2.17.0 to SIT-A was deployed, and no RFC asks for it: pipeline dcc-release" in talk
    assert "seen in SIT-B, of DCC, and not counted: pipeline dcc-release, run nightly" in talk


def test_the_doctor_tries_each_source(shunter: Shunter) -> None:
    shunter.azure.pipelines.offer("SIT-A")

    told = shunter("doctor")

    assert (told.code, told.data.splitlines()) == (
        1,
        [
            "evidence: GET environments: 404: project MHHS has no environment SIT-B, or none that may be viewed",
            (
                "evidence: pipeline SIT-A of dcc-release, for DCC in SIT-A, has shown nothing in 30 days: "
                "is it spelt as in Azure DevOps?"
            ),
        ],
    )


def test_the_doctor_wants_the_right_to_view_what_is_configured_and_no_other(shunter: Shunter) -> None:
    for name in ("SIT-A", "SIT-B"):
        shunter.azure.pipelines.deploys(environment=name, pipeline="dcc-release", build="5.2.15.0")
    assert shunter("doctor").code == 0

    shunter.azure.permissions.take(BOT, Right.VIEW_ENVIRONMENT)
    data = shunter("doctor").data

    assert f"rights, missing: {BOT} lacks 'View'" in data
    assert "no deployment of a pipeline counts as evidence" in data


def test_what_another_environment_found_goes_on_waiting_there(play: Play) -> None:
    watched(play, a_source())
    deploys(play)
    looks(play)

    assert play.where(246).where is Where.IN_RFC


def test_of_a_server_that_asks_to_slow_down_no_further_source_is_asked_and_the_run_goes_on(play: Play) -> None:
    watched(play, a_source(), a_source("SIT-B", SourceKind.RELEASE))
    play.cast.deploy("SIT-B")
    play.azure.faults.add("environments", throttled(), times=100)
    since = len(play.azure.journal)

    skipped = play.try_to_look().skipped
    play.seen()

    assert [words.partition(":")[0] for words in skipped] == ["evidence not read"]
    assert "release deployments" not in play.asked(since)
    assert play.states(*ALL) == IN_B
