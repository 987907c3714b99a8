"""Builds: one by its id, those that a filter finds, and their tags, work items and timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.api.paging import of_page, page_after
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import BUILD_RESULTS, Build
from adapters.sandbox.refusals import no_such_build

ORDERS = (
    "finishtimedescending",
    "finishtimeascending",
    "queuetimedescending",
    "queuetimeascending",
    "starttimedescending",
    "starttimeascending",
)
NOT_YET = datetime.max.replace(tzinfo=UTC)


def one(call: Call, organisation: Organisation) -> Answer:
    return of_json(shown(existing(call, organisation), call.base, organisation))


def listed(call: Call, organisation: Organisation) -> Answer:
    """`minTime` and `maxTime` are of the time by which the list is ordered: finish, unless told otherwise."""
    order = call.choice("queryOrder", *ORDERS)
    since, until = call.instant("minTime"), call.instant("maxTime")
    found = [
        build
        for build in organisation.pipelines.builds.values()
        if _is_wanted(build, call)
        and (since is None or _time(build, order) >= since)
        and (until is None or _time(build, order) <= until)
    ]
    found.sort(key=lambda build: (_time(build, order), build.id), reverse=order.endswith("descending"))
    page, token = page_after(call, found, size=call.number("$top") or 1000, key=lambda build: build.id)
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


def _is_wanted(build: Build, call: Call) -> bool:
    number = call.text("buildNumber") or "*"
    whole = number if not number.endswith("*") else None
    return (
        str(build.pipeline.id) in (call.list("definitions") or [str(build.pipeline.id)])
        and str(build.id) in (call.list("buildIds") or [str(build.id)])
        and (build.number == whole if whole else build.number.startswith(number[:-1]))
        and set(call.list("tagFilters") or ()) <= set(build.tags)
        and (call.text("branchName") or build.branch) == build.branch
        and _status(call) in {"all", build.status.lower()}
        and _result(call) in {"", build.result.lower()}
    )


def _status(call: Call) -> str:
    return call.choice("statusFilter", "all", "inprogress", "completed", "cancelling", "postponed", "notstarted")


def _result(call: Call) -> str:
    return call.choice("resultFilter", "", *(result.lower() for result in BUILD_RESULTS))


def _time(build: Build, order: str) -> datetime:
    return (build.finished or NOT_YET) if order.startswith("finish") else build.queued


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
