"""Rehearsed moves: each hand-over to a tester by people, beside the one that the deployments would have led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from bot.candidate_list import Entry
from bot.dates import short, spoken
from bot.defect import Defect, State
from bot.deployment import Deployment
from bot.difference import Difference, What, span
from bot.outcome import Outcome
from bot.past import Past
from bot.past_standings import PastStandings
from bot.picture import Picture
from bot.where import Standing, Where

PROMPT = timedelta(hours=1)
"""A hand-over within this time of the moment at which it could be made is as good as Shunter's."""


@dataclass(frozen=True, slots=True)
class RehearsedMove:
    """One hand-over. `delay` is None where Shunter would not have made it, or people never did."""

    environment: str
    party: str
    delay: timedelta | None
    difference: Difference | None


def rehearse_moves(past: Past) -> Iterator[RehearsedMove]:
    """Every hand-over from resolved to Ready for Retest; then those that were due and that nobody made [M7.4]."""
    seen = PastStandings(past)
    for at, standing, picture in seen.before(_made(past)):
        if standing.where is Where.MOVE and standing.deployment is not None:
            yield _same_or_late(standing, standing.deployment, at, seen)
        else:
            yield _not_due(standing, at, picture)
    yield from _never_made(seen, past)


def _made(past: Past) -> Iterator[tuple[datetime, int]]:
    for id, steps in past.histories.items():
        states = [step for step in steps if step.state is not None]
        for before, after in pairwise(states):
            is_move = before.state is State.RESOLVED and after.state is State.READY_FOR_RETEST
            if is_move and past.since <= after.at <= past.until:
                yield after.at, id


def _same_or_late(due: Standing, deployment: Deployment, at: datetime, seen: PastStandings) -> RehearsedMove:
    delay = at - seen.due_since(due.defect.id, deployment.rfc.id, at)
    if delay > PROMPT:
        words = f"{due.words}; handed over {span(delay)} after it could be"
        return _differs(due.defect, at, What.LATE, words, delay)
    return RehearsedMove(deployment.rfc.environment, deployment.rfc.party, delay, None)


def _not_due(standing: Standing, at: datetime, picture: Picture) -> RehearsedMove:
    elsewhere = _arrived_elsewhere(standing, picture)
    if elsewhere is None:
        return _differs(standing.defect, at, What.EXTRA, f"{standing.words}; {standing.next_step}")
    zone, found_in = picture.facts.programme.zone, ", ".join(standing.defect.found_in)
    arrived = f"{elsewhere.rfc.key} arrived on {spoken(elsewhere.at, zone)} (RFC {elsewhere.rfc.id})"
    ran = picture.running(found_in, standing.defect.party) or "nothing known"
    words = f"{arrived}, and {found_in} found it, which ran {ran} then: {standing.words}"
    return _differs(standing.defect, at, What.WRONG_ENVIRONMENT, words)


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
    listed = picture.list_of_rfc.get(deployment.rfc.id)
    return listed.entries if listed is not None else frozenset()


def _never_made(seen: PastStandings, past: Past) -> Iterator[RehearsedMove]:
    known: set[tuple[int, int]] = set()
    zone = past.as_of(past.until).programme.zone
    for instant in seen.deployed_since():
        for id, due in seen.due(instant).items():
            rfc = due.deployment.rfc.id if due.deployment is not None else 0
            if (id, rfc) not in known and seen.lasted(id, instant, instant + PROMPT):
                yield from _neglected(due, seen.due_since(id, rfc, instant), past, zone)
            known.add((id, rfc))


def _neglected(due: Standing, at: datetime, past: Past, zone: tzinfo) -> Iterator[RehearsedMove]:
    """What people took further at once was not neglected."""
    steps = past.histories.get(due.defect.id, ())
    after = next((step for step in steps if step.at > at and step.state is not None), None)
    ended = after.at if after is not None else past.until
    if ended - at <= PROMPT or (after is not None and after.state is State.READY_FOR_RETEST):
        return
    then = f", and it was {after.state.value} on {short(after.at, zone)}" if after and after.state else ""
    yield _differs(due.defect, at, What.MISSING, f"{due.words}; nobody handed it over{then}")


def _differs(defect: Defect, at: datetime, what: What, why: str, delay: timedelta | None = None) -> RehearsedMove:
    environment = ", ".join(defect.found_in)
    difference = Difference(at, environment, defect.party, what, defect.id, defect.severity, why, defect.title)
    return RehearsedMove(environment, defect.party, delay, difference)
