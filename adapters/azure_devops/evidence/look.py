"""Evidence: what is configured to show that a release was deployed, or tested, asked for anew at every look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from adapters.azure_devops.evidence.environment_records import EnvironmentRecords
from adapters.azure_devops.evidence.operations import PipelineOperations
from adapters.azure_devops.evidence.release_deployments import changed_deployments
from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.azure_devops.evidence.runs_of_tests import changed_runs
from adapters.azure_devops.evidence.source import Poll, Source, SourceKind, polls_of
from adapters.azure_devops.evidence.tagged_builds import tagged_builds
from adapters.azure_devops.gateway import Gateway

LOOK_BACK = timedelta(days=30)
"""What ended longer ago is no news: a person confirms it."""
OVERLAP = timedelta(minutes=10)
"""What is asked for by time is asked for this much again, since it may be shown late."""

MARK_HOLDS = timedelta(hours=1)


class Evidence:
    """Raises a `Failure` where a source cannot be read: then what it brought before still holds."""

    def __init__(self, gateway: Gateway, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)
        self._operations = PipelineOperations(gateway)
        self._records = EnvironmentRecords(self._operations)

    @property
    def polls(self) -> tuple[Poll, ...]:
        return polls_of(self.sources)

    def look(self, poll: Poll, kept: Kept, now: datetime) -> Kept:
        """One request where nothing is new. `now`: the server's time."""
        since = now - LOOK_BACK
        match poll.kind:
            case SourceKind.PIPELINE:
                return self._records.look(poll, kept, since)
            case SourceKind.BUILD:
                return Kept().with_rows(tagged_builds(self._operations, poll, since), since, "")
            case SourceKind.RELEASE:
                rows = changed_deployments(self._operations, poll, _changed_since(kept, since))
                return self._besides(kept, rows, now)
            case SourceKind.TEST_RUN:
                rows = changed_runs(self._operations, poll, _changed_since(kept, since), now + OVERLAP)
                return self._besides(kept, rows, now)
            case _:
                assert_never(poll.kind)

    def _besides(self, kept: Kept, rows: tuple[EvidenceRow, ...], now: datetime) -> Kept:
        """The mark moves on where something came, and now and then: a look that brings nothing writes nothing."""
        besides = kept.with_rows(rows, now - LOOK_BACK, kept.mark)
        is_fresh = bool(kept.mark) and now - datetime.fromisoformat(kept.mark) < MARK_HOLDS
        return kept if besides == kept and is_fresh else replace(besides, mark=(now - OVERLAP).isoformat())


def _changed_since(kept: Kept, since: datetime) -> datetime:
    return max(since, datetime.fromisoformat(kept.mark)) if kept.mark else since
