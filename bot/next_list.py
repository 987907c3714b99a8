"""The next list of an environment: the window that it stands for, and the last moment to get a fix onto it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.candidate_list import CandidateList
from bot.dates import spoken, spoken_day
from bot.environment import Environment
from bot.facts import Facts
from bot.number import Number, ReleaseType
from bot.programme import Programme
from bot.rfc import Rfc
from bot.standing_list import keeps_its_window
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
        window = next_window(self.environment, self.programme, self.agree_by, type=self.window.type, after=after)
        return NextList(self.environment, self.programme, window) if window is not None else None


def window_for(
    environment: Environment, type_: ReleaseType, standing: CandidateList | None, under_way: Iterable[Rfc], facts: Facts
) -> Window | None:
    """The window that the list stands for, while its notice can be kept; else the next one after those taken."""
    if standing is not None and keeps_its_window(standing, facts):
        return standing.window
    taken = (rfc.window.start for rfc in under_way if rfc.type is type_)
    return next_window(environment, facts.programme, facts.now, type=type_, after=max([facts.now, *taken]))


def next_list(
    environment: Environment,
    standing: CandidateList | None,
    under_way: Iterable[Rfc],
    facts: Facts,
    *,
    type: ReleaseType,
    sealed: Number | None,
) -> NextList | None:
    """`sealed` is the last release of the party that was agreed anywhere: what stands for it takes in nothing new."""
    window, programme = window_for(environment, type, standing, under_way, facts), facts.programme
    if window is not None and standing is not None and _is_settled(standing, sealed):
        window = next_window(environment, programme, facts.now, type=type, after=max(facts.now, window.start))
    return NextList(environment, programme, window) if window is not None else None


def _is_settled(standing: CandidateList, sealed: Number | None) -> bool:
    return standing.number is not None and sealed is not None and standing.number <= sealed
