"""Environments: the shared places where fixes are deployed and tested, and the rules of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.number import ReleaseType


class Holiday(Enum):
    """What becomes of a weekly window that falls on a day that is not worked."""

    MOVED = "moved"
    SKIPPED = "skipped"


class Closes(Enum):
    """Who closes an RFC once its release is complete [M Table 9], [C5.5]."""

    BOT = "bot"
    RELEASE_MANAGER = "release_manager"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A window that returns every week: `weekday` 0 is Monday, `start` is local time of the programme."""

    weekday: int
    start: time
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Dated:
    """An extra window on a date, for a release of the type that it names. Instants are aware."""

    start: datetime
    end: datetime
    type: ReleaseType


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days (both included) on which nothing is deployed here, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class MustPass:
    """Another environment that a build has to have been deployed to first [C4.4], [M8.1]."""

    environment: str
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment. People are sign-in names, by the name of the role that they hold here.

    An RFC is approved, a list agreed, by one person who holds any of the roles named in `approvals` or `agrees`.
    `approval_needs`: the control points, of 2 to 6, without which no approval counts [M12.7].
    Where no deployment managers, or no test managers, are named, anybody reports a deployment, or a smoke test.
    """

    name: str
    phase: str = ""
    approvals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    agrees: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deployment_managers: frozenset[str] = frozenset()
    test_managers: frozenset[str] = frozenset()
    environments_managers: frozenset[str] = frozenset()
    build_managers: frozenset[str] = frozenset()
    approval_needs: frozenset[int] = frozenset({2})
    test_defect_manager: str = ""
    level_with: tuple[str, ...] = ()
    must_pass: tuple[MustPass, ...] = ()
    regular_type: ReleaseType = ReleaseType.PATCH
    weekly: tuple[Weekly, ...] = ()
    dated: tuple[Dated, ...] = ()
    holiday: Holiday = Holiday.MOVED
    freezes: tuple[Freeze, ...] = ()
    smoke_test: bool = False
    closes: Closes = Closes.RELEASE_MANAGER

    def frozen_on(self, day: date) -> Freeze | None:
        return next((freeze for freeze in self.freezes if freeze.first <= day <= freeze.last), None)
