"""Sources of evidence out of the settings: each with its environment, and the project that it is in."""

from __future__ import annotations

from adapters.azure_devops.evidence.source import Source, SourceKind
from adapters.configuration.settings import EvidenceSettings, Settings


def sources_of(settings: Settings) -> tuple[Source, ...]:
    return tuple(
        _source(name, own, settings)
        for name, environment in settings.environments.items()
        for own in environment.evidence
    )


def _source(environment: str, own: EvidenceSettings, settings: Settings) -> Source:
    return Source(
        environment=environment,
        party=own.party,
        kind=SourceKind(own.kind),
        name=own.name,
        project=own.project or settings.connection.project,
        pipeline=own.pipeline,
        in_tags=own.number_in == "tags",
        stage=own.stage,
    )
