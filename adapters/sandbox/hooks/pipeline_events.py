"""The events that a run, a stage or a classic release makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, assert_never
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.api import builds, releases, runs
from adapters.sandbox.hooks.event import Event
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.happening import Happening, ReleaseDeployed, RunChanged, StageChanged

STATUS_OF_STAGE = {"succeeded": "4", "notDeployed": "8", "failed": "16", "partiallySucceeded": "128"}


def events(happening: Happening, number: int, base: str, organisation: Organisation) -> Iterator[Event]:
    """`number`: which one of all that happened it is."""
    project = {"projectId": organisation.project_id}
    match happening:
        case RunChanged(build, at):
            run = runs.run(build, base, organisation)
            facts = {"pipelineId": str(build.pipeline.id), "runStateId": run["state"], **_result("run", build.result)}
            text = f"Run {build.number} {_outcome(build.result)}"
            resource = {"run": run, "pipeline": run["pipeline"]}
            kind = "ms.vss-pipelines.run-state-changed-event"
            yield _event(number, kind, at, text, resource, project | facts)
            if build.finished:
                facts = {"definitionName": build.pipeline.name, "buildStatus": build.result}
                resource = builds.shown(build, base, organisation)
                yield _event(number, "build.complete", at, f"Build {build.number}", resource, project | facts)
        case StageChanged(build, stage, _, _, at, result):
            run = runs.run(build, base, organisation)
            shown = _stage(happening)
            facts = {"pipelineId": str(build.pipeline.id), "stageNameId": stage, **_result("stage", result)}
            facts["stageStateId"] = shown["state"]
            resource = {"stage": shown, "run": run, "pipeline": run["pipeline"]}
            text = f"Run {build.number} stage {stage} {_outcome(result)}"
            kind = "ms.vss-pipelines.stage-state-changed-event"
            yield _event(number, kind, at, text, resource, project | facts)
        case ReleaseDeployed(deployment, at):
            shown = releases.deployment(deployment, base, organisation)
            facts = {
                "releaseDefinitionId": str(deployment.definition.id),
                "releaseEnvironmentId": str(deployment.stage.id),
                "releaseEnvironmentStatus": STATUS_OF_STAGE[deployment.status],
            }
            resource = {
                "environment": {
                    "id": deployment.environment.id,
                    "releaseId": deployment.release.id,
                    "name": deployment.environment.name,
                    "status": deployment.status,
                    "definitionEnvironmentId": deployment.stage.id,
                    "release": shown["release"],
                },
                "project": {"id": organisation.project_id, "name": organisation.project},
                "deployment": shown,
            }
            text = f"Deployment of release {deployment.release.name} on stage {deployment.stage.name}"
            kind = "ms.vss-release.deployment-completed-event"
            yield _event(number, kind, at, text, resource, project | facts)
        case _:
            assert_never(happening)


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


def _result(of: str, result: str) -> dict[str, str]:
    return {f"{of}ResultId": result} if result else {}


def _outcome(result: str) -> str:
    return result or "running"


def _event(
    number: int, kind: str, at: datetime, text: str, resource: dict[str, Any], facts: Mapping[str, str]
) -> Event:
    id = str(uuid5(NAMESPACE_URL, f"sandbox:event:{kind}:{number}"))
    sets = {name: frozenset({value.lower()}) for name, value in facts.items()}
    return Event(id, kind, at, text, resource, sets)
