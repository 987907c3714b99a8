"""The rollout report of an RFC: what came of a release in an environment, and what is left to do [M12.7]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One defect or change request of the release, and how it stands, in words."""

    id: int
    severity: str
    summary: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Those that came to the same, under a heading such as "Ready for retest"."""

    heading: str
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class WorkOff:
    """Something that is still to be done, and by whom."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class RolloutReport:
    """A rollout report as people read it, whatever it is laid out in.

    `lessons` says why any are asked for, and `no_lessons` why none are.
    """

    title: str
    summary: str
    programme: str
    environment: str
    party: str
    number: str
    type: str
    roadmap: str
    window: str
    approval: str
    rfc: int
    attempts: tuple[str, ...]
    deviations: tuple[str, ...]
    groups: tuple[ReportGroup, ...]
    issues: str
    actions: tuple[WorkOff, ...]
    lessons: tuple[str, ...]
    no_lessons: str
