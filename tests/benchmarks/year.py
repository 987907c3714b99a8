"""A year of one party: a release a week in every environment, and what came of each; emergencies in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.contents import latest_of_each
from bot.defect import Defect, Fix, State
from bot.history import Step
from bot.number import Number, ReleaseType
from bot.rfc import Rfc, RfcState
from bot.window import Window
from tests.benchmarks.large_programme import BASELINE, ENVIRONMENTS
from tests.bot.world import a_defect, a_sealed_list, a_window, an_rfc, deployed

OUTCOMES = ["succeeded"] * 90 + ["rolled back"] * 3 + ["failed"] * 3 + ["withdrawn"] * 4
EMERGENCY_EVERY = 9


@dataclass(slots=True)
class Year:
    """What has become of the party so far: work items by id, and what each environment lacks of the code line."""

    party: str
    random: Random
    ids: Iterator[int]
    defects: dict[int, Defect] = field(default_factory=dict)
    lists: dict[int, CandidateList] = field(default_factory=dict)
    rfcs: dict[int, Rfc] = field(default_factory=dict)
    histories: dict[int, tuple[Step, ...]] = field(default_factory=dict)
    lacking: dict[str, set[Fix]] = field(default_factory=lambda: {e: set() for e in ENVIRONMENTS})
    hot: dict[str, set[Fix]] = field(default_factory=lambda: {e: set() for e in ENVIRONMENTS})
    last: Number = BASELINE

    def week(self, fixed: int, start: datetime) -> None:
        """A release of so many fixes, offered to every environment on that Monday."""
        self.last = self.next_number
        new = {self._resolved(self.last) for _ in range(fixed)} | {fix for hot in self.hot.values() for fix in hot}
        for environment in ENVIRONMENTS:
            self.lacking[environment] |= new - self.hot[environment]
            carried = {Entry(fix, Role.CARRIED) for fix in self.hot[environment]}
            entries = {self._entry(fix, environment) for fix in latest_of_each(self.lacking[environment])}
            if entries and self._release(self.last, environment, entries | carried, a_window(start)):
                self.lacking[environment].clear()
            self.hot[environment].clear()

    def emergency(self, start: datetime) -> None:
        """One fix for the first environment that runs the last release, on its own list."""
        place = next((e for e in ENVIRONMENTS[:3] if not self.lacking[e]), None)
        if place is None:
            return
        fix = self._resolved(self.last.next(ReleaseType.EMERGENCY), place)
        window = a_window(start, ReleaseType.EMERGENCY)
        if self._release(fix.number, place, {Entry(fix, Role.RETEST_HERE)}, window):
            self.hot[place].add(fix)

    def add(self, defects: Iterable[Defect]) -> None:
        self.defects |= {defect.id: defect for defect in defects}

    @property
    def next_number(self) -> Number:
        return self.last.next(ReleaseType.PATCH)

    def found(self, how_many: int, **other: Any) -> list[Defect]:
        ids = [next(self.ids) for _ in range(how_many)]
        places = self.random.choices(ENVIRONMENTS, k=how_many)
        return [
            a_defect(id, found_in=place, **{"version": "", "party": self.party, **other})
            for id, place in zip(ids, places, strict=True)
        ]

    def _resolved(self, version: Number, found_in: str = "") -> Fix:
        [defect] = self.found(1, version=str(version))
        self.add([replace(defect, found_in=(found_in,)) if found_in else defect])
        return Fix(defect.id, version)

    def _entry(self, fix: Fix, environment: str) -> Entry:
        here = self.defects[fix.defect].found_in == (environment,)
        return Entry(fix, Role.RETEST_HERE if here else Role.RETEST_ELSEWHERE)

    def _release(self, number: Number, environment: str, entries: set[Entry], window: Window) -> bool:
        outcome = self.random.choice(OUTCOMES)
        sealed = a_sealed_list(
            next(self.ids),
            state=ListState.CLOSED,
            environment=environment,
            party=self.party,
            release=str(number),
            type=window.type,
            window=window,
            entries=frozenset(entries),
        )
        at = window.start + timedelta(minutes=self.random.randrange(100))
        state = RfcState.WITHDRAWN if outcome == "withdrawn" else RfcState.CLOSED
        told = {} if outcome == "withdrawn" else {"outcome": outcome, "deployed_at": at}
        rfc = an_rfc(next(self.ids), of=sealed, state=state, smoke="passed", changed_at=at, **told)
        self.lists[sealed.id], self.rfcs[rfc.id] = sealed, rfc
        self.histories[rfc.id] = deployed(rfc, at)
        if outcome != "succeeded":
            return False
        for entry in entries:
            defect = self.defects[entry.fix.defect]
            if entry.role is Role.RETEST_HERE:
                self.defects[defect.id] = replace(defect, state=State.CLOSED, delivered_by=rfc.id)
        return True


def a_year(party: str, fixed: int, monday: datetime, *, weeks: int, random: Random, ids: Iterator[int]) -> Year:
    """So many fixes, spread over the weeks before `monday`."""
    year = Year(party, random, ids)
    for week in range(weeks):
        start = monday - timedelta(weeks=weeks - week)
        share = fixed * (week + 1) // weeks - fixed * week // weeks
        if share:
            year.week(share, start)
        if week % EMERGENCY_EVERY == random.randrange(EMERGENCY_EVERY):
            year.emergency(start + timedelta(days=2))
    return year
