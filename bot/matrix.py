"""The matrix: which version of each party is in each environment, since when and through which RFC, at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.deployment import Deployment, is_to_come
from bot.outcome import FAILURES, Outcome
from bot.party import Party
from bot.picture import Picture

NOTHING_KNOWN = "nothing known"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What one party runs in one environment. `through`: deployment, rollback (of that RFC), or baseline."""

    environment: str
    party: str
    components: tuple[str, ...]
    version: str
    since: datetime | None
    through: str
    rfc: int | None
    words: str


@dataclass(frozen=True, slots=True)
class _Event:
    """A release comes to an environment, or a rollback takes it away again."""

    at: datetime
    deployment: Deployment
    is_rollback: bool


def matrix_rows(picture: Picture, at: datetime | None = None) -> tuple[MatrixRow, ...]:
    """For every environment and the parties that deploy there, in the order of the configuration [C4.3].

    Without `at` it is all that is known by now: the server's answers tell its time to the second only.
    """
    return tuple(_row(environment, party, picture, at) for environment, party in _cells(picture))


def arrivals_unproved(picture: Picture, at: datetime | None = None) -> frozenset[int]:
    """The RFCs by which something runs, as far as it shows, and whose history has not been read.

    One that is closed may have been rolled back before: only its history tells. Behind one that was, another
    may stand: ask again until none is left. Of one that was deployed more than once only it tells when before.
    """
    found = (_standing(_events(environment, party.name, picture, at)) for environment, party in _cells(picture))
    again = {deployment.rfc.id for deployment in picture.deployments if deployment.rfc.attempt > 1}
    return frozenset(again | {stack[-1].rfc.id for stack in found if stack}) - frozenset(picture.facts.histories)


def _cells(picture: Picture) -> Iterator[tuple[str, Party]]:
    programme = picture.facts.programme
    for environment in programme.environments:
        for party in programme.parties.values():
            if environment in party.environments:
                yield environment, party


def _row(environment: str, party: Party, picture: Picture, at: datetime | None) -> MatrixRow:
    events = _events(environment, party.name, picture, at)
    standing = _standing(events)
    last = _last_change(events)
    number = standing[-1].number if standing else party.baseline.get(environment)
    return MatrixRow(
        environment=environment,
        party=party.name,
        components=party.components,
        version=str(number or NOTHING_KNOWN),
        since=last.at if last else None,
        through=_through(last) if last else ("baseline" if number else NOTHING_KNOWN),
        rfc=last.deployment.rfc.id if last else None,
        words=standing[-1].incomplete if standing and standing[-1].outcome is Outcome.SUCCEEDED else "",
    )


def _through(event: _Event) -> str:
    return "rollback" if event.is_rollback else "deployment"


def _events(environment: str, party: str, picture: Picture, at: datetime | None) -> list[_Event]:
    here = (d for d in picture.deployments if (d.rfc.environment, d.rfc.party) == (environment, party))
    found = (event for deployment in here for event in _of(deployment, picture.facts.now))
    return sorted(
        (e for e in found if at is None or e.at <= at), key=lambda e: (e.at, e.is_rollback, e.deployment.rfc.id)
    )


def _of(deployment: Deployment, now: datetime) -> Iterator[_Event]:
    if deployment.outcome in FAILURES or is_to_come(deployment.rfc, now):
        return
    yield _Event(deployment.at, deployment, is_rollback=False)
    if deployment.outcome is Outcome.ROLLED_BACK:
        yield _Event(max(deployment.undone_at or deployment.at, deployment.at), deployment, is_rollback=True)


def _standing(events: Sequence[_Event]) -> list[Deployment]:
    """What arrived and was not taken away, oldest first: the last one runs."""
    gone = [event.deployment for event in events if event.is_rollback]
    return [e.deployment for e in events if not e.is_rollback and e.deployment not in gone]


def _last_change(events: Sequence[_Event]) -> _Event | None:
    """The event that brought what runs: an arrival, or the rollback that brought the former number back."""
    running: list[Deployment] = []
    last = None
    for event in events:
        if not event.is_rollback:
            running.append(event.deployment)
            last = event
        elif running[-1:] == [event.deployment]:
            running.pop()
            last = event
        elif event.deployment in running:
            running.remove(event.deployment)
    return last
