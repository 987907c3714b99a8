"""Runs of a pipeline, and the timeline of one: the same builds, in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.api.builds import existing, links_of, newest_first
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import Build
from adapters.sandbox.pipelines.deployment_record import DeploymentRecord, together
from adapters.sandbox.refusals import no_such_build

PARTLY = "partiallySucceeded"
"""Runs have no word for it; the service shows another value, and which one is not known."""


def pipelines(call: Call, organisation: Organisation) -> Answer:
    named = organisation.pipelines.pipelines.values()
    url = f"{call.base}/{organisation.project_id}/_apis/pipelines"
    found = [{"id": one.id, "name": one.name, "folder": "\\", "revision": 1, "url": f"{url}/{one.id}"} for one in named]
    return of_list(found)


def one(call: Call, organisation: Organisation) -> Answer:
    build = organisation.pipelines.builds.get(call.id("run_id"))
    if build is None or build.pipeline.id != call.id("pipeline_id"):
        raise no_such_build(call.id("run_id"))
    return of_json(run(build, call.base, organisation))


def listed(call: Call, organisation: Organisation) -> Answer:
    builds = [b for b in organisation.pipelines.builds.values() if b.pipeline.id == call.id("pipeline_id")]
    return of_list([run(build, call.base, organisation) for build in newest_first(builds)])


def run(build: Build, base: str, organisation: Organisation) -> dict[str, Any]:
    links = links_of(build, base, organisation)
    url = f"{base}/{organisation.project_id}/_apis/pipelines/{build.pipeline.id}"
    body: dict[str, Any] = {
        "_links": {"self": {"href": f"{url}/runs/{build.id}"}, "web": links["build"]["web"]},
        "pipeline": {
            "url": url,
            "id": build.pipeline.id,
            "revision": 1,
            "name": build.pipeline.name,
            "folder": "\\",
        },
        "state": "completed" if build.finished else "inProgress",
        "createdDate": instant.in_text(build.queued),
        "url": f"{url}/runs/{build.id}",
        "id": build.id,
        "name": build.number,
    }
    if build.finished:
        body |= {
            "result": organisation.doubts.partly_succeeded_run if build.result == PARTLY else build.result,
            "finishedDate": instant.in_text(build.finished),
        }
    return body


def timeline(call: Call, organisation: Organisation) -> Answer:
    """The latest attempt of each stage and its jobs; without phases and tasks."""
    build = existing(call, organisation)
    history = organisation.pipelines
    rows: list[dict[str, Any]] = []
    for stage in history.stages_of(build):
        jobs = history.latest_of(build, stage)
        whole = _stage(jobs, awaits=bool(history.awaited_of(build, stage)))
        rows += [_row(whole, "Stage", stage), *(_row(job, "Job", job.job) for job in jobs)]
    guid = _guid(f"timeline:{build.id}")
    return of_json({"id": guid, "changeId": 1, "url": f"{call.base}/_apis/build/timeline/{guid}", "records": rows})


def _stage(jobs: Sequence[DeploymentRecord], *, awaits: bool) -> DeploymentRecord:
    """As if it were one job: it runs as long as any of them, and as long as it `awaits` one that has not begun."""
    ends = [job.finished for job in jobs if job.finished]
    if len(ends) < len(jobs) or awaits:
        return replace(jobs[-1], finished=None, result="")
    return replace(jobs[-1], finished=max(ends), result=together(jobs))


def _row(record: DeploymentRecord, type: str, name: str) -> dict[str, Any]:
    stage = _guid(f"stage:{record.build}:{record.stage}:{record.attempt}")
    return {
        "id": stage if type == "Stage" else _guid(f"job:{record.id}"),
        "parentId": None if type == "Stage" else stage,
        "type": type,
        "name": name,
        "identifier": record.stage if type == "Stage" else f"{record.stage}.{name}",
        "attempt": record.attempt,
        "startTime": instant.in_text(record.queued),
        "finishTime": instant.in_text(record.finished) if record.finished else None,
        "state": "completed" if record.finished else "inProgress",
        "result": record.result or None,
    }


def _guid(what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:{what}"))
