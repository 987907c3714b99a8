"""Pipelines: environments in both areas that have them, builds and runs, and classic releases."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.api import builds, environments, releases, runs
from adapters.sandbox.permissions import Right
from adapters.sandbox.route import IN_PROJECT, Handler, Route

BUILD = "build/builds/{build_id}"
RUNS = "pipelines/{pipeline_id}/runs"
WHICH_BUILDS = (
    "definitions buildNumber minTime maxTime statusFilter resultFilter tagFilters $top continuationToken queryOrder"
    " branchName buildIds"
)
WHICH_DEPLOYMENTS = (
    "definitionId definitionEnvironmentId deploymentStatus operationStatus minModifiedTime maxModifiedTime"
    " latestAttemptsOnly queryOrder $top continuationToken"
)


def _environments(area: str) -> Iterator[Route]:
    one = f"{area}/environments/{{environment_id}}"
    may = Right.VIEW_ENVIRONMENT
    which = "name continuationToken $top"
    yield Route("environments", "GET", f"{area}/environments", environments.listed, 1, IN_PROJECT, which, needs=may)
    yield Route("environment", "GET", one, environments.one, 1, IN_PROJECT, "expands", needs=may)
    yield Route(
        "deployment records",
        "GET",
        f"{one}/environmentdeploymentrecords",
        environments.records,
        1,
        IN_PROJECT,
        "continuationToken top",
        needs=may,
    )


def _builds(operation: str, pattern: str, handle: Handler, resource: int, which: str = "") -> Route:
    return Route(operation, "GET", pattern, handle, resource, IN_PROJECT, which, needs=Right.VIEW_BUILDS)


ROUTES = (
    *_environments("distributedtask"),
    *_environments("pipelines"),
    _builds("builds", "build/builds", builds.listed, 7, WHICH_BUILDS),
    _builds("build", BUILD, builds.one, 7),
    _builds("build tags", BUILD + "/tags", builds.tags, 3),
    _builds("build work items", BUILD + "/workitems", builds.work_items, 2, "$top"),
    _builds("timeline", BUILD + "/timeline", runs.timeline, 3),
    _builds("pipelines", "pipelines", runs.pipelines, 1),
    _builds("runs", RUNS, runs.listed, 2),
    _builds("run", RUNS + "/{run_id}", runs.one, 2),
    Route(
        "release deployments",
        "GET",
        "release/deployments",
        releases.deployments,
        2,
        IN_PROJECT,
        WHICH_DEPLOYMENTS,
        needs=Right.VIEW_RELEASES,
    ),
)
