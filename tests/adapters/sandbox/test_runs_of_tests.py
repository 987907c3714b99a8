"""Runs of tests: what a smoke test after a deployment leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from azure.devops.connection import Connection
from azure.devops.exceptions import AzureDevOpsServiceError

from adapters.sandbox.azure import Azure
from adapters.sandbox.permissions import Right
from tests.adapters.sandbox.client import Client, message
from tests.adapters.sandbox.conftest import BOT, START

RUNS = "/MHHS/_apis/test/runs"
DAY = timedelta(days=1)
SINCE = {"minLastUpdatedDate": "2026-12-06T00:00:00Z", "maxLastUpdatedDate": "2026-12-08T00:00:00Z"}


@pytest.fixture
def builds(azure: Azure) -> dict[str, int]:
    """One with a good and a bad run of tests, one that is being tested, and a run of a person's."""
    first = azure.pipelines.deploys(environment="SIT-A", pipeline="dcc", build="5.2.16.0")
    second = azure.pipelines.deploys(environment="SIT-B", pipeline="portal", build="1.0")
    azure.tests.runs("Smoke SIT-A", build=first, passed=12, not_applicable=1, stage="SIT-A", at=START - 2 * DAY)
    azure.tests.runs("Smoke SIT-A", build=first, passed=11, failed=1, state="NeedsInvestigation")
    azure.tests.starts("Smoke SIT-B", build=second, tests=5)
    azure.tests.runs("By hand", build=None, passed=1)
    return {"first": first, "second": second}


def names(client: Client, **query: object) -> list[tuple[str, str]]:
    answer = client.get(RUNS, **query)
    assert answer.status_code == 200, answer.text
    return [(run["name"], run["state"]) for run in answer.json()["value"]]


def test_the_runs_of_a_build_say_how_many_tests_passed(client: Client, builds: dict[str, int]) -> None:
    uri = f"vstfs:///Build/Build/{builds['first']}"

    good, bad = client.get(RUNS, buildUri=uri).json()["value"]

    assert (good["totalTests"], good["passedTests"], good["unanalyzedTests"]) == (13, 12, 0)
    assert (bad["state"], bad["passedTests"], bad["unanalyzedTests"]) == ("NeedsInvestigation", 11, 1)
    assert not {"runStatistics", "completedDate", "buildConfiguration"} & set(good)


def test_details_name_the_build_the_stage_and_the_time(client: Client, builds: dict[str, int]) -> None:
    uri = f"vstfs:///Build/Build/{builds['first']}"

    good, _ = client.get(RUNS, buildUri=uri, includeRunDetails="true").json()["value"]

    assert (good["build"]["id"], good["buildConfiguration"]["number"]) == (str(builds["first"]), "5.2.16.0")
    assert good["pipelineReference"]["stageReference"]["stageName"] == "SIT-A"
    assert good["completedDate"] == "2026-12-05T09:00:00Z"
    assert [(row["outcome"], row["count"]) for row in good["runStatistics"]] == [("Passed", 12), ("NotApplicable", 1)]


def test_a_run_that_is_not_over_has_no_end(azure: Azure, client: Client, builds: dict[str, int]) -> None:
    running = client.get(f"{RUNS}/3").json()
    azure.tests.finishes(3, passed=4, failed=1)

    assert (running["state"], running["incompleteTests"], "completedDate" in running) == ("InProgress", 5, False)
    assert client.get(f"{RUNS}/3").json()["completedDate"] == "2026-12-07T09:00:00Z"
    assert "runStatistics" not in client.get(f"{RUNS}/3", includeDetails="false").json()
    assert client.get(f"{RUNS}/9").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, [1, 2, 3, 4], id="all"),
        pytest.param({"automated": "true"}, [1, 2, 3], id="those that no person ran"),
        pytest.param({"skip_": 1, "top_": 2}, [2, 3], id="some of them"),
        pytest.param({"buildUri": "vstfs:///Build/Build/9"}, [], id="of a build that has none"),
        pytest.param(SINCE, [2, 3, 4], id="changed within days"),
        pytest.param(
            {**SINCE, "minLastUpdatedDate": "Mon, 07 Dec 2026 00:00:00 GMT"}, [2, 3, 4], id="as Node writes it"
        ),
        pytest.param({**SINCE, "state": "inProgress"}, [3], id="in a state"),
        pytest.param({**SINCE, "buildDefIds": "1"}, [2], id="of a pipeline"),
        pytest.param({**SINCE, "runTitle": "Smoke SIT-B"}, [3], id="by name"),
        pytest.param({**SINCE, "isAutomated": "false"}, [4], id="of a person"),
        pytest.param({**SINCE, "branchName": "refs/heads/other"}, [], id="of a branch"),
        pytest.param({**SINCE, "buildIds": "7,8"}, [], id="of builds"),
    ],
)
def test_runs_are_found(client: Client, builds: dict[str, int], query: dict[str, object], found: list[int]) -> None:
    answer = client.get(RUNS, **query)

    assert answer.status_code == 200, answer.text
    assert [run["id"] for run in answer.json()["value"]] == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param({"minLastUpdatedDate": "2026-12-06T00:00:00Z"}, "both needed", id="half a range"),
        pytest.param({**SINCE, "maxLastUpdatedDate": "2026-12-14T00:00:00Z"}, "7 days", id="too long a range"),
        pytest.param({"state": "Completed"}, "does not know", id="a state without a range"),
        pytest.param({**SINCE, "buildUri": "x"}, "does not know", id="a build's address in a range"),
    ],
)
def test_a_question_that_the_service_has_not_is_refused(client: Client, query: dict[str, object], words: str) -> None:
    answer = client.get(RUNS, **query)

    assert (answer.status_code, words in message(answer)) == (400, True)


def test_the_next_page_is_named_in_a_header(client: Client, builds: dict[str, int]) -> None:
    first = client.get(RUNS, top_=2, **SINCE)

    rest = names(client, continuationToken=first.headers["X-MS-ContinuationToken"], **SINCE)

    assert (len(first.json()["value"]), rest) == (2, [("By hand", "Completed")])


def test_whoever_may_not_view_them_is_told_so(azure: Azure, client: Client, builds: dict[str, int]) -> None:
    azure.permissions.take(BOT, Right.VIEW_TEST_RUNS)

    assert client.get(RUNS).status_code == 403


def test_the_sdk_for_python_reads_them(connection: Connection, builds: dict[str, int]) -> None:
    tests = connection.clients_v7_1.get_test_client()
    uri = f"vstfs:///Build/Build/{builds['first']}"

    good, bad = tests.get_test_runs("MHHS", build_uri=uri, include_run_details=True)
    (running,) = tests.query_test_runs("MHHS", START - DAY, START + DAY, state="inProgress")

    assert (good.state, good.passed_tests, good.completed_date) == ("Completed", 12, START - 2 * DAY)
    assert (bad.unanalyzed_tests, running.name, running.completed_date) == (1, "Smoke SIT-B", None)
    assert tests.get_test_run_by_id("MHHS", 1).build.id == str(builds["first"])
    with pytest.raises(AzureDevOpsServiceError):
        tests.get_test_run_by_id("MHHS", 9)


def test_a_verb_refuses_what_it_does_not_know(azure: Azure) -> None:
    with pytest.raises(ValueError, match="there is no build 9"):
        azure.tests.runs("Smoke", build=9)
    with pytest.raises(ValueError, match="state is one of"):
        azure.tests.runs("Smoke", build=None, state="Green")
