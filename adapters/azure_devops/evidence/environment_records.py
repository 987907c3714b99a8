"""Deployment records of a Pipelines environment: one for each job, put together to one deployment of a stage.

A job that waits for another has no record yet: whether a stage has ended is asked of its run, once for each deployment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.evidence.operations import RECORDS, PipelineOperations
from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.azure_devops.evidence.source import Poll
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import paged
from adapters.portions import portions
from bot.outcome import Outcome

SUCCESSES = frozenset({"succeeded", "succeededwithissues"})
SKIPPED = "skipped"
COMPLETED = "completed"
BUILDS_AT_ONCE = 100


class EnvironmentRecords:
    """Nothing new costs one request: the newest record tells, unless an older one was still running."""

    def __init__(self, operations: PipelineOperations) -> None:
        self._operations = operations
        self._ids: dict[Poll, int] = {}

    def look(self, poll: Poll, kept: Kept, since: datetime) -> Kept:
        try:
            return self._look(poll, kept, since)
        except Declined as declined:
            if declined.status == 404:
                self._ids.pop(poll, None)  # it may have been made anew, under another id
            raise

    def _look(self, poll: Poll, kept: Kept, since: datetime) -> Kept:
        environment = self._id(poll)
        if kept.mark and kept.mark == _mark(self._records(poll, environment, 1)):
            return kept
        records = list(self._since(poll, environment, since))
        rows = [row for jobs in _by_stage(records) if (row := _row(jobs, poll)) is not None]
        known = {(row.id, row.at): row for row in kept.rows}
        told = self._told(poll, [row for row in rows if (row.id, row.at) not in known])
        settled = [row for each in rows if (row := known.get((each.id, each.at)) or told.get(each.id)) is not None]
        has_ended = all(_finished(record) for record in records) and len(settled) == len(rows)
        return Kept().with_rows(tuple(settled), since, _mark(records) if has_ended else "")

    def _id(self, poll: Poll) -> int:
        """The service may find by the beginning of a name: it is compared here."""
        if poll not in self._ids:
            pages = paged(lambda token: self._operations.environments(poll.project, poll.name, token))
            found = [node for page in pages for node in page.nodes("value")]
            named = [node for node in found if node.text("name").casefold() == poll.name.casefold()]
            if not named:
                words = f"project {poll.project} has no environment {poll.name}, or none that may be viewed"
                raise Declined("GET environments", status=404, message=words)
            self._ids[poll] = named[0].number("id")
        return self._ids[poll]

    def _records(self, poll: Poll, environment: int, top: int) -> list[Node]:
        return list(self._operations.environment_records(poll.project, environment, top, "").nodes("value"))

    def _since(self, poll: Poll, environment: int, since: datetime) -> Iterator[Node]:
        """Newest first, until one was queued before `since`."""
        ask = self._operations.environment_records
        for page in paged(lambda token: ask(poll.project, environment, RECORDS, token)):
            for record in page.nodes("value"):
                if record.instant("queueTime") < since:
                    return
                yield record

    def _told(self, poll: Poll, rows: Sequence[EvidenceRow]) -> dict[str, EvidenceRow]:
        """By id those whose stage has ended, with the tags of their runs: a tag that comes later is not seen."""
        builds: dict[str, Node] = {}
        for some in portions(sorted({int(row.run) for row in rows}), BUILDS_AT_ONCE):
            answer = self._operations.builds(poll.project, some)
            builds |= {str(build.number("id")): build for build in answer.nodes("value")}
        running = {run for run, build in builds.items() if build.text("status").casefold() != COMPLETED}
        ended = {run: self._ended_stages(poll, run) for run in sorted(running)}
        return {
            row.id: _of_run(row, builds.get(row.run))
            for row in rows
            if row.run not in running or row.stage.casefold() in ended[row.run]
        }

    def _ended_stages(self, poll: Poll, run: str) -> set[str]:
        """By both of its names: which of them a deployment record has, is not documented."""
        rows = self._operations.timeline(poll.project, int(run)).nodes("records")
        stages = [row for row in rows if _text(row, "type") == "Stage" and _text(row, "state").casefold() == COMPLETED]
        return {_text(stage, key).casefold() for stage in stages for key in ("name", "identifier")}


def _of_run(row: EvidenceRow, build: Node | None) -> EvidenceRow:
    """Of a run that cannot be viewed, which may still go on, it is not known what was deployed."""
    if build is None:
        return replace(row, title="", words=f"{row.words}, of a run that is not there, or may not be viewed")
    return replace(row, tags=tags_of(build))


def tags_of(build: Node) -> tuple[str, ...]:
    found = build.get("tags")
    return tuple(str(tag) for tag in found) if isinstance(found, list) else ()


def _mark(records: list[Node]) -> str:
    """Names the newest record, once it has ended; empty while it runs, or where there is none."""
    newest = records[0] if records else None
    return f"{newest.number('id')}" if newest is not None and _finished(newest) else ""


def _finished(record: Node) -> bool:
    return bool(record.get("result")) and read_instant(record.get("finishTime")) is not None


def _by_stage(records: Iterable[Node]) -> list[list[Node]]:
    """Of each run and stage, the last attempt of each of its jobs."""
    stages: dict[tuple[int, str], dict[object, Node]] = {}
    for record in records:
        jobs = stages.setdefault((record.node("owner").number("id"), _text(record, "stageName")), {})
        job = (_text(record, "jobName"), record.get("resourceId"))
        if job not in jobs or _attempt(record) > _attempt(jobs[job]):
            jobs[job] = record
    return [list(jobs.values()) for jobs in stages.values()]


def _attempt(record: Node) -> tuple[int, int]:
    return record.number("stageAttempt"), record.number("jobAttempt")


def _row(jobs: list[Node], poll: Poll) -> EvidenceRow | None:
    """None while a job runs, and where all were skipped."""
    if not all(_finished(job) for job in jobs):
        return None
    results = [_text(job, "result") for job in jobs if _text(job, "result").casefold() != SKIPPED]
    if not results:
        return None
    owner, run, pipeline = jobs[0].node("owner"), jobs[0].name_of("owner"), jobs[0].name_of("definition")
    stage, attempt = _text(jobs[0], "stageName"), max(_attempt(job)[0] for job in jobs)
    again = f", attempt {attempt}" if attempt > 1 else ""
    result = " and ".join(sorted(set(results)))
    return EvidenceRow(
        id=f"{owner.number('id')} {stage}",
        title=run,
        place=poll.name,
        pipeline=pipeline,
        at=max(job.instant("finishTime") for job in jobs).replace(microsecond=0),
        outcome=_outcome(results),
        words=f"pipeline {pipeline}, run {run}, stage {stage}{again}: {result}",
    )


def _outcome(results: list[str]) -> Outcome:
    """Every job has to have done its part."""
    passed = [result.casefold() in SUCCESSES for result in results]
    if all(passed):
        return Outcome.SUCCEEDED
    return Outcome.PARTIAL if any(passed) else Outcome.FAILED


def _text(record: Node, key: str) -> str:
    found = record.get(key)
    return found if isinstance(found, str) else ""
