"""Everything that pipelines did: what the server keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.sandbox.pipelines.build import Build, Pipeline
from adapters.sandbox.pipelines.deployment_record import DeploymentRecord, Environment
from adapters.sandbox.pipelines.happening import Happening
from adapters.sandbox.pipelines.release_deployment import Definition, ReleaseDeployment
from adapters.sandbox.pipelines.run_of_tests import RunOfTests


@dataclass
class PipelineHistory:
    """Names are kept case-folded, as the service compares them."""

    pipelines: dict[str, Pipeline] = field(default_factory=dict)
    environments: dict[str, Environment] = field(default_factory=dict)
    builds: dict[int, Build] = field(default_factory=dict)
    records: dict[int, DeploymentRecord] = field(default_factory=dict)
    definitions: dict[tuple[str, ...], Definition] = field(default_factory=dict)
    deployments: dict[int, ReleaseDeployment] = field(default_factory=dict)
    tests: dict[int, RunOfTests] = field(default_factory=dict)
    awaited: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    happened: list[Happening] = field(default_factory=list)

    def pipeline(self, name: str) -> Pipeline:
        """Made when it is first named."""
        made = Pipeline(len(self.pipelines) + 1, name)
        return self.pipelines.setdefault(name.casefold(), made)

    def definition(self, *path: str) -> Definition:
        """Of a release definition, or of what lies below it; made when it is first named."""
        made = Definition(len(self.definitions) + 1, path[-1])
        return self.definitions.setdefault(tuple(name.casefold() for name in path), made)

    def build(self, pipeline: str, number: str) -> Build | None:
        """The latest one with this number."""
        named = [b for b in self.builds.values() if b.pipeline == self.pipeline(pipeline) and b.number == number]
        return named[-1] if named else None

    def records_of(self, build: Build, stage: str) -> tuple[DeploymentRecord, ...]:
        return tuple(record for record in self.records.values() if record.is_of(build, stage))

    def latest_of(self, build: Build, stage: str) -> tuple[DeploymentRecord, ...]:
        """The jobs of its latest attempt."""
        records = self.records_of(build, stage)
        attempt = max((record.attempt for record in records), default=0)
        return tuple(record for record in records if record.attempt == attempt)

    def awaited_of(self, build: Build, stage: str) -> tuple[str, ...]:
        """The jobs of a stage that wait for others of it: until they begin, there is no record of them."""
        return self.awaited.get((build.id, stage.casefold()), ())

    def stages_of(self, build: Build) -> tuple[str, ...]:
        return tuple(dict.fromkeys(record.stage for record in self.records.values() if record.build == build.id))
