"""Past standings: which defects could be handed over at an instant, and since when, as the deployments of then say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import dropwhile

from bot.history import Step
from bot.past import Past
from bot.picture import Picture
from bot.raised_by_hand import ARRIVED, as_if_listed
from bot.standing import standings
from bot.where import Standing, Where

JUST_BEFORE = timedelta(microseconds=1)
Moves = Iterable[tuple[datetime, int]]
"""When which defect was handed over."""
_Group = tuple[datetime, Mapping[int, datetime]]


class PastStandings:
    """Pictures of thousands of defects are costly: as few as can be are made, and of each only what is due is kept."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._due: dict[datetime, Mapping[int, Standing]] = {}
        self._deployments = {id: since for id, steps in past.histories.items() if (since := _from_deployed(steps))}

    def picture(self, at: datetime) -> Picture:
        return Picture(as_if_listed(self._past.as_of(at)))

    def due(self, at: datetime) -> Mapping[int, Standing]:
        """The defects that would have been handed over then."""
        if at not in self._due:
            found = standings(self.picture(at))
            self._due[at] = {id: standing for id, standing in found.items() if standing.where is Where.MOVE}
        return self._due[at]

    def before(self, moves: Moves) -> Iterator[tuple[datetime, int, Standing | None]]:
        """Each defect just before it was handed over; None where that was not due.

        Whether it was due depends on the RFCs and on itself alone: so one picture serves for all that were handed
        over between two changes of RFCs, each of them as it was just before.
        """
        for start, group in _grouped(sorted(moves), self._changes()):
            facts = self._past.as_of(start)
            found = ((id, self._past.defect_as_of(id, at - JUST_BEFORE)) for id, at in group.items())
            defects = {**facts.defects, **{id: defect for id, defect in found if defect is not None}}
            seen = standings(Picture(as_if_listed(replace(facts, defects=defects))))
            for id, at in group.items():
                standing = seen.get(id)
                yield at, id, standing if standing is not None and standing.where is Where.MOVE else None

    def due_since(self, id: int, rfc: int, moved: datetime) -> datetime:
        """The change of the RFC or of the defect from which on the hand-over was due without a break."""
        deployed = self._deployments.get(rfc, ())
        changes = {step.at for step in (*deployed, *self._past.histories.get(id, ()))}
        first = max(self._past.known_from, min((step.at for step in deployed), default=moved))
        since = moved
        for instant in sorted((c for c in changes if first <= c < moved), reverse=True):
            standing = self.due(instant).get(id)
            if standing is None or standing.deployment is None or standing.deployment.rfc.id != rfc:
                break
            since = instant
        return since

    def deployed_since(self) -> list[datetime]:
        """Whenever an RFC changed that was deployed, and the end: what is due then, and not made, stays due."""
        past = self._past
        changes = {step.at for steps in self._deployments.values() for step in steps}
        return sorted({at for at in changes if past.since <= at <= past.until} | {past.until})

    def _changes(self) -> list[datetime]:
        """Before the first deployment of an RFC nothing is due by it."""
        changes = {step.at for steps in self._deployments.values() for step in steps}
        return sorted({self._past.known_from, *(at for at in changes if at > self._past.known_from)})


def _from_deployed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The history of an RFC from its first deployment on."""
    return tuple(dropwhile(lambda step: step.state not in ARRIVED, steps))


def _grouped(
    moves: Iterable[tuple[datetime, int]], changes: list[datetime]
) -> Iterator[tuple[datetime, dict[int, datetime]]]:
    """Between two changes each defect once: what was handed over a second time there begins another group."""
    start, group = changes[0], dict[int, datetime]()
    for at, id in moves:
        latest = changes[bisect_right(changes, at) - 1]
        if group and (latest != start or id in group):
            yield start, group
            group = {}
        start, group[id] = latest, at
    if group:
        yield start, group
