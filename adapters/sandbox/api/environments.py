"""Environments and what was deployed to them, in both areas in which the service offers them."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.api.builds import links_of
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.deployment_record import DeploymentRecord, Environment
from adapters.sandbox.refusals import no_such_environment

SERVICE_OWNER = "00025394-6065-48ca-87d9-7f5672854ef7"


def listed(call: Call, organisation: Organisation) -> Answer:
    wanted = (call.text("name") or "").casefold()
    is_whole = organisation.doubts.environments_by_whole_name
    known = sorted(organisation.pipelines.environments.items())
    found = [one for name, one in known if not wanted or name == wanted or (name.startswith(wanted) and not is_whole)]
    page, token = page_after(call, found, size=call.number("$top") or organisation.limits.page, key=lambda one: one.id)
    return of_page([_environment(one, call, organisation) for one in page], token)


def one(call: Call, organisation: Organisation) -> Answer:
    call.choice("expands", "none")
    return of_json(_environment(_existing(call, organisation), call, organisation))


def records(call: Call, organisation: Organisation) -> Answer:
    """Newest first, of all pipelines: the service filters nothing."""
    environment = _existing(call, organisation)
    found = [record for record in organisation.pipelines.records.values() if record.environment == environment]
    found.sort(key=lambda record: (record.queued, record.id), reverse=True)
    size = min(call.number("top") or 25, organisation.limits.page)
    page, token = page_after(call, found, size=size, key=lambda record: record.id)
    return of_page([_record(record, call, organisation) for record in page], token)


def _existing(call: Call, organisation: Organisation) -> Environment:
    id = call.id("environment_id")
    found = next((one for one in organisation.pipelines.environments.values() if one.id == id), None)
    if found is None:
        raise no_such_environment(id)
    return found


def _environment(environment: Environment, call: Call, organisation: Organisation) -> dict[str, Any]:
    return {
        "id": environment.id,
        "name": environment.name,
        "description": "",
        "createdBy": environment.by.reference(call.base),
        "createdOn": instant.in_text(environment.at),
        "lastModifiedBy": environment.by.reference(call.base),
        "lastModifiedOn": instant.in_text(environment.at),
        "project": {"id": organisation.project_id, "name": organisation.project},
    }


def _record(record: DeploymentRecord, call: Call, organisation: Organisation) -> dict[str, Any]:
    build = organisation.pipelines.builds[record.build]
    links = links_of(build, call.base, organisation)
    body: dict[str, Any] = {
        "id": record.id,
        "requestIdentifier": f"{record.stage}.{record.job}.{record.attempt}",
        "environmentId": record.environment.id,
        "serviceOwner": SERVICE_OWNER,
        "scopeId": organisation.project_id,
        "planType": "Build",
        "planId": str(uuid5(NAMESPACE_URL, f"sandbox:plan:{build.id}")),
        "stageName": record.stage,
        "jobName": record.job,
        "stageAttempt": record.attempt,
        "jobAttempt": 1,
        "definition": {"id": build.pipeline.id, "name": build.pipeline.name, "_links": links["definition"]},
        "owner": {"id": build.id, "name": build.number, "_links": links["build"]},
        "queueTime": instant.in_text(record.queued),
        "startTime": instant.in_text(record.queued),
        "resourceId": None,
    }
    if record.finished:
        body |= {"result": record.result, "finishTime": instant.in_text(record.finished)}
    return body
