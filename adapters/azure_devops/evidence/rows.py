"""Rows of evidence: deployments, tagged runs and test runs as they were last read, one shape for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.outcome import Outcome


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One that has ended, `at` in UTC and whole seconds. `id` is its own within its poll: that of a deployment record
    is its run and its stage.

    `title` and `tags` are where the number of the release is looked for; `place` is the environment, stage, tag or
    test run that it belongs to; `pipeline` the definition, where there is one. `words` say what it is and came to.
    """

    id: str
    title: str
    place: str
    pipeline: str
    at: datetime
    outcome: Outcome
    words: str
    tags: tuple[str, ...] = ()

    @property
    def run(self) -> str:
        return self.id.partition(" ")[0]

    @property
    def stage(self) -> str:
        return self.id.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Kept:
    """What one poll has brought so far, and the mark from which the next one goes on."""

    mark: str = ""
    rows: tuple[EvidenceRow, ...] = ()

    def with_rows(self, rows: tuple[EvidenceRow, ...], since: datetime, mark: str) -> Kept:
        """These besides those kept, of which the same one is read anew; what is older than `since` is let go."""
        merged = {row.id: row for row in (*self.rows, *rows)}
        ordered = sorted((row for row in merged.values() if row.at >= since), key=lambda row: (row.at, row.id))
        return Kept(mark, tuple(ordered))
