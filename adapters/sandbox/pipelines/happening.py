"""What happened to runs, stages and releases, in its order: the source of events for service hooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.pipelines.build import Build
from adapters.sandbox.pipelines.deployment_record import Environment
from adapters.sandbox.pipelines.release_deployment import ReleaseDeployment


@dataclass(frozen=True, slots=True)
class RunChanged:
    """`build` as it was then."""

    build: Build
    at: datetime


@dataclass(frozen=True, slots=True)
class StageChanged:
    """`result` empty: the stage has begun."""

    build: Build
    stage: str
    attempt: int
    environment: Environment
    at: datetime
    result: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDeployed:
    deployment: ReleaseDeployment
    at: datetime


Happening = RunChanged | StageChanged | ReleaseDeployed
