"""Runs that somebody, or a pipeline, tags once they are deployed."""

from __future__ import annotations

from datetime import datetime

from adapters.azure_devops.evidence.environment_records import tags_of
from adapters.azure_devops.evidence.operations import PipelineOperations
from adapters.azure_devops.evidence.rows import EvidenceRow
from adapters.azure_devops.evidence.source import Poll
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import paged
from bot.outcome import Outcome

_OUTCOMES = {"succeeded": Outcome.SUCCEEDED, "partiallysucceeded": Outcome.PARTIAL}


def tagged_builds(operations: PipelineOperations, poll: Poll, since: datetime) -> tuple[EvidenceRow, ...]:
    """All of them anew: a tag may come long after the run has ended."""
    pages = paged(lambda token: operations.tagged_builds(poll.project, poll.name, since, token))
    return tuple(_row(node, poll) for page in pages for node in page.nodes("value"))


def _row(node: Node, poll: Poll) -> EvidenceRow:
    number, pipeline, result = node.text("buildNumber"), node.name_of("definition"), node.text("result")
    return EvidenceRow(
        id=str(node.number("id")),
        title=number,
        place=poll.name,
        pipeline=pipeline,
        at=node.instant("finishTime").replace(microsecond=0),
        outcome=_OUTCOMES.get(result.casefold(), Outcome.FAILED),
        words=f"pipeline {pipeline}, run {number}, tagged {poll.name}: {result}",
        tags=tags_of(node),
    )
