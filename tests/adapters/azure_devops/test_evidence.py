"""Evidence as Azure DevOps shows it: deployment records, classic releases, tagged runs and runs of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.azure_devops.answers import Declined, Failure, Unreadable
from adapters.azure_devops.evidence.look import LOOK_BACK, MARK_HOLDS, Evidence
from adapters.azure_devops.evidence.rows import Kept
from adapters.azure_devops.evidence.sightings import Sighted, sighted
from adapters.azure_devops.evidence.source import Source, SourceKind, polls_of
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import MOST, paged
from adapters.sandbox.faults import body_replaced, refused
from adapters.sandbox.organisation import Limits
from adapters.sandbox.problem import Problem
from bot.outcome import Outcome
from bot.sighting import Shows
from tests.adapters.azure_devops.world import START, World, an_azure
from tests.jobs.sources import a_source

HOUR = timedelta(hours=1)
PIPELINE, RELEASE = a_source(), a_source(kind=SourceKind.RELEASE)
BUILD = a_source(kind=SourceKind.BUILD, name="in SIT-A")
TESTS = a_source(kind=SourceKind.TEST_RUN, name="Smoke SIT-A")
NUMBER = "5.2.16.0"


class Watch:
    """What is kept between two looks, as the store would."""

    def __init__(self, world: World, *sources: Source) -> None:
        self.world = world
        self.evidence = Evidence(world.gateway, sources)
        self.kept = {poll: Kept() for poll in self.evidence.polls}

    def look(self) -> Sighted:
        for poll in self.evidence.polls:
            self.kept[poll] = self.evidence.look(poll, self.kept[poll], self.world.azure.clock.now())
        return sighted(self.evidence.sources, self.kept)

    def outcomes(self) -> list[tuple[str, str]]:
        return [(str(s.number), s.outcome.value) for s in self.look().sightings]


def deploys(world: World, build: str = NUMBER, **other: Any) -> int:
    known = {"environment": "SIT-A", "pipeline": "dcc-release", "build": build}
    return world.azure.pipelines.deploys(**known | other)


def test_a_deployment_to_an_environment_says_what_when_and_by_which_pipeline(world: World) -> None:
    deploys(world)

    (seen,) = Watch(world, PIPELINE).look().sightings

    assert (seen.shows, seen.environment, seen.party) == (Shows.DEPLOYMENT, "SIT-A", "DCC")
    assert (str(seen.number), seen.at, seen.outcome) == (NUMBER, START, Outcome.SUCCEEDED)
    assert seen.words == "pipeline dcc-release, run 5.2.16.0, stage SIT-A: succeeded"


@pytest.mark.parametrize("is_whole", [False, True], ids=["by how it begins", "by the whole"])
def test_of_environments_whose_names_begin_alike_the_one_that_is_named_counts(world: World, *, is_whole: bool) -> None:
    world.azure.organisation.doubts.environments_by_whole_name = is_whole
    deploys(world, "9.9.9.0", environment="SIT-A2")
    deploys(world)

    assert Watch(world, PIPELINE).outcomes() == [(NUMBER, "succeeded")]


@pytest.mark.parametrize("has_details", [True, False])
def test_a_test_run_that_does_not_say_of_which_build_it_is_shows_nothing(world: World, *, has_details: bool) -> None:
    world.azure.organisation.doubts.a_query_of_test_runs_has_details = has_details
    world.azure.tests.runs("Smoke SIT-A", build=deploys(world), passed=12)

    assert Watch(world, TESTS).outcomes() == ([(NUMBER, "succeeded")] if has_details else [])


def test_nothing_new_costs_one_request_and_something_new_three(world: World) -> None:
    watch = Watch(world, PIPELINE)
    deploys(world)
    watch.look()
    assert world.asked() == {"environments": 1, "deployment records": 1, "builds": 1}

    watch.look()
    assert world.asked() == {"deployment records": 1}

    deploys(world, "5.2.17.0")
    assert watch.outcomes() == [(NUMBER, "succeeded"), ("5.2.17.0", "succeeded")]
    assert world.asked() == {"deployment records": 2, "builds": 1}


def test_what_runs_is_not_over_and_is_asked_for_until_it_is(world: World) -> None:
    watch = Watch(world, PIPELINE)
    world.azure.pipelines.starts(environment="SIT-A", pipeline="dcc-release", build=NUMBER)
    deploys(world, "5.2.17.0")
    assert watch.outcomes() == [("5.2.17.0", "succeeded")]

    world.azure.pipelines.finishes(pipeline="dcc-release", build=NUMBER, stage="SIT-A", result="failed")
    assert sorted(watch.outcomes()) == [(NUMBER, "failed"), ("5.2.17.0", "succeeded")]


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        pytest.param(["succeeded", "succeededWithIssues"], "succeeded", id="issues are no failure"),
        pytest.param(["succeeded", "skipped"], "succeeded", id="what was skipped takes no part"),
        pytest.param(["succeeded", "failed"], "partial", id="one job failed"),
        pytest.param(["failed", "canceled"], "failed", id="none succeeded"),
        pytest.param(["abandoned", "abandoned"], "failed", id="given up"),
    ],
)
def test_every_job_of_a_stage_has_to_have_done_its_part(world: World, results: list[str], outcome: str) -> None:
    jobs = ("Web", "Data")
    world.azure.pipelines.starts(environment="SIT-A", pipeline="dcc-release", build=NUMBER, jobs=jobs)
    for job, result in zip(jobs, results, strict=True):
        finishes = world.azure.pipelines.finishes
        finishes(pipeline="dcc-release", build=NUMBER, stage="SIT-A", job=job, result=result)

    assert Watch(world, PIPELINE).outcomes() == [(NUMBER, outcome)]


def test_a_stage_of_which_everything_was_skipped_deployed_nothing(world: World) -> None:
    deploys(world, result="skipped")

    assert Watch(world, PIPELINE).outcomes() == []


def test_a_stage_is_over_once_the_jobs_that_wait_for_others_are(world: World) -> None:
    watch = Watch(world, PIPELINE)
    where: dict[str, Any] = {"pipeline": "dcc-release", "build": NUMBER, "stage": "SIT-A"}
    world.azure.pipelines.starts(environment="SIT-A", jobs=("Web",), awaited=("Data",), **where)
    world.azure.pipelines.finishes(**where)
    assert watch.outcomes() == []
    assert watch.outcomes() == []
    assert world.asked() == {"environments": 1, "deployment records": 2, "builds": 2, "timeline": 2}

    world.azure.pipelines.begins(job="Data", **where)
    assert watch.outcomes() == []
    world.azure.pipelines.finishes(result="failed", **where)

    assert watch.outcomes() == [(NUMBER, "partial")]


def test_a_stage_counts_while_its_run_goes_on(world: World) -> None:
    deploys(world)
    world.azure.pipelines.starts(environment="SIT-B", pipeline="dcc-release", build=NUMBER)
    watch = Watch(world, PIPELINE)

    assert watch.outcomes() == [(NUMBER, "succeeded")]
    assert world.asked() == {"environments": 1, "deployment records": 1, "builds": 1, "timeline": 1}
    watch.look()
    assert world.asked() == {"deployment records": 1}


@pytest.mark.parametrize(
    ("stage", "counts"),
    [
        pytest.param(b'{"name": "SIT-A", "identifier": "Deploy_1"}', True, id="by its name"),
        pytest.param(b'{"name": "To SIT A", "identifier": "sit-a"}', True, id="by its identifier"),
        pytest.param(b'{"name": null, "identifier": "Deploy_1"}', False, id="by neither: when the run has ended"),
    ],
)
def test_whether_a_stage_has_ended_is_told_by_either_of_its_names(world: World, stage: bytes, *, counts: bool) -> None:
    deploys(world)
    world.azure.pipelines.starts(environment="SIT-B", pipeline="dcc-release", build=NUMBER)
    rows = stage.replace(b"{", b'{"records": [{"type": "Stage", "state": "completed", ').replace(b"}", b"}]}")
    world.azure.faults.add("timeline", body_replaced(rows))
    watch = Watch(world, PIPELINE)

    assert len(watch.outcomes()) == int(counts)
    world.azure.pipelines.finishes(pipeline="dcc-release", build=NUMBER, stage="SIT-B")
    assert watch.outcomes() == [(NUMBER, "succeeded")]


def test_what_a_run_that_may_not_be_viewed_deployed_is_told_and_does_not_count(world: World) -> None:
    deploys(world)
    world.azure.faults.add("builds", body_replaced(b'{"value": []}'), times=1)

    seen = Watch(world, PIPELINE).look()

    assert seen.sightings == ()
    assert "stage SIT-A: succeeded, of a run that is not there, or may not be viewed" in seen.unnamed[0]


def stages(world: World, schema: str, service: str) -> None:
    deploys(world, stage="Schema", result=schema)
    world.azure.clock.advance(HOUR)
    deploys(world, stage="Service", result=service)


@pytest.mark.parametrize(
    ("schema", "service", "outcome"),
    [
        pytest.param("succeeded", "succeeded", "succeeded", id="both"),
        pytest.param("failed", "succeeded", "partial", id="the last alone"),
        pytest.param("succeeded", "failed", "partial", id="the first alone"),
        pytest.param("failed", "failed", "failed", id="neither"),
    ],
)
def test_several_stages_of_one_run_are_one_deployment(world: World, schema: str, service: str, outcome: str) -> None:
    stages(world, schema, service)

    (seen,) = Watch(world, PIPELINE).look().sightings

    assert (seen.outcome.value, seen.at) == (outcome, START + HOUR)
    start = "pipeline dcc-release, run 5.2.16.0, stage"
    assert seen.words == f"{start} Schema: {schema}; stage Service: {service}"


def test_of_several_stages_the_one_that_is_named_counts(world: World) -> None:
    stages(world, "failed", "succeeded")

    assert Watch(world, a_source(stage="service")).outcomes() == [(NUMBER, "succeeded")]


def test_the_last_attempt_of_each_job_counts(world: World) -> None:
    watch = Watch(world, PIPELINE)
    deploys(world, result="failed", jobs=("Web", "Data"))
    assert watch.outcomes() == [(NUMBER, "failed")]

    world.azure.clock.advance(HOUR)
    deploys(world, jobs=("Web", "Data"))

    (seen,) = watch.look().sightings
    assert (seen.outcome, seen.at) == (Outcome.SUCCEEDED, START + HOUR)
    assert seen.words == "pipeline dcc-release, run 5.2.16.0, stage SIT-A, attempt 2: succeeded"


def test_only_its_pipeline_its_environment_and_its_month_count(world: World) -> None:
    for environment, pipeline, at in (
        ("SIT-A", "other-release", START),
        ("SIT-A2", "dcc-release", START),
        ("SIT-A", "dcc-release", START - LOOK_BACK - HOUR),
        ("sit-a", "DCC-Release", START - LOOK_BACK + HOUR),
    ):
        deploys(world, environment=environment, pipeline=pipeline, at=at, build=f"5.2.1{pipeline[0] == 'D':d}.0")

    assert Watch(world, a_source(pipeline="dcc-release")).outcomes() == [("5.2.11.0", "succeeded")]


def test_records_are_read_page_by_page_as_far_back_as_they_count() -> None:
    world = World(an_azure(Limits(page=2)))
    for patch in range(5):
        deploys(world, f"5.2.{patch}.0", at=START - timedelta(days=5 - patch))

    assert [number for number, _ in Watch(world, PIPELINE).outcomes()] == [f"5.2.{n}.0" for n in range(5)]
    assert world.asked() == {"environments": 1, "deployment records": 3, "builds": 1}


def test_the_number_may_stand_in_the_tags_of_the_run_which_are_read_once(world: World) -> None:
    world.azure.pipelines.builds("20261130.4", pipeline="dcc-release", tags=("release", NUMBER))
    deploys(world, "20261130.4")
    watch = Watch(world, a_source(in_tags=True))

    assert watch.outcomes() == [(NUMBER, "succeeded")]
    deploys(world, "20261130.5")
    assert watch.outcomes() == [(NUMBER, "succeeded")]
    assert world.asked() == {"environments": 1, "deployment records": 3, "builds": 2}


def test_what_names_no_release_is_told_where_it_is_the_last_that_was_seen(world: World) -> None:
    deploys(world, "nightly")
    seen = Watch(world, PIPELINE).look()

    assert seen.sightings == ()
    where = "seen in SIT-A, of DCC, and not counted: pipeline dcc-release, run nightly, stage SIT-A: succeeded"
    assert seen.unnamed == (f"{where}: by its name it is no one release, such as 5.2.16.0",)
    world.azure.clock.advance(HOUR)
    deploys(world)
    assert Watch(world, PIPELINE).look().unnamed == ()


def test_an_environment_that_is_not_there_is_named(world: World) -> None:
    deploys(world, environment="SIT-AB")

    with pytest.raises(Declined, match="project MHHS has no environment SIT-A, or none that may be viewed"):
        Watch(world, PIPELINE).look()


def test_an_environment_that_was_made_anew_is_found_by_its_name(world: World) -> None:
    watch = Watch(world, PIPELINE)
    deploys(world)
    watch.look()
    world.azure.faults.add("deployment records", refused(Problem(404, "EnvironmentNotFoundException", "gone")))

    with pytest.raises(Declined, match="gone"):
        watch.look()

    assert watch.outcomes() == [(NUMBER, "succeeded")]
    assert world.asked()["environments"] == 2


def releases(world: World, release: str = f"Release-{NUMBER}", **other: Any) -> int:
    return world.azure.releases.deploys(**{"environment": "SIT-A", "definition": "dcc", "release": release} | other)


@pytest.mark.parametrize(
    ("status", "operation", "outcome"),
    [
        pytest.param("succeeded", "approved", "succeeded", id="succeeded"),
        pytest.param("succeeded", "phaseSucceeded", "succeeded", id="succeeded, in other words"),
        pytest.param("succeeded", "pending", None, id="waits for an approval after it"),
        pytest.param("partiallySucceeded", "phasePartiallySucceeded", "partial", id="a part"),
        pytest.param("failed", "phaseFailed", "failed", id="failed"),
        pytest.param("notDeployed", "rejected", None, id="rejected before it began"),
    ],
)
def test_a_classic_release(world: World, status: str, operation: str, outcome: str | None) -> None:
    releases(world, status=status, operation=operation)

    assert Watch(world, RELEASE).outcomes() == ([(NUMBER, outcome)] if outcome else [])


def test_a_classic_release_is_seen_at_its_stage_once_it_is_over(world: World) -> None:
    watch = Watch(world, RELEASE)
    id = world.azure.releases.starts(environment="SIT-A", definition="dcc", release=f"Release-{NUMBER}")
    releases(world, "Release-5.2.17.0", environment="SIT-B")
    assert watch.outcomes() == []

    world.azure.clock.advance(HOUR)
    world.azure.releases.finishes(id)
    (seen,) = watch.look().sightings
    assert seen.words == "release Release-5.2.16.0 of dcc, stage SIT-A: succeeded"

    world.azure.clock.advance(HOUR)
    releases(world, status="failed")
    (seen,) = watch.look().sightings
    assert seen.words == "release Release-5.2.16.0 of dcc, stage SIT-A, attempt 2: failed"


def test_releases_of_a_project_are_asked_for_together_and_once_where_nothing_is_new(world: World) -> None:
    watch = Watch(world, RELEASE, a_source("SIT-B", SourceKind.RELEASE))
    for patch in range(120):
        releases(world, f"Release-5.2.{patch}.0")
    assert len(watch.outcomes()) == 120
    assert world.asked() == {"release deployments": 2}

    world.azure.clock.advance(HOUR)
    kept = dict(watch.kept)
    watch.look()

    assert world.asked() == {"release deployments": 2}, "the mark has not moved: the hour is read again"
    world.azure.clock.advance(MARK_HOLDS)
    watch.look()
    watch.look()
    assert world.asked() == {"release deployments": 2}
    assert [one.rows for one in watch.kept.values()] == [one.rows for one in kept.values()]


def test_a_tag_counts_whenever_it_comes(world: World) -> None:
    watch = Watch(world, BUILD)
    build = world.azure.pipelines.builds
    build(NUMBER, pipeline="dcc-release", tags=("in SIT-A",), result="partiallySucceeded")
    build("5.2.17.0", pipeline="dcc-release", tags=("in SIT-B",))
    build("5.2.18.0", pipeline="dcc-release", tags=("in SIT-A",), result="canceled")

    assert sorted(watch.outcomes()) == [(NUMBER, "partial"), ("5.2.18.0", "failed")]
    words = "pipeline dcc-release, run 5.2.16.0, tagged in SIT-A: partiallySucceeded"
    assert words in {seen.words for seen in watch.look().sightings}
    assert world.asked() == {"builds": 2}


@pytest.mark.parametrize(
    ("run", "outcome"),
    [
        pytest.param({"passed": 12}, "succeeded", id="all passed"),
        pytest.param({"passed": 11, "not_applicable": 1}, "succeeded", id="all that applied"),
        pytest.param({"passed": 11, "failed": 1}, "failed", id="one failed"),
        pytest.param({}, "failed", id="none ran"),
        pytest.param({"passed": 12, "state": "Aborted"}, "failed", id="broken off"),
        pytest.param({"passed": 12, "state": "NeedsInvestigation"}, "failed", id="looked into"),
    ],
)
def test_a_run_of_tests_is_a_smoke_test_of_the_build_that_it_tested(
    world: World, run: dict[str, Any], outcome: str
) -> None:
    build = deploys(world)
    world.azure.tests.runs("Smoke SIT-A", build=build, **run)
    world.azure.tests.runs("Smoke SIT-B", build=build, passed=1)

    (seen,) = Watch(world, TESTS).look().sightings

    assert (seen.shows, str(seen.number), seen.outcome.value) == (Shows.SMOKE_TEST, NUMBER, outcome)


def test_tests_that_run_or_that_a_person_ran_by_hand_prove_nothing(world: World) -> None:
    world.azure.tests.starts("Smoke SIT-A", build=deploys(world), tests=3)
    world.azure.tests.runs("Smoke SIT-A", build=None, passed=3)

    assert Watch(world, TESTS).look() == Sighted()


def test_a_month_of_test_runs_is_asked_for_by_the_week_and_then_once(world: World) -> None:
    world.azure.tests.runs("Smoke SIT-A", build=deploys(world), passed=3, at=START - timedelta(days=20))
    watch = Watch(world, TESTS)

    assert watch.outcomes() == [(NUMBER, "succeeded")]
    assert world.asked() == {"test runs": 5}
    world.azure.clock.advance(HOUR / 2)
    assert watch.outcomes() == [(NUMBER, "succeeded")]
    assert world.asked() == {"test runs": 1}


def test_sources_that_one_question_answers_share_it() -> None:
    by_project = [a_source(name, kind) for kind in (SourceKind.RELEASE, SourceKind.TEST_RUN) for name in ("A", "B")]
    by_name = [a_source(party="Elexon", pipeline="elexon"), a_source(pipeline="dcc")]

    assert [str(poll) for poll in polls_of([*by_project, *by_name, a_source(in_tags=True)])] == [
        "release MHHS",
        "test_run MHHS",
        "pipeline MHHS SIT-A",
        "pipeline MHHS SIT-A with tags",
    ]


@pytest.mark.parametrize("source", [PIPELINE, RELEASE, BUILD, TESTS], ids=lambda s: s.kind.value)
@pytest.mark.parametrize(
    "body", [b"{}", b"null", b'{"value": [{}]}', b'{"value": null}'], ids=["empty", "null", "a hollow row", "no list"]
)
def test_an_answer_that_says_nothing_is_no_evidence(world: World, source: Source, body: bytes) -> None:
    deploys(world)
    watch = Watch(world, source)
    watch.look()
    world.azure.faults.add(lambda call: call.operation != "options", body_replaced(body), times=100)

    with pytest.raises(Unreadable):
        watch.look()


@pytest.mark.parametrize("source", [PIPELINE, RELEASE, BUILD, TESTS], ids=lambda s: s.kind.value)
def test_what_may_not_be_viewed_fails_in_the_words_of_the_server(world: World, source: Source) -> None:
    no = refused(Problem(403, "AccessDeniedException", "View builds is needed"))
    world.azure.faults.add(lambda call: call.operation != "options", no, times=100)

    with pytest.raises(Failure, match="403: View builds is needed"):
        Watch(world, source).look()


def pages(*tokens: str) -> Callable[[str], Node]:
    answers: Iterator[str] = iter(tokens)
    return lambda _: Node({}, "GET pages", next_page=next(answers, ""))


def test_pages_that_come_to_no_end_are_refused() -> None:
    assert len(list(paged(pages("a", "b")))) == 3
    with pytest.raises(Unreadable, match="come to no end"):
        list(paged(pages("a", "b", "a")))
    with pytest.raises(Unreadable, match="come to no end"):
        list(paged(pages(*map(str, range(MOST + 1)))))
