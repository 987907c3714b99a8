"""The next list of an environment: the window that it stands for, and the last moment to get a fix onto it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.candidate_list import CandidateList, ListState
from bot.dates import spoken, spoken_day
from bot.environment import Environment
from bot.number import Number
from bot.programme import Programme
from bot.rfc import Rfc
from bot.window import Window, agree_by, next_window


@dataclass(frozen=True, slots=True)
class NextList:
    """The list that a fix which becomes ready now would be on."""

    environment: Environment
    programme: Programme
    window: Window

    @property
    def day(self) -> date:
        return self.window.start.astimezone(self.programme.zone).date()

    @property
    def agree_by(self) -> datetime:
        return agree_by(self.window, self.programme)

    def __str__(self) -> str:
        """As people call it, after "in": `the list for Mon 07-Dec-2026`."""
        return f"the list for {spoken_day(self.day)}"

    @property
    def deadline(self) -> str:
        return spoken(self.agree_by, self.programme.zone)

    def on(self, day: date) -> NextList | None:
        """The first one whose window is not before `day`."""
        eve = datetime.combine(day, time(), self.programme.zone) - timedelta(microseconds=1)
        after = max(self.window.start - timedelta(microseconds=1), eve)
        window = next_window(self.environment, self.programme, self.agree_by, after=after)
        return NextList(self.environment, self.programme, window) if window is not None else None


def standing_list(open_lists: Iterable[CandidateList]) -> CandidateList | None:
    """The regular list without an RFC: there is at most one; should there be more, the agreed, then the lowest id."""
    waiting = [c for c in open_lists if c.is_regular and c.state in (ListState.PROPOSED, ListState.AGREED)]
    return min(waiting, key=lambda c: (c.state is not ListState.AGREED, c.id), default=None)


def window_for(
    environment: Environment,
    programme: Programme,
    standing: CandidateList | None,
    under_way: Iterable[Rfc],
    now: datetime,
) -> Window | None:
    """The window that the list stands for, while its notice can be kept; else the next one after those taken."""
    if standing is not None and _may_be_kept(standing, programme, now):
        return standing.window
    return next_window(environment, programme, now, after=max([now, *(rfc.window.start for rfc in under_way)]))


def next_list(
    environment: Environment,
    programme: Programme,
    standing: CandidateList | None,
    under_way: Iterable[Rfc],
    now: datetime,
    *,
    sealed: Number | None,
) -> NextList | None:
    """`sealed` is the last release of the party that was agreed anywhere: what stands for it takes in nothing new."""
    window = window_for(environment, programme, standing, under_way, now)
    if window is not None and standing is not None and _is_settled(standing, sealed):
        window = next_window(environment, programme, now, after=max(now, window.start))
    return NextList(environment, programme, window) if window is not None else None


def _is_settled(standing: CandidateList, sealed: Number | None) -> bool:
    return standing.number is not None and sealed is not None and standing.number <= sealed


def _may_be_kept(standing: CandidateList, programme: Programme, now: datetime) -> bool:
    """Its notice has not run out; or a person has waived the notice, and the window has not begun."""
    is_waived = bool(standing.waiver.strip()) and now < standing.window.start
    return is_waived or now <= agree_by(standing.window, programme)
