"""The operations on pipelines, releases and test runs that we use, each one request: plain values in, JSON out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.node import Node

RECORDS = 50
DEPLOYMENTS = 100
BUILDS = 100
TEST_RUNS = 100


class PipelineOperations:
    """Only reads: nothing here is ever changed by Shunter."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def environments(self, project: str, name: str, token: str) -> Node:
        return self._gateway.read_aside(
            f"GET environments of {project}",
            lambda sdk: sdk.environments.get_environments(project, name=name, continuation_token=token or None),
        )

    def environment_records(self, project: str, environment: int, top: int, token: str) -> Node:
        """Newest first."""
        return self._gateway.read_aside(
            f"GET deployment records of environment {environment}",
            lambda sdk: sdk.environments.get_environment_deployment_execution_records(
                project, environment, continuation_token=token or None, top=top
            ),
        )

    def release_deployments(self, project: str, since: datetime, token: str) -> Node:
        """Those that changed since then, oldest first."""
        return self._gateway.read_aside(
            f"GET release deployments of {project}",
            lambda sdk: sdk.releases.get_deployments(
                project,
                min_modified_time=since,
                query_order="ascending",
                top=DEPLOYMENTS,
                continuation_token=int(token) if token else None,
            ),
        )

    def tagged_builds(self, project: str, tag: str, since: datetime, token: str) -> Node:
        """Those that ended since then, newest first."""
        return self._gateway.read_aside(
            f"GET builds of {project} with the tag {tag}",
            lambda sdk: sdk.builds.get_builds(
                project,
                tag_filters=[tag],
                min_time=since,
                status_filter="completed",
                query_order="finishTimeDescending",
                top=BUILDS,
                continuation_token=token or None,
            ),
        )

    def builds(self, project: str, ids: Sequence[int]) -> Node:
        return self._gateway.read_aside(
            f"GET {len(ids)} builds of {project}", lambda sdk: sdk.builds.get_builds(project, build_ids=list(ids))
        )

    def timeline(self, project: str, build: int) -> Node:
        """How far the stages, jobs and steps of a run are."""
        return self._gateway.read_aside(
            f"GET timeline of build {build} of {project}", lambda sdk: sdk.builds.get_build_timeline(project, build)
        )

    def test_runs(self, project: str, since: datetime, until: datetime, token: str) -> Node:
        """Those that changed in between, which may be seven days at most."""
        return self._gateway.read_aside(
            f"GET test runs of {project}",
            lambda sdk: sdk.tests.query_test_runs(
                project, since, until, top=TEST_RUNS, continuation_token=token or None
            ),
        )
