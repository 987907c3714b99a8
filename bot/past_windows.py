"""Past windows: those for the regular release of each environment, and the RFCs that people raised for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.environment import Environment
from bot.facts import Facts
from bot.number import ReleaseType
from bot.past import Past
from bot.picture import Picture
from bot.programme import Programme
from bot.raised_by_hand import as_if_listed
from bot.rfc import Rfc
from bot.window import Window, agree_by
from bot.window_slots import slots


def past_windows(
    environment: Environment, programme: Programme, since: datetime, until: datetime
) -> tuple[Window, ...]:
    """Those for its regular release that began and ended in between, oldest first."""
    return tuple(w for w in _begun(environment, programme, since, until) if w.end <= until)


def _begun(environment: Environment, programme: Programme, since: datetime, until: datetime) -> list[Window]:
    found = slots(environment, programme, since, until)
    regular = {s.window for s in found if s.takes_place and s.window.type is environment.regular_type}
    return sorted(w for w in regular if since <= w.start <= until)


def first_cut_off(programme: Programme, since: datetime, until: datetime) -> datetime:
    """The earliest instant for which a list has to be proposed anew."""
    windows = (w for e in programme.environments.values() for w in past_windows(e, programme, since, until))
    return min((agree_by(w, programme) for w in windows), default=since)


@dataclass(frozen=True)
class RaisedFor:
    """The RFCs that stand at the end, by the window for which people raised them; those of no window under None."""

    facts: Facts
    by_window: Mapping[tuple[str, str, Window | None], tuple[Rfc, ...]]
    window_of: Mapping[int, Window]


def raised_for(past: Past) -> RaisedFor:
    """The window of the day that stands on the RFC; else that of the day on which it was deployed.

    Emergencies are for no window of the timetable.
    """
    facts = as_if_listed(past.as_of(past.until))
    picture, programme = Picture(facts), facts.programme
    windows = {e.name: _begun(e, programme, past.since, past.until) for e in programme.environments.values()}
    by_window: dict[tuple[str, str, Window | None], tuple[Rfc, ...]] = {}
    window_of: dict[int, Window] = {}
    for _, rfc in sorted(facts.rfcs.items()):
        deployment = picture.deployment_of(rfc)
        days = [rfc.window.start] + ([deployment.at] if deployment is not None else [])
        is_emergency = rfc.type is ReleaseType.EMERGENCY
        found = None if is_emergency else _window_of(days, windows[rfc.environment], programme.zone)
        if found is None and not _is_between(days, past):
            continue
        key = (rfc.environment, rfc.party, found)
        by_window[key] = (*by_window.get(key, ()), rfc)
        if found is not None:
            window_of[rfc.id] = found
    return RaisedFor(facts, by_window, window_of)


def _window_of(instants: Iterable[datetime], windows: Iterable[Window], zone: tzinfo) -> Window | None:
    for instant in instants:
        day = instant.astimezone(zone).date()
        same_day = [w for w in windows if w.start.astimezone(zone).date() == day]
        if same_day:
            return min(same_day, key=lambda w: abs(w.start - instant))
    return None


def _is_between(instants: Iterable[datetime], past: Past) -> bool:
    return any(past.since <= instant <= past.until for instant in instants)
