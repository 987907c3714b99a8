"""The release note of an RFC: what a release brings to an environment, composed as values [M12.10]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One fixed defect on a note."""

    id: int
    severity: str
    summary: str
    number: str
    found_in: str


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Defects of one role, under a heading such as "Retest in SIT-A"."""

    heading: str
    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change request on a note."""

    id: int
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """A defect that stays open in the environment, and the way around it."""

    id: int
    severity: str
    summary: str
    workaround: str


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """A release note as people read it, whatever it is laid out in."""

    title: str
    programme: str
    reason: str
    number: str
    type: str
    date: str
    environment: str
    party: str
    components: str
    window: str
    downtime: str
    instructions: str
    way_back: str
    roadmap: str
    candidate_list: int
    edition: int
    seal: str
    groups: tuple[NoteGroup, ...]
    changes: tuple[ChangeLine, ...]
    known_issues: tuple[KnownIssue, ...]

    @property
    def count(self) -> int:
        """How many defects and change requests it names: the same number as on the list and in the links."""
        return sum(len(group.lines) for group in self.groups) + len(self.changes)
