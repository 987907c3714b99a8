"""Deployment records of a Pipelines environment: one for each job, put together to one deployment of a stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.evidence.operations import RECORDS, PipelineOperations
from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.azure_devops.evidence.source import Poll
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import paged
from bot.outcome import Outcome

SUCCESSES = frozenset({"succeeded", "succeededwithissues"})
SKIPPED = "skipped"
BUILDS_AT_ONCE = 100


class EnvironmentRecords:
    """Nothing new costs one request: the newest record tells, unless an older one was still running."""

    def __init__(self, operations: PipelineOperations) -> None:
        self._operations = operations
        self._ids: dict[Poll, int] = {}

    def look(self, poll: Poll, kept: Kept, since: datetime) -> Kept:
        environment = self._id(poll)
        if kept.mark and kept.mark == _mark(self._records(poll, environment, 1)):
            return kept
        records = list(self._since(poll, environment, since))
        stages = _by_stage(records)
        rows = tuple(row for stage in stages if (row := _row(stage, poll)) is not None)
        if poll.with_tags:
            rows = self._tagged(poll, rows, kept)
        is_settled = all(_finished(record) for record in records)
        return Kept().with_rows(rows, since, _mark(records) if is_settled else "")

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

    def _tagged(self, poll: Poll, rows: tuple[EvidenceRow, ...], kept: Kept) -> tuple[EvidenceRow, ...]:
        """With the tags of their runs, each asked for once: a tag that comes later is not seen."""
        known = {row.id: row.tags for row in kept.rows if row.tags}
        missing = sorted({_run(row) for row in rows if row.id not in known})
        tags: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(missing), BUILDS_AT_ONCE):
            answer = self._operations.builds(poll.project, missing[start : start + BUILDS_AT_ONCE])
            tags |= {build.number("id"): tags_of(build) for build in answer.nodes("value")}
        return tuple(replace(row, tags=known.get(row.id) or tags.get(_run(row), ())) for row in rows)


def tags_of(build: Node) -> tuple[str, ...]:
    found = build.get("tags")
    return tuple(str(tag) for tag in found) if isinstance(found, list) else ()


def _run(row: EvidenceRow) -> int:
    return int(row.id.split(" ", 1)[0])


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
