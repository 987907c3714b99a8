"""Runs of tests: those of a build, those that changed within some days, and one by its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import Build
from adapters.sandbox.pipelines.run_of_tests import RUN_STATES, RunOfTests
from adapters.sandbox.refusals import bad_range_of_runs, no_such_run_of_tests, not_known_here

SINCE, UNTIL = "minLastUpdatedDate", "maxLastUpdatedDate"
OF_A_LIST = ("buildUri", "includeRunDetails", "automated", "$skip")
OF_A_QUERY = (SINCE, UNTIL, "state", "isAutomated", "buildIds", "buildDefIds", "branchName", "runTitle")
"""The service has two operations at one address, and tells them apart by their parameters."""

LONGEST = timedelta(days=7)
LARGEST_PAGE = 100
STATES = tuple(state.lower() for state in RUN_STATES)


def listed(call: Call, organisation: Organisation) -> Answer:
    if any(call.text(name) is not None for name in (SINCE, UNTIL)):
        return _queried(call, organisation)
    if strange := [name for name in (*OF_A_QUERY, "continuationToken") if call.text(name) is not None]:
        raise not_known_here(f"the parameter {strange} of a list of runs without {SINCE} and {UNTIL}")
    build, automated = call.text("buildUri"), call.flag("automated")
    found = [
        run
        for run in organisation.pipelines.tests.values()
        if build in {None, _uri(run.build)} and (run.is_automated or not automated)
    ]
    start = call.number("$skip") or 0
    size = call.number("$top")
    end = None if size is None else start + size
    shape = _Shape(call, organisation, call.flag("includeRunDetails"))
    return of_list([shape.of(run) for run in found[start:end]])


def one(call: Call, organisation: Organisation) -> Answer:
    run = organisation.pipelines.tests.get(call.id("run_id"))
    if run is None:
        raise no_such_run_of_tests(call.id("run_id"))
    whole = call.text("includeDetails") is None or call.flag("includeDetails")
    return of_json(_Shape(call, organisation, whole).of(run))


def _queried(call: Call, organisation: Organisation) -> Answer:
    if strange := [name for name in OF_A_LIST if call.text(name) is not None]:
        raise not_known_here(f"the parameter {strange} of a query of runs")
    wanted = _filter(call)
    builds = organisation.pipelines.builds
    found = [run for run in organisation.pipelines.tests.values() if wanted.passes(run, builds.get(run.build or 0))]
    size = min(call.number("$top") or LARGEST_PAGE, LARGEST_PAGE)
    page, token = page_after(call, found, size=size, key=lambda run: run.id)
    shape = _Shape(call, organisation, organisation.doubts.a_query_of_test_runs_has_details)
    return of_page([shape.of(run) for run in page], token)


@dataclass(frozen=True, slots=True)
class _Filter:
    """None lets every run pass."""

    since: datetime
    until: datetime
    state: str
    automated: bool | None
    builds: list[str] | None
    pipelines: list[str] | None
    branch: str | None
    title: str | None

    def passes(self, run: RunOfTests, build: Build | None) -> bool:
        return (
            self.since <= run.updated <= self.until
            and self.state in {"unspecified", run.state.lower()}
            and self.automated in {None, run.is_automated}
            and (self.builds is None or str(run.build) in self.builds)
            and (self.pipelines is None or (build is not None and str(build.pipeline.id) in self.pipelines))
            and (self.branch is None or (build is not None and build.branch == self.branch))
            and self.title in {None, run.name}
        )


def _filter(call: Call) -> _Filter:
    since, until = call.instant(SINCE), call.instant(UNTIL)
    if since is None or until is None or not timedelta(0) <= until - since <= LONGEST:
        raise bad_range_of_runs()
    return _Filter(
        since=since,
        until=until,
        state=call.choice("state", *STATES),
        automated=None if call.text("isAutomated") is None else call.flag("isAutomated"),
        builds=call.list("buildIds"),
        pipelines=call.list("buildDefIds"),
        branch=call.text("branchName"),
        title=call.text("runTitle"),
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """`whole`: with dates, build and statistics, as one run has them unless told otherwise."""

    call: Call
    organisation: Organisation
    whole: bool

    def of(self, run: RunOfTests) -> dict[str, Any]:
        home = f"{self.call.base}/{self.organisation.project_id}"
        body: dict[str, Any] = {
            "id": run.id,
            "name": run.name,
            "url": f"{home}/_apis/test/Runs/{run.id}",
            "isAutomated": run.is_automated,
            "owner": run.by.reference(self.call.base),
            "project": {"id": self.organisation.project_id, "name": self.organisation.project},
            "state": run.state,
            "plan": {"id": "0"},
            "totalTests": run.counts.total,
            "incompleteTests": run.counts.incomplete,
            "notApplicableTests": run.counts.not_applicable,
            "passedTests": run.counts.passed,
            "unanalyzedTests": run.counts.failed,
            "revision": run.revision,
            "webAccessUrl": f"{home}/_TestManagement/Runs?runId={run.id}&_a=runCharts",
        }
        return body | (self._details(run) if self.whole else {})

    def _details(self, run: RunOfTests) -> dict[str, Any]:
        details: dict[str, Any] = {
            "createdDate": instant.in_text(run.started),
            "startedDate": instant.in_text(run.started),
            "lastUpdatedDate": instant.in_text(run.updated),
            "lastUpdatedBy": run.by.reference(self.call.base),
            "runStatistics": _statistics(run),
        }
        if run.completed:
            details["completedDate"] = instant.in_text(run.completed)
        if run.build is not None:
            details |= self._of_build(self.organisation.pipelines.builds[run.build], run)
        return details

    def _of_build(self, build: Build, run: RunOfTests) -> dict[str, Any]:
        url = f"{self.call.base}/{self.organisation.project_id}/_apis/build/Builds/{build.id}"
        stage = {"stageReference": {"stageName": run.stage, "attempt": 1}} if run.stage else {}
        return {
            "build": {"id": str(build.id), "name": build.number, "url": url},
            "buildConfiguration": {
                "id": build.id,
                "number": build.number,
                "uri": _uri(build.id),
                "branchName": build.branch,
                "buildDefinitionId": build.pipeline.id,
                "buildSystem": "TFS",
                "sourceVersion": build.commit,
                "project": {"name": self.organisation.project},
            },
            "pipelineReference": {"pipelineId": build.id, **stage},
        }


def _uri(build: int | None) -> str:
    return f"vstfs:///Build/Build/{build}"


def _statistics(run: RunOfTests) -> list[dict[str, Any]]:
    """One row for each outcome that occurs."""
    outcomes = {
        "Passed": run.counts.passed,
        "Failed": run.counts.failed,
        "NotApplicable": run.counts.not_applicable,
        "Unspecified": run.counts.incomplete,
    }
    return [
        {"state": "Pending" if outcome == "Unspecified" else "Completed", "outcome": outcome, "count": count}
        for outcome, count in outcomes.items()
        if count
    ]
