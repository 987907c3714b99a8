"""A seed: one defect or change request as it shall stand when the story starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from adapters.sandbox.mhhs_seeds.people import TESS

CRITICAL = "1 - Critical"
HIGH = "2 - High"
MEDIUM = "3 - Medium"
LOW = "4 - Low"


class Stage(Enum):
    """How far a work item has come; the value is the state of a defect that has come so far."""

    NEW = "New"
    ACTIVE = "Active"
    RESOLVED = "Resolved"
    READY_FOR_RETEST = "Ready for Retest"
    CLOSED = "Closed"

    def has_reached(self, other: Stage) -> bool:
        stages = list(Stage)
        return stages.index(self) >= stages.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectSeed:
    """An empty text, or None, leaves the field empty; links are ids of other seeds.

    `held`: the defect manager has held it. `late`: it was resolved only after its build had been deployed.
    """

    id: int
    title: str
    stage: Stage = Stage.RESOLVED
    party: str = ""
    found_in: str = ""
    version: str = ""
    severity: str = MEDIUM
    priority: int = 2
    raised_by: str = TESS
    retest_by: str = ""
    planned_for: date | None = None
    tested_in: str = ""
    tags: tuple[str, ...] = ()
    workaround: str = ""
    depends_on: int | None = None
    duplicate_of: int | None = None
    change: int | None = None
    held: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeed:
    """A change request. `state` is one of its own type; without a version it is not in a build yet."""

    id: int
    title: str
    state: str
    party: str
    description: str
    version: str = ""
    raised_by: str
