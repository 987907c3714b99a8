"""Environments: the shared places where fixes are deployed and tested, and the rules of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.number import Number, ReleaseType


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
    """An extra window on a date, for a release of the type that it names. Instants are aware.

    `roadmap` is what the roadmap calls the release, `after` the one that has to have arrived before it [M7.5];
    `numbers` are those that parties have announced for it.
    """

    start: datetime
    end: datetime
    type: ReleaseType
    roadmap: str = ""
    after: str = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days (both included) on which nothing is deployed here, and why."""

    first: date
    last: date
    why: str


class PassedBy(Enum):
    """What proves that a fix has passed an environment: its build deployed there, or its defect named as tested."""

    DEPLOYED = "deployed"
    TESTED_IN = "tested_in"


@dataclass(frozen=True, slots=True)
class MustPass:
    """Another environment that a build has to have passed first [C4.4], [M8.1].

    `except_found_here`: what only this environment found does not have to.
    """

    environment: str
    is_mandatory: bool
    by: PassedBy = PassedBy.DEPLOYED
    except_found_here: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment. People are sign-in names, by the name of the role that they hold here.

    An RFC is approved, a list agreed, by one person who holds any of the roles named in `approvals` or `agrees`.
    `approval_needs`: the control points, of 2 to 6, without which no approval counts [M12.7].
    `stands_for`: the environments that a party may run as this one place [M8.2].
    Where no deployment managers, or no test managers, are named, anybody reports a deployment, or a smoke test.
    """

    name: str
    stands_for: tuple[str, ...] = ()
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

    @property
    def covers(self) -> frozenset[str]:
        """Its own name, and those of the environments that it stands for."""
        return frozenset({self.name, *self.stands_for})

    def dated_for(self, start: datetime, type_: ReleaseType) -> Dated | None:
        """The extra window that starts then for a release of this type; None for a weekly one."""
        return next((d for d in self.dated if d.start == start and d.type is type_), None)

    def frozen_on(self, day: date) -> Freeze | None:
        return next((freeze for freeze in self.freezes if freeze.first <= day <= freeze.last), None)
