"""Builds: one by its id, those that a filter finds, and their tags, work items and timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.api import build_filter
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import Build
from adapters.sandbox.refusals import no_such_build

PAGE = 1_000


def one(call: Call, organisation: Organisation) -> Answer:
    return of_json(shown(existing(call, organisation), call.base, organisation))


def listed(call: Call, organisation: Organisation) -> Answer:
    found = build_filter.read(call).found(organisation.pipelines.builds.values())
    page, token = page_after(call, found, size=call.number("$top") or PAGE, key=lambda build: build.id)
    return of_page([shown(build, call.base, organisation) for build in page], token)


def tags(call: Call, organisation: Organisation) -> Answer:
    return of_list(list(existing(call, organisation).tags))


def work_items(call: Call, organisation: Organisation) -> Answer:
    build = existing(call, organisation)
    url = f"{call.base}/_apis/wit/workItems"
    named = build.work_items[: call.number("$top")]
    return of_list([{"id": str(id), "url": f"{url}/{id}"} for id in named])


def existing(call: Call, organisation: Organisation) -> Build:
    build = organisation.pipelines.builds.get(call.id("build_id"))
    if build is None:
        raise no_such_build(call.id("build_id"))
    return build


def links_of(build: Build, base: str, organisation: Organisation) -> dict[str, Any]:
    """How a record or an event points at the run and at its pipeline."""
    home = f"{base}/{organisation.project_id}"
    return {
        "build": {
            "web": {"href": f"{home}/_build/results?buildId={build.id}"},
            "self": {"href": f"{home}/_apis/build/Builds/{build.id}"},
        },
        "definition": {
            "web": {"href": f"{home}/_build/definition?definitionId={build.pipeline.id}"},
            "self": {"href": f"{home}/_apis/build/Definitions/{build.pipeline.id}"},
        },
    }


def shown(build: Build, base: str, organisation: Organisation) -> dict[str, Any]:
    links = links_of(build, base, organisation)
    return {
        "_links": links["build"],
        "id": build.id,
        "buildNumber": build.number,
        "status": build.status,
        "queueTime": instant.in_text(build.queued),
        "startTime": instant.in_text(build.queued),
        "url": links["build"]["self"]["href"],
        "definition": _definition(build, links["definition"]["self"]["href"], organisation),
        "project": _project(organisation),
        "uri": f"vstfs:///Build/Build/{build.id}",
        "sourceBranch": build.branch,
        "sourceVersion": build.commit,
        "reason": "manual",
        "priority": "normal",
        "requestedFor": build.by.reference(base),
        "requestedBy": build.by.reference(base),
        "tags": list(build.tags),
        **ended(build),
    }


def _definition(build: Build, url: str, organisation: Organisation) -> dict[str, Any]:
    return {
        "id": build.pipeline.id,
        "name": build.pipeline.name,
        "url": url,
        "path": "\\",
        "type": "build",
        "queueStatus": "enabled",
        "revision": 1,
        "project": _project(organisation),
    }


def _project(organisation: Organisation) -> dict[str, str]:
    return {"id": organisation.project_id, "name": organisation.project}


def ended(build: Build) -> dict[str, str]:
    """Absent from a build that runs."""
    return {"result": build.result, "finishTime": instant.in_text(build.finished)} if build.finished else {}


def newest_first(builds: Sequence[Build]) -> list[Build]:
    return sorted(builds, key=lambda build: build.id, reverse=True)
