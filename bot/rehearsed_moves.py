"""Rehearsed moves: each hand-over to a tester by people, beside the one that the deployments would have led to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.candidate_list import Entry
from bot.dates import short, spoken
from bot.defect import Defect, State
from bot.deployment import Deployment, Outcome
from bot.difference import Difference, What, span
from bot.history import Step
from bot.past import Past
from bot.picture import Picture
from bot.raised_by_hand import as_if_listed
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Standing, Where

PROMPT = timedelta(hours=1)
"""A hand-over within this time of the moment at which it could be made is as good as Shunter's."""
_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class RehearsedMove:
    """One hand-over. `delay` is None where Shunter would not have made it, or people never did."""

    environment: str
    party: str
    delay: timedelta | None
    difference: Difference | None


def rehearse_moves(past: Past) -> Iterator[RehearsedMove]:
    """Every hand-over from resolved to Ready for Retest; then those that were due and that nobody made [M7.4]."""
    looks = _Looks(past)
    for at, id in sorted(_made(past)):
        yield from _judged(id, at, looks, past)
    yield from _never_made(looks, past)


class _Looks:
    """What would have been seen at each instant. Pictures are large: one is kept, and the outcome of all."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._last: tuple[datetime, Picture] | None = None
        self._due: dict[datetime, Mapping[int, Standing]] = {}

    def picture(self, at: datetime) -> Picture:
        if self._last is None or self._last[0] != at:
            self._last = (at, Picture(as_if_listed(self._past.as_of(at))))
        return self._last[1]

    def due(self, at: datetime) -> Mapping[int, Standing]:
        """The defects that would have been handed over then."""
        if at not in self._due:
            found = standings(self.picture(at))
            self._due[at] = {id: standing for id, standing in found.items() if standing.where is Where.MOVE}
        return self._due[at]


def _made(past: Past) -> Iterator[tuple[datetime, int]]:
    for id, steps in past.histories.items():
        states = [step for step in steps if step.state is not None]
        for before, after in pairwise(states):
            is_move = before.state is State.RESOLVED and after.state is State.READY_FOR_RETEST
            if is_move and past.since <= after.at <= past.until:
                yield after.at, id


def _judged(id: int, at: datetime, looks: _Looks, past: Past) -> Iterator[RehearsedMove]:
    seen = looks.picture(at - _JUST_BEFORE)
    standing = standings(seen).get(id)
    if standing is None:
        return
    if standing.where is Where.MOVE and standing.deployment is not None:
        yield _same_or_late(standing, standing.deployment, at, looks, past)
    elif (elsewhere := _arrived_elsewhere(standing, seen)) is not None:
        zone, found_in = seen.facts.programme.zone, ", ".join(standing.defect.found_in)
        arrived = f"{elsewhere.rfc.key} arrived on {spoken(elsewhere.at, zone)} (RFC {elsewhere.rfc.id})"
        words = f"{arrived}, and {found_in} found it; there: {standing.words}"
        yield _differs(standing.defect, at, What.WRONG_ENVIRONMENT, words)
    else:
        yield _differs(standing.defect, at, What.EXTRA, f"{standing.words}; {standing.next_step}")


def _same_or_late(standing: Standing, deployment: Deployment, at: datetime, looks: _Looks, past: Past) -> RehearsedMove:
    delay = at - _due_since(standing.defect.id, deployment.rfc.id, at, looks, past)
    if delay > PROMPT:
        return _differs(
            standing.defect, at, What.LATE, f"{standing.words}; handed over {span(delay)} after it could be", delay
        )
    return RehearsedMove(deployment.rfc.environment, deployment.rfc.party, delay, None)


def _due_since(id: int, rfc: int, moved: datetime, looks: _Looks, past: Past) -> datetime:
    """The change of the RFC or of the defect from which on the hand-over was due without a break."""
    changes = {step.at for item in (id, rfc) for step in past.histories.get(item, ())}
    since = moved
    for instant in sorted((c for c in changes if past.known_from <= c < moved), reverse=True):
        standing = looks.due(instant).get(id)
        if standing is None or standing.deployment is None or standing.deployment.rfc.id != rfc:
            break
        since = instant
    return since


def _arrived_elsewhere(standing: Standing, picture: Picture) -> Deployment | None:
    """The latest release that brought its fix to another environment, where its own has none of it."""
    defect = standing.defect
    if standing.deployment is not None or len(defect.found_in) != 1:
        return None
    brought = (
        d
        for d in picture.deployments
        if d.outcome is Outcome.SUCCEEDED and d.rfc.party == defect.party and d.rfc.environment not in defect.found_in
        if defect.id in d.rfc.accepted or any(e.fix.defect == defect.id for e in _entries(d, picture))
    )
    return max(brought, key=lambda d: d.at, default=None)


def _entries(deployment: Deployment, picture: Picture) -> frozenset[Entry]:
    listed = picture.facts.lists.get(deployment.rfc.list_id or 0)
    return listed.entries if listed is not None else frozenset()


def _never_made(looks: _Looks, past: Past) -> Iterator[RehearsedMove]:
    seen: set[tuple[int, int]] = set()
    for instant in sorted(_deployed_since(past)):
        for id, standing in looks.due(instant).items():
            deployment = standing.deployment
            if deployment is None or (id, deployment.rfc.id) in seen:
                continue
            seen.add((id, deployment.rfc.id))
            after = next((s for s in past.histories.get(id, ()) if s.at > instant and s.state is not None), None)
            if after is None or after.state is not State.READY_FOR_RETEST:
                yield from _neglected(standing, instant, after, looks, past)


def _deployed_since(past: Past) -> set[datetime]:
    """Whenever an RFC changed that was deployed, and the end: what is due then, and not made, stays due."""
    rfcs = (steps for steps in past.histories.values() if any(step.state is RfcState.DEPLOYED for step in steps))
    deployed = ((step for step in steps if step.at >= _first_deployed(steps)) for steps in rfcs)
    return {step.at for steps in deployed for step in steps if past.since <= step.at <= past.until} | {past.until}


def _first_deployed(steps: Sequence[Step]) -> datetime:
    return next(step.at for step in steps if step.state is RfcState.DEPLOYED)


def _neglected(
    standing: Standing, due: datetime, after: Step | None, looks: _Looks, past: Past
) -> Iterator[RehearsedMove]:
    ended = after.at if after is not None else past.until
    if ended - due <= PROMPT:
        return
    zone = looks.picture(due).facts.programme.zone
    since = f", and it was {after.state.value} on {short(after.at, zone)}" if after and after.state else ""
    yield _differs(standing.defect, due, What.MISSING, f"{standing.words}; nobody handed it over{since}")


def _differs(defect: Defect, at: datetime, what: What, why: str, delay: timedelta | None = None) -> RehearsedMove:
    environment = ", ".join(defect.found_in)
    difference = Difference(at, environment, defect.party, what, defect.id, defect.severity, why, defect.title)
    return RehearsedMove(environment, defect.party, delay, difference)
