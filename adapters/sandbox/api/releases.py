"""Deployments of classic releases. The service has another host for them; the sandbox has one for everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.release_deployment import OPERATION_STATUSES, OPERATIONS, Definition, ReleaseDeployment

UNSET = "0001-01-01T00:00:00"
PAGE, LARGEST_PAGE = 50, 100
STATUSES = ("all", *(status.lower() for status in OPERATIONS))


@dataclass(frozen=True, slots=True)
class DeploymentFilter:
    """None lets every deployment pass."""

    definition: int | None
    stage: int | None
    status: str
    operation: str
    since: datetime | None
    until: datetime | None

    def passes(self, one: ReleaseDeployment) -> bool:
        return (
            self.status in {"all", one.status.lower()}
            and self.operation in {"all", one.operation.lower()}
            and self.definition in {None, one.definition.id}
            and self.stage in {None, one.stage.id}
            and (self.since is None or one.modified >= self.since)
            and (self.until is None or one.modified <= self.until)
        )


def deployments(call: Call, organisation: Organisation) -> Answer:
    wanted = _filter(call)
    ascending = call.choice("queryOrder", "descending", "ascending") == "ascending"
    only_latest = call.flag("latestAttemptsOnly")
    found = [one for one in organisation.pipelines.deployments.values() if wanted.passes(one)]
    if only_latest:
        found = list({(one.release, one.stage): one for one in found}.values())
    found.sort(key=lambda one: one.id, reverse=not ascending)
    size = min(call.number("$top") or PAGE, LARGEST_PAGE)
    page, token = page_after(call, found, size=size, key=lambda one: one.id)
    return of_page([deployment(one, call.base, organisation) for one in page], token)


def _filter(call: Call) -> DeploymentFilter:
    return DeploymentFilter(
        definition=call.number("definitionId"),
        stage=call.number("definitionEnvironmentId"),
        status=call.choice("deploymentStatus", *STATUSES),
        operation=call.choice("operationStatus", "all", *(word.lower() for word in OPERATION_STATUSES)),
        since=call.instant("minModifiedTime"),
        until=call.instant("maxModifiedTime"),
    )


def deployment(one: ReleaseDeployment, base: str, organisation: Organisation) -> dict[str, Any]:
    home = f"{base}/{organisation.project_id}/_apis/Release"
    release = f"{home}/releases/{one.release.id}"
    return {
        "id": one.id,
        "release": {"id": one.release.id, "name": one.release.name, "artifacts": [], **_self(release)},
        "releaseDefinition": _reference(one.definition, f"{home}/definitions/{one.definition.id}"),
        "releaseEnvironment": _reference(one.environment, f"{release}/environments/{one.environment.id}"),
        "projectReference": {"id": organisation.project_id, "name": organisation.project},
        "definitionEnvironmentId": one.stage.id,
        "attempt": one.attempt,
        "reason": "manual",
        "deploymentStatus": one.status,
        "operationStatus": one.operation,
        "requestedBy": one.by.reference(base),
        "requestedFor": one.by.reference(base),
        "queuedOn": instant.in_text(one.queued),
        "startedOn": instant.in_text(one.queued),
        "completedOn": _or_unset(one.finished),
        "lastModifiedOn": instant.in_text(one.modified),
        "lastModifiedBy": one.by.reference(base),
        "conditions": [],
        "preDeployApprovals": [],
        "postDeployApprovals": [],
    }


def _reference(one: Definition, url: str) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "url": url, **_self(url)}


def _self(url: str) -> dict[str, Any]:
    return {"_links": {"self": {"href": url}}}


def _or_unset(at: datetime | None) -> str:
    return instant.in_text(at) if at else UNSET
