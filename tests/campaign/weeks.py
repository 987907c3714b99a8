"""Weeks: what people do in the same way every week: resolve, agree, approve, deploy, retest, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast, NotFound
from adapters.sandbox.mhhs_seeds.people import TESTERS
from adapters.sandbox.problem import Problem
from tests.campaign.checker import fields as f

NEW_DEFECTS = 5
PLACES = ("SIT-A", "SIT-B")
FIRST_PATCH = 16
MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4


class Weeks:
    """One party, two environments, a release a week, with a number of its own."""

    def __init__(self, azure: Azure) -> None:
        self.azure, self.cast = azure, Cast(azure)
        self._done = azure.clock.now()
        self._patch = FIRST_PATCH

    def until(self, now: datetime) -> None:
        """Whatever is due by now and has not been done; nobody minds where there is nothing to do it to."""
        hour = self._done.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while hour <= now:
            act = ACTS.get((hour.weekday(), hour.hour))
            if act is not None:
                act(self)
            hour += timedelta(hours=1)
        self._done = now

    def resolve(self) -> None:
        self._patch += 1
        for number in range(NEW_DEFECTS):
            tester = self.azure.person(TESTERS[number % len(TESTERS)])
            found = {f.FOUND_IN: PLACES[number % 2], f.PARTY_OF_DEFECT: "DCC"}
            id = tester.create(f.DEFECT, {f.TITLE: f"Reading {number} of week {self._patch} is missing", **found})
            self.cast.resolve(id, f"5.2.{self._patch}.0")

    def agree(self) -> None:
        self._everywhere(lambda place: self.cast.agree(place, "DCC"))

    def approve(self) -> None:
        self._everywhere(lambda place: self.cast.approve(place, "DCC"))

    def deploy(self) -> None:
        self._everywhere(lambda place: self.cast.deploy(place, "DCC"))

    def retest(self) -> None:
        for defect in self.azure.items(f.DEFECT):
            if defect.state == f.RETEST:
                self.cast.retest(defect.id)

    def close(self) -> None:
        self._everywhere(lambda place: self.cast.close(place, "DCC"))

    def _everywhere(self, act: Callable[[str], object]) -> None:
        for place in PLACES:
            with suppress(NotFound, Problem):
                act(place)


ACTS: Mapping[tuple[int, int], Callable[[Weeks], None]] = {
    (THURSDAY, 11): Weeks.agree,
    (FRIDAY, 8): Weeks.approve,
    (MONDAY, 14): Weeks.deploy,
    (MONDAY, 17): Weeks.retest,
    (TUESDAY, 9): Weeks.close,
    (TUESDAY, 10): Weeks.resolve,
}
"""By the day of the week and the hour, in UTC."""
