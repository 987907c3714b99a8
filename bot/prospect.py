"""The prospect: what the resolved fixes of one party are judged against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

from bot.candidate_list import CandidateList
from bot.contents import NOTHING, Fixes, Releases
from bot.defect import Defect
from bot.deployment import Deployment
from bot.left_out import LeftOut, Reason
from bot.next_list import NextList
from bot.number import Number, ReleaseType
from bot.outcome import Outcome
from bot.party import Party
from bot.programme import Programme
from bot.window import Window

Windows = Mapping[ReleaseType, Mapping[str, Window]]
"""By type of release, then by environment: the next window of each."""
_FAR = datetime.max.replace(tzinfo=UTC)


class By(Enum):
    """Who wants a number, in words that fit after the release that they are about."""

    PERSON = "a person chose"
    SETTINGS = "the settings name"
    SHUNTER = "Shunter gives next"


@dataclass(frozen=True, slots=True)
class Settled:
    """A number that stands before any fix is looked at."""

    number: Number
    by: By


@dataclass(frozen=True, slots=True)
class Prospect:
    """`windows` holds every type that the party's environments take, one that has none left among them.

    `next_lists` are by type and environment. `sealed` is, by type, all that the release before the next one contains;
    `settled` the numbers that stand already; `ahead` the start of the first window of each agreed release that has
    arrived nowhere yet; `undone` what was rolled back, and in which environment.
    """

    programme: Programme
    party: Party
    releases: Releases
    defects: Mapping[int, Defect]
    windows: Windows
    next_lists: Mapping[ReleaseType, Mapping[str, NextList]] = field(default_factory=dict)
    sealed: Mapping[ReleaseType, Fixes] = field(default_factory=dict)
    settled: Mapping[ReleaseType, Settled] = field(default_factory=dict)
    ahead: Mapping[Number, datetime] = field(default_factory=dict)
    undone: frozenset[tuple[str, Number]] = frozenset()

    def type_of(self, defect: Defect) -> ReleaseType:
        """Of its version; a fix without a regular one is judged as if it went with the first window."""
        if defect.version is not None and defect.version.is_regular:
            return defect.version.type
        return next(iter(by_window(self.windows)), ReleaseType.PATCH)

    def lists_for(self, defect: Defect) -> Mapping[str, NextList]:
        return self.next_lists.get(self.type_of(defect), {})

    def next_list(self, defect: Defect) -> NextList | None:
        """That of the environment which found it; the first of its party, where none of its environments did."""
        return min(self.lists_where_found(defect), key=lambda coming: coming.agree_by, default=None)

    def lists_where_found(self, defect: Defect) -> Collection[NextList]:
        """Those of the environments that found it; all of its party, where none of them did."""
        lists = self.lists_for(defect)
        return [lists[e] for e in defect.found_in if e in lists] or lists.values()

    def out(self, defect: Defect, reason: Reason, words: str, condition: str, *, rather: str = "") -> LeftOut:
        """Left out unless something is done in time; `rather`: what else may be done, or need not."""
        coming = self.next_list(defect)
        first = f"{rather}; or in" if rather else "in"
        if coming is None:
            return LeftOut(defect.id, reason, words, f"{first} the next list if {condition}")
        remedy = f"{first} {coming} if {condition} by {coming.deadline}"
        return LeftOut(defect.id, reason, words, remedy, coming.agree_by)

    def sealed_for(self, defect: Defect) -> Fixes:
        return self.sealed.get(self.type_of(defect), NOTHING)


def by_window(windows: Windows) -> list[ReleaseType]:
    """The types in the order of their first windows; of one moment the larger first."""
    return sorted(windows, key=lambda type_: (first_start(windows, type_), list(ReleaseType).index(type_)))


def first_start(windows: Windows, type_: ReleaseType) -> datetime:
    return min((w.start for w in windows.get(type_, {}).values()), default=_FAR)


def not_arrived(sealed: Iterable[CandidateList], releases: Releases) -> Mapping[Number, datetime]:
    """The agreed regular releases that have arrived nowhere, each with the start of its first window."""
    found: dict[Number, datetime] = {}
    for c in sealed:
        n = c.number
        if n is not None and n.is_regular and n in releases.brought and not releases.has_arrived(n):
            found[n] = min(found.get(n, c.window.start), c.window.start)
    return found


def rolled_back(party: str, deployments: Iterable[Deployment]) -> frozenset[tuple[str, Number]]:
    """What was taken away again, and in which environment."""
    mine = (d for d in deployments if d.rfc.party == party and d.outcome is Outcome.ROLLED_BACK)
    return frozenset((d.rfc.environment, d.number) for d in mine)
