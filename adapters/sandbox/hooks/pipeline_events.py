"""The events that a run, a stage or a classic release makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.api import builds, releases, runs
from adapters.sandbox.hooks.event import Event
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import Build
from adapters.sandbox.pipelines.happening import Happening, ReleaseDeployed, RunChanged, StageChanged
from adapters.sandbox.pipelines.release_deployment import ReleaseDeployment

PIPELINES = "ms.vss-pipelines"
STATUS_OF_STAGE = {"succeeded": "4", "notDeployed": "8", "failed": "16", "partiallySucceeded": "128"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one happening, before it is an event. `facts`: by the name of a filter."""

    type: str
    text: str
    resource: dict[str, Any]
    facts: Mapping[str, str]


def events(happening: Happening, number: int, base: str, organisation: Organisation) -> Iterator[Event]:
    """`number`: which one of all that happened it is."""
    for told in _told(happening, base, organisation):
        facts = {"projectId": organisation.project_id, **told.facts}
        yield Event(
            id=str(uuid5(NAMESPACE_URL, f"sandbox:event:{told.type}:{number}")),
            type=told.type,
            at=happening.at,
            text=told.text,
            resource=told.resource,
            facts={name: frozenset({value.lower()}) for name, value in facts.items()},
        )


def _told(happening: Happening, base: str, organisation: Organisation) -> Iterator[Told]:
    match happening:
        case RunChanged():
            yield from _of_run(happening.build, base, organisation)
        case StageChanged():
            yield _of_stage(happening, base, organisation)
        case ReleaseDeployed():
            yield _of_release(happening.deployment, base, organisation)
        case _:
            assert_never(happening)


def _of_run(build: Build, base: str, organisation: Organisation) -> Iterator[Told]:
    """A run that has ended is also a build that is complete."""
    run = runs.run(build, base, organisation)
    facts = {"pipelineId": str(build.pipeline.id), "runStateId": run["state"], "runResultId": build.result}
    text = f"Run {build.number} {build.result or 'running'}"
    yield Told(f"{PIPELINES}.run-state-changed-event", text, {"run": run, "pipeline": run["pipeline"]}, facts)
    if build.finished:
        facts = {"definitionName": build.pipeline.name, "buildStatus": build.result}
        yield Told("build.complete", f"Build {build.number}", builds.shown(build, base, organisation), facts)


def _of_stage(changed: StageChanged, base: str, organisation: Organisation) -> Told:
    run = runs.run(changed.build, base, organisation)
    stage = _stage(changed)
    facts = {
        "pipelineId": str(changed.build.pipeline.id),
        "stageNameId": changed.stage,
        "stageStateId": stage["state"],
        "stageResultId": changed.result,
    }
    text = f"Run {changed.build.number} stage {changed.stage} {changed.result or 'running'}"
    resource = {"stage": stage, "run": run, "pipeline": run["pipeline"]}
    return Told(f"{PIPELINES}.stage-state-changed-event", text, resource, facts)


def _of_release(deployment: ReleaseDeployment, base: str, organisation: Organisation) -> Told:
    shown = releases.deployment(deployment, base, organisation)
    facts = {
        "releaseDefinitionId": str(deployment.definition.id),
        "releaseEnvironmentId": str(deployment.stage.id),
        "releaseEnvironmentStatus": STATUS_OF_STAGE[deployment.status],
    }
    environment = {
        "id": deployment.environment.id,
        "releaseId": deployment.release.id,
        "name": deployment.environment.name,
        "status": deployment.status,
        "definitionEnvironmentId": deployment.stage.id,
        "release": shown["release"],
    }
    project = {"id": organisation.project_id, "name": organisation.project}
    text = f"Deployment of release {deployment.release.name} on stage {deployment.stage.name}"
    resource = {"environment": environment, "project": project, "deployment": shown}
    return Told("ms.vss-release.deployment-completed-event", text, resource, facts)


def _stage(happening: StageChanged) -> dict[str, Any]:
    ended = {"result": happening.result, "finishTime": instant.in_text(happening.at)} if happening.result else {}
    return {
        "id": f"{happening.stage}.{happening.attempt}",
        "name": happening.stage,
        "displayName": happening.stage,
        "attempt": happening.attempt,
        "state": "completed" if happening.result else "running",
        **ended,
    }
