"""What pipelines do, in the words of a test: they build, they deploy, they start and they finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock

from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.pipelines.build import BUILD_RESULTS, TEN_MINUTES, Build, one_of
from adapters.sandbox.pipelines.deployment_record import (
    OF_THE_RUN,
    RECORD_RESULTS,
    DeploymentRecord,
    Environment,
    together,
)
from adapters.sandbox.pipelines.happening import RunChanged, StageChanged


class Pipelines:
    """Pipelines and environments come into being when they are first named. `by` is a sign-in; `at` None is now."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._history = organisation.pipelines
        self._lock = lock

    def offer(self, environment: str, *, at: datetime | None = None) -> int:
        """An environment to which nothing was deployed yet; its id."""
        with self._lock:
            return self._environment(environment, at).id

    def builds(
        self,
        number: str,
        *,
        pipeline: str,
        result: str = "succeeded",
        at: datetime | None = None,
        tags: Sequence[str] = (),
        work_items: Sequence[int] = (),
        branch: str = "refs/heads/main",
        by: str = "",
    ) -> int:
        """A run that deployed nothing, finished `at`; its id."""
        one_of("result", result, BUILD_RESULTS)
        at = at or self._organisation.clock.now()
        with self._lock:
            build = self._queued(number, pipeline, at - TEN_MINUTES, by)
            build = replace(build, tags=tuple(tags), work_items=tuple(work_items), branch=branch)
            self._ended(build, result, at)
            return build.id

    def deploys(
        self,
        *,
        environment: str,
        pipeline: str,
        build: str,
        result: str = "succeeded",
        at: datetime | None = None,
        took: timedelta = TEN_MINUTES,
        stage: str = "",
        jobs: Sequence[str] = ("Deploy",),
    ) -> int:
        """The stage (named as its environment, unless told) finished `at`; again is the next attempt. Id of the run."""
        one_of("result", result, RECORD_RESULTS)
        at = at or self._organisation.clock.now()
        with self._lock:
            self.starts(environment=environment, pipeline=pipeline, build=build, at=at - took, stage=stage, jobs=jobs)
            return self.finishes(pipeline=pipeline, build=build, stage=stage or environment, result=result, at=at)

    def starts(
        self,
        *,
        environment: str,
        pipeline: str,
        build: str,
        at: datetime | None = None,
        stage: str = "",
        jobs: Sequence[str] = ("Deploy",),
        awaited: Sequence[str] = (),
    ) -> int:
        """A record for each job, without result until the stage `finishes`; id of the run.

        `awaited`: jobs that begin later, and without which the stage does not end.
        """
        at = at or self._organisation.clock.now()
        with self._lock:
            run = self._history.build(pipeline, build) or self._queued(build, pipeline, at, "")
            run = replace(run, finished=None, result="")
            self._history.builds[run.id] = run
            target, name = self._environment(environment, at), stage or environment
            attempt = 1 + max((record.attempt for record in self._history.records_of(run, name)), default=0)
            for job in jobs:
                self._records(target, run, name, job, attempt, at)
            self._history.awaited[run.id, name.casefold()] = tuple(awaited)
            self._history.happened += [RunChanged(run, at), StageChanged(run, name, attempt, target, at)]
            return run.id

    def begins(self, *, pipeline: str, build: str, stage: str, job: str, at: datetime | None = None) -> int:
        """A job that was awaited; id of the run."""
        at = at or self._organisation.clock.now()
        with self._lock:
            run = self._history.build(pipeline, build)
            awaited = self._history.awaited_of(run, stage) if run else ()
            if run is None or job not in awaited:
                raise ValueError(f"{pipeline} {build} awaits no job {job} in the stage {stage!r}")
            last = self._history.latest_of(run, stage)[-1]
            self._records(last.environment, run, last.stage, job, last.attempt, at)
            self._history.awaited[run.id, stage.casefold()] = tuple(name for name in awaited if name != job)
            return run.id

    def finishes(
        self,
        *,
        pipeline: str,
        build: str,
        stage: str,
        result: str = "succeeded",
        job: str = "",
        at: datetime | None = None,
    ) -> int:
        """`job` empty: all that run in the stage. With its last job a stage has ended, with its last stage a run."""
        one_of("result", result, RECORD_RESULTS)
        at = at or self._organisation.clock.now()
        with self._lock:
            run = self._history.build(pipeline, build)
            running = [r for r in self._history.records_of(run, stage) if r.finished is None] if run else []
            wanted = [record for record in running if job in {"", record.job}]
            if run is None or not wanted:
                raise ValueError(f"{pipeline} {build} has nothing running in the stage {stage!r} (job {job or 'any'})")
            for record in wanted:
                self._history.records[record.id] = replace(record, finished=at, result=result)
            if len(wanted) == len(running) and not self._history.awaited_of(run, stage):
                self._stage_ended(run, wanted[-1], at)
            return run.id

    def _stage_ended(self, run: Build, last: DeploymentRecord, at: datetime) -> None:
        result = together(self._history.latest_of(run, last.stage))
        ended = StageChanged(run, last.stage, last.attempt, last.environment, at, result)
        self._history.happened.append(ended)
        stages = self._history.stages_of(run)
        latest = [record for stage in stages for record in self._history.latest_of(run, stage)]
        awaits = any(self._history.awaited_of(run, stage) for stage in stages)
        if all(record.finished for record in latest) and not awaits:
            self._ended(run, OF_THE_RUN[together(latest)], at)

    def _records(self, target: Environment, run: Build, stage: str, job: str, attempt: int, at: datetime) -> None:
        record = DeploymentRecord(len(self._history.records) + 1, target, run.id, stage, job, attempt, at)
        self._history.records[record.id] = record

    def _queued(self, number: str, pipeline: str, at: datetime, by: str) -> Build:
        id = 1 + max(self._history.builds, default=600)
        build = Build(id, number, self._history.pipeline(pipeline), self._person(by), at)
        self._history.builds[id] = build
        return build

    def _ended(self, build: Build, result: str, at: datetime) -> None:
        ended = replace(build, finished=at, result=result)
        self._history.builds[build.id] = ended
        self._history.happened.append(RunChanged(ended, at))

    def _environment(self, name: str, at: datetime | None) -> Environment:
        made = Environment(
            len(self._history.environments) + 1, name, self._person(""), at or self._organisation.clock.now()
        )
        return self._history.environments.setdefault(name.casefold(), made)

    def _person(self, sign_in: str) -> Person:
        return self._organisation.people.signed_in_as(sign_in) if sign_in else self._organisation.build_service
