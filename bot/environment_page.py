"""The page of an environment in the wiki: what runs there, what comes, and its release notes, composed as values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.release_note import KnownIssue, ReleaseNote


@dataclass(frozen=True, slots=True)
class RunsLine:
    """What one party runs."""

    party: str
    components: str
    version: str
    since: str
    through: str
    rfc: int | None
    words: str


@dataclass(frozen=True, slots=True)
class ComingLine:
    """A release that is asked for, and not deployed yet."""

    rfc: int
    party: str
    number: str
    type: str
    window: str
    state: str


@dataclass(frozen=True, slots=True)
class PageNote:
    """The note of one RFC; where there is none, `words` say why."""

    rfc: int
    title: str
    words: str
    note: ReleaseNote | None


@dataclass(frozen=True, slots=True)
class EnvironmentPage:
    """What people read about one environment, whatever it is laid out in. `left_out`: empty where nothing is."""

    environment: str
    programme: str
    runs: tuple[RunsLine, ...]
    coming: tuple[ComingLine, ...]
    known_issues: tuple[KnownIssue, ...]
    notes: tuple[PageNote, ...]
    left_out: str

    @property
    def quoted(self) -> frozenset[int]:
        """The work items whose long texts stand on it."""
        changes = (line.id for own in self.notes if own.note is not None for line in own.note.changes)
        return frozenset(issue.id for issue in self.known_issues) | frozenset(changes)
