"""The timetable: windows with what is planned in them, those that a day off or a freeze moves, and the days off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.candidate_list import CandidateList, ListState
from bot.picture import Picture
from bot.programme import Programme
from bot.rfc import Rfc
from bot.window import agree_by
from bot.window_slots import Mark, Slot, slots
from bot.working_days import SATURDAY


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window. `agree_by` is None where it does not take place; `why` says why not, or why it is then."""

    starts: datetime
    ends: datetime
    environment: str
    type: str
    agree_by: datetime | None
    mark: str
    why: str
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreezeRow:
    """Days, both included, on which nothing is deployed in an environment."""

    environment: str
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class DayOffRow:
    """A working day of the week that the programme does not work."""

    day: date
    name: str


def window_rows(picture: Picture, weeks: int) -> tuple[WindowRow, ...]:
    """Every window that has not ended and starts within so many weeks; and what is planned outside of windows."""
    programme, now = picture.facts.programme, picture.facts.now
    end = now + timedelta(weeks=weeks)
    found = [slot for e in programme.environments.values() for slot in slots(e, programme, now, end)]
    found += _outside(found, picture)
    shown = (slot for slot in found if slot.window.end > now and slot.window.start <= end)
    return tuple(
        _row(slot, picture) for slot in sorted(shown, key=lambda s: (s.window.start, s.window.end, s.environment))
    )


def freeze_rows(programme: Programme, now: datetime, weeks: int) -> tuple[FreezeRow, ...]:
    first, last = _days(programme, now, weeks)
    freezes = ((e.name, f) for e in programme.environments.values() for f in e.freezes)
    shown = (FreezeRow(name, f.first, f.last, f.why) for name, f in freezes if f.first <= last and f.last >= first)
    return tuple(sorted(shown, key=lambda row: (row.first, row.environment)))


def day_off_rows(programme: Programme, now: datetime, weeks: int) -> tuple[DayOffRow, ...]:
    first, last = _days(programme, now, weeks)
    closed = sorted(programme.working_days.closed.items())
    return tuple(DayOffRow(day, name) for day, name in closed if first <= day <= last and not _is_weekend(day))


def _days(programme: Programme, now: datetime, weeks: int) -> tuple[date, date]:
    today = now.astimezone(programme.zone).date()
    return today, today + timedelta(weeks=weeks)


def _outside(found: Iterable[Slot], picture: Picture) -> list[Slot]:
    """The times that people wrote on a list or an RFC, and that no rule gives."""
    known = {(slot.environment, slot.window.start, slot.window.type) for slot in found if slot.takes_place}
    planned = (item for item in _planned(picture) if (item.environment, item.window.start, item.type) not in known)
    why = "a list or an RFC names it, and the settings of its environment do not"
    return list({(i.environment, i.window): Slot(i.environment, i.window, Mark.OUTSIDE, why) for i in planned}.values())


def _row(slot: Slot, picture: Picture) -> WindowRow:
    programme, window = picture.facts.programme, slot.window
    return WindowRow(
        starts=window.start,
        ends=window.end,
        environment=slot.environment,
        type=programme.name_of(window.type),
        agree_by=agree_by(window, programme) if slot.takes_place else None,
        mark=slot.mark.value,
        why=slot.why,
        planned=tuple(_words(item) for item in _planned(picture) if slot.takes_place and _is_in(item, slot)),
    )


def _planned(picture: Picture) -> Iterator[CandidateList | Rfc]:
    """The RFCs that stand, and the lists that have none yet."""
    waiting = (ListState.PROPOSED, ListState.AGREED)
    yield from (rfc for _, rfc in sorted(picture.facts.rfcs.items()) if rfc.is_live)
    yield from (c for _, c in sorted(picture.facts.lists.items()) if c.state in waiting)


def _is_in(item: CandidateList | Rfc, slot: Slot) -> bool:
    here = (slot.environment, slot.window.start, slot.window.type)
    return (item.environment, item.window.start, item.type) == here


def _words(item: CandidateList | Rfc) -> str:
    what = "RFC" if isinstance(item, Rfc) else "list"
    return f"{what} {item.id}: {item.party} {item.number or '(no number yet)'} ({item.state.value})"


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
