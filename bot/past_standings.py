"""Past standings: which defects could be handed over at an instant, and since when, as the deployments of then say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import dropwhile

from bot.facts import Facts
from bot.history import Step
from bot.past import Past
from bot.picture import Picture
from bot.raised_by_hand import ARRIVED, as_if_listed
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Standing, Where

JUST_BEFORE = timedelta(microseconds=1)
Moves = Iterable[tuple[datetime, int]]
"""When which defect was handed over."""


class PastStandings:
    """Pictures of thousands of defects are costly: as few as can be are made, and of each only what is due is kept."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._due: dict[datetime, Mapping[int, Standing]] = {}
        self._rfcs = {id: steps for id, steps in past.histories.items() if _is_of_rfc(steps)}
        self._deployments = {id: after for id, steps in self._rfcs.items() if (after := _from_deployed(steps))}

    def due(self, at: datetime) -> Mapping[int, Standing]:
        """The defects that would have been handed over then."""
        if at not in self._due:
            found = standings(_picture(self._past.as_of(at)))
            self._due[at] = {id: standing for id, standing in found.items() if standing.where is Where.MOVE}
        return self._due[at]

    def before(self, moves: Moves) -> Iterator[tuple[datetime, Standing, Picture]]:
        """Each defect just before it was handed over; the picture is that of the RFCs of then.

        Where a defect stands depends on the RFCs and on itself: one picture serves for all that were handed over
        between two changes of RFCs, each of them as it was just before.
        """
        changes = sorted({step.at for steps in self._rfcs.values() for step in steps})
        for group in _grouped(sorted(moves), changes):
            facts = self._past.as_of(min(group.values()))
            found = ((id, self._past.defect_as_of(id, at - JUST_BEFORE)) for id, at in group.items())
            defects = {**facts.defects, **{id: defect for id, defect in found if defect is not None}}
            picture = _picture(replace(facts, defects=defects))
            stood = standings(picture)
            yield from ((at, stood[id], picture) for id, at in group.items() if id in stood)

    def due_since(self, id: int, rfc: int, moved: datetime) -> datetime:
        """The change of the RFC or of the defect from which on the hand-over was due without a break."""
        deployed = self._deployments.get(rfc, ())
        changes = {step.at for step in (*deployed, *self._past.histories.get(id, ()))}
        first = max(self._past.known_from, min((step.at for step in deployed), default=moved))
        since = moved
        for instant in sorted((c for c in changes if first <= c < moved), reverse=True):
            if id not in self.due(instant):
                break
            since = instant
        return since

    def deployed_since(self) -> list[datetime]:
        """Whenever an RFC changed that was deployed, and the end: what is due then, and not made, stays due."""
        past = self._past
        changes = {step.at for steps in self._deployments.values() for step in steps}
        return sorted({at for at in changes if past.since <= at <= past.until} | {past.until})

    def lasted(self, id: int, at: datetime, until: datetime) -> bool:
        """Whether no change of an RFC took back, within that time, that the defect could be handed over."""
        changes = (instant for instant in self.deployed_since() if at < instant <= until)
        return all(id in self.due(instant) for instant in changes)


def _picture(facts: Facts) -> Picture:
    return Picture(as_if_listed(facts))


def _is_of_rfc(steps: Iterable[Step]) -> bool:
    return any(isinstance(step.state, RfcState) for step in steps)


def _from_deployed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The history of an RFC from its first deployment on: before it nothing is due."""
    return tuple(dropwhile(lambda step: step.state not in ARRIVED, steps))


def _grouped(moves: Moves, changes: Sequence[datetime]) -> Iterator[Mapping[int, datetime]]:
    """Between two changes each defect once: what was handed over a second time there begins another group."""
    last, group = -1, dict[int, datetime]()
    for at, id in moves:
        position = bisect_right(changes, at)
        if group and (position != last or id in group):
            yield group
            group = {}
        last, group[id] = position, at
    if group:
        yield group
