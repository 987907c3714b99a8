"""Deployments of classic releases. The service has another host for them; the sandbox has one for everything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.release_deployment import OPERATIONS, Definition, ReleaseDeployment

UNSET = "0001-01-01T00:00:00"
PAGE, LARGEST_PAGE = 50, 100
STATUSES = ("all", *(status.lower() for status in OPERATIONS))


def deployments(call: Call, organisation: Organisation) -> Answer:
    ascending = call.choice("queryOrder", "descending", "ascending") == "ascending"
    found = [one for one in organisation.pipelines.deployments.values() if _is_wanted(one, call)]
    if call.flag("latestAttemptsOnly"):
        latest = {(one.release, one.stage): one for one in found}
        found = list(latest.values())
    found.sort(key=lambda one: one.id, reverse=not ascending)
    size = min(call.number("$top") or PAGE, LARGEST_PAGE)
    page, token = page_after(call, found, size=size, key=lambda one: one.id)
    return of_page([deployment(one, call.base, organisation) for one in page], token)


def _is_wanted(one: ReleaseDeployment, call: Call) -> bool:
    since, until = call.instant("minModifiedTime"), call.instant("maxModifiedTime")
    return (
        call.choice("deploymentStatus", *STATUSES) in {"all", one.status.lower()}
        and (call.text("operationStatus") or "all").lower() in {"all", one.operation.lower()}
        and call.number("definitionId") in {None, one.definition.id}
        and call.number("definitionEnvironmentId") in {None, one.stage.id}
        and (since is None or one.modified >= since)
        and (until is None or one.modified <= until)
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
