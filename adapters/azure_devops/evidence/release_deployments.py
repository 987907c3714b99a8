"""Deployments of classic releases: the last attempt of each release at each stage."""

from __future__ import annotations

from datetime import datetime

from adapters.azure_devops.evidence.operations import PipelineOperations
from adapters.azure_devops.evidence.rows import EvidenceRow
from adapters.azure_devops.evidence.source import Poll
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import paged
from bot.outcome import Outcome

_OUTCOMES = {
    "succeeded": Outcome.SUCCEEDED,
    "partiallysucceeded": Outcome.PARTIAL,
    "failed": Outcome.FAILED,
}
_DONE = frozenset({"approved", "phasesucceeded"})
"""A deployment that has succeeded may still wait for an approval after it: then it is not over."""


def changed_deployments(operations: PipelineOperations, poll: Poll, since: datetime) -> tuple[EvidenceRow, ...]:
    """Those that changed since then and are over; of the same release and stage, the latest attempt alone."""
    pages = paged(lambda token: operations.release_deployments(poll.project, since, token))
    latest: dict[str, Node] = {}
    for node in (node for page in pages for node in page.nodes("value")):
        id = _id(node)
        if id not in latest or node.number("attempt") >= latest[id].number("attempt"):
            latest[id] = node
    rows = (_row(id, node) for id, node in latest.items())
    return tuple(row for row in rows if row is not None)


def _id(node: Node) -> str:
    return f"{node.node('release').number('id')} {node.number('definitionEnvironmentId')}"


def _row(id: str, node: Node) -> EvidenceRow | None:
    status, operation = node.text("deploymentStatus"), node.text("operationStatus")
    outcome, at = _OUTCOMES.get(status.casefold()), read_instant(node.get("completedOn"))
    if outcome is None or at is None:
        return None
    if outcome is Outcome.SUCCEEDED and operation.casefold() not in _DONE:
        return None
    release, stage = node.name_of("release"), node.name_of("releaseEnvironment")
    definition, attempt = node.name_of("releaseDefinition"), node.number("attempt")
    again = f", attempt {attempt}" if attempt > 1 else ""
    return EvidenceRow(
        id=id,
        title=release,
        place=stage,
        pipeline=definition,
        at=at.replace(microsecond=0),
        outcome=outcome,
        words=f"release {release} of {definition}, stage {stage}{again}: {status}",
    )
