"""Runs of tests that have ended: how many tests passed of how many that could."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from adapters.azure_devops.evidence.operations import PipelineOperations
from adapters.azure_devops.evidence.rows import EvidenceRow
from adapters.azure_devops.evidence.source import Poll
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.node import Node
from adapters.azure_devops.paged import paged
from bot.outcome import Outcome

LONGEST = timedelta(days=7)
"""What one question may span."""
_ENDED = frozenset({"completed", "aborted", "needsinvestigation"})


def changed_runs(
    operations: PipelineOperations, poll: Poll, since: datetime, until: datetime
) -> tuple[EvidenceRow, ...]:
    rows = (_row(node) for node in _changed(operations, poll, since, until))
    return tuple(row for row in rows if row is not None)


def _changed(operations: PipelineOperations, poll: Poll, since: datetime, until: datetime) -> Iterator[Node]:
    start = since
    while start < until:
        end = min(start + LONGEST, until)
        yield from _between(operations, poll, start, end)
        start = end


def _between(operations: PipelineOperations, poll: Poll, start: datetime, end: datetime) -> Iterator[Node]:
    for page in paged(lambda token: operations.test_runs(poll.project, start, end, token)):
        yield from page.nodes("value")


def _row(node: Node) -> EvidenceRow | None:
    """None while it runs. Without a build nobody knows of which release it is."""
    at, state = read_instant(node.get("completedDate")), node.text("state")
    if at is None or state.casefold() not in _ENDED or not isinstance(node.get("build"), dict):
        return None
    total, skipped, passed = (node.number(f"{name}Tests") for name in ("total", "notApplicable", "passed"))
    is_good = state.casefold() == "completed" and passed > 0 and passed == total - skipped
    ended = "" if state.casefold() == "completed" else f", {state}"
    return EvidenceRow(
        id=str(node.number("id")),
        title=node.name_of("build"),
        place=node.text("name"),
        pipeline="",
        at=at.replace(microsecond=0),
        outcome=Outcome.SUCCEEDED if is_good else Outcome.FAILED,
        words=f"test run {node.number('id')}, {node.text('name')}: {passed} of {total - skipped} passed{ended}",
    )
