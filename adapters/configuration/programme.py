"""The programme out of the settings: environments, parties, calendar and notice as the rules know them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.bank_holidays import closed_days
from adapters.configuration.checks.calendar import placed
from adapters.configuration.settings import (
    EnvironmentSettings,
    ExtraWindowSettings,
    MustPassSettings,
    PartySettings,
    ProgrammeSettings,
    Settings,
    WindowSettings,
)
from bot.environment import Closes, Dated, Environment, Freeze, Holiday, MustPass, PassedBy, Weekly
from bot.number import Number, ReleaseType, read_number
from bot.party import Numbers, Party, WayBack
from bot.programme import Programme
from bot.working_days import WorkingDays

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def programme_of(settings: Settings, zone: ZoneInfo) -> Programme:
    own = settings.programme
    return Programme(
        name=own.name,
        working_days=WorkingDays(zone, closed_days(_shutdown_days(own))),
        environments={name: _environment(name, e, zone) for name, e in settings.environments.items()},
        parties={name: _party(name, party) for name, party in settings.parties.items()},
        notice={ReleaseType(name): days for name, days in own.notice},
        internal_test=own.internal_test,
        type_names={ReleaseType(name): shown for name, shown in own.type_names},
        governance=frozenset(own.governance),
        concerned=_roles(own.concerned),
        readiness_blocks=own.readiness_blocks,
    )


def _shutdown_days(own: ProgrammeSettings) -> dict[date, str]:
    return {
        days.first + timedelta(days=offset): days.why
        for days in own.shutdowns
        for offset in range((days.last - days.first).days + 1)
    }


def _environment(name: str, own: EnvironmentSettings, zone: ZoneInfo) -> Environment:
    return Environment(
        name=name,
        stands_for=tuple(own.stands_for),
        phase=own.phase,
        approvals=_roles(own.approvals),
        agrees=_roles(own.agrees),
        deployment_managers=frozenset(own.deployment_managers),
        environments_managers=frozenset(own.environments_managers),
        build_managers=frozenset(own.build_managers),
        approval_needs=frozenset(own.approval_needs),
        test_managers=frozenset(own.test_managers),
        test_defect_manager=own.test_defect_manager,
        level_with=tuple(own.level_with),
        must_pass=tuple(_must_pass(required) for required in own.must_pass),
        regular_type=ReleaseType(own.regular_type),
        weekly=tuple(_weekly(window) for window in own.windows),
        dated=tuple(_dated(window, zone) for window in own.extra_windows),
        holiday=Holiday(own.on_holiday),
        freezes=tuple(Freeze(days.first, days.last, days.why) for days in own.freezes),
        smoke_test=own.smoke_test,
        closes=Closes(own.closes),
    )


def _must_pass(own: MustPassSettings) -> MustPass:
    return MustPass(own.environment, own.mandatory, PassedBy(own.by), own.except_found_here)


def _roles(roles: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {role: frozenset(people) for role, people in roles.items()}


def _weekly(window: WindowSettings) -> Weekly:
    any_day = date(2001, 1, 1)
    start, end = datetime.combine(any_day, window.start), datetime.combine(any_day, window.end)
    duration = end - start + timedelta(days=window.next_day)
    return Weekly(_WEEKDAYS.index(window.day), window.start, duration)


def _dated(window: ExtraWindowSettings, zone: ZoneInfo) -> Dated:
    return Dated(
        start=placed(window.start, zone),
        end=placed(window.end, zone),
        type=ReleaseType(window.type),
        roadmap=window.roadmap,
        after=window.after,
        numbers=_readable(window.numbers),
    )


def _readable(numbers: dict[str, str]) -> dict[str, Number]:
    read = {name: read_number(number) for name, number in numbers.items()}
    return {name: number for name, number in read.items() if number is not None}


def _party(name: str, own: PartySettings) -> Party:
    return Party(
        name=name,
        components=tuple(own.components),
        environments=tuple(own.environments),
        people=frozenset(own.people) | frozenset(own.release_managers),
        release_managers=frozenset(own.release_managers),
        way_back=WayBack(own.way_back),
        numbers=Numbers(own.numbers),
        baseline=_readable(own.baseline),
    )
