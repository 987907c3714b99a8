"""An event as service hooks tell it, and whether a subscription's filters let it pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PUBLISHERS = {
    "workitem.created": "tfs",
    "workitem.updated": "tfs",
    "workitem.commented": "tfs",
    "workitem.deleted": "tfs",
    "workitem.restored": "tfs",
    "build.complete": "tfs",
    "ms.vss-pipelines.run-state-changed-event": "pipelines",
    "ms.vss-pipelines.stage-state-changed-event": "pipelines",
    "ms.vss-release.deployment-completed-event": "rm",
}
"""Each type of event that the sandbox sends, with who publishes it."""

FILTERS = {
    "workitem": ("areaPath", "workItemType", "changedFields", "linksChanged", "tag"),
    "build": ("definitionName", "buildStatus"),
    "ms.vss-pipelines": ("pipelineId", "runStateId", "runResultId", "stageNameId", "stageStateId", "stageResultId"),
    "ms.vss-release": ("releaseDefinitionId", "releaseEnvironmentId", "releaseEnvironmentStatus"),
}
"""What a subscription may narrow down, by the beginning of the event type; `projectId` belongs to all."""


def filters_of(event_type: str) -> tuple[str, ...]:
    return ("projectId", *FILTERS[event_type.rpartition(".")[0]])


@dataclass(frozen=True, slots=True)
class Event:
    """`facts`: by the name of a filter, each value (in lower case) of it that lets this event pass."""

    id: str
    type: str
    at: datetime
    text: str
    resource: Mapping[str, Any]
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def passes(self, filters: Mapping[str, str]) -> bool:
        return all(not wanted or wanted.lower() in self.facts.get(name, ()) for name, wanted in filters.items())
