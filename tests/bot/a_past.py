"""A past for the tests: what happened, in order, and the facts as they stood after each of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.defect import Defect
from bot.facts import Facts
from bot.history import Step
from bot.past import Past
from bot.programme import Programme
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    a_list,
    a_programme,
    a_window,
    an_rfc,
)

Event = tuple[datetime, Defect | Rfc]
BEFORE = datetime(2026, 11, 1, tzinfo=MONDAY.tzinfo)
_SET_BY = {
    RfcState.APPROVED: RELEASE_MANAGER,
    RfcState.DEPLOYED: DEPLOYER,
    RfcState.ROLLED_BACK: DEPLOYER,
    RfcState.CLOSED: RELEASE_MANAGER,
}


def a_past(
    *events: Event,
    since: datetime = MONDAY - timedelta(days=6),
    until: datetime = MONDAY + timedelta(days=5),
    programme: Programme | None = None,
) -> Past:
    """Each event is an item as it was from that instant on."""
    told = sorted(events, key=lambda event: event[0])
    programme = programme or a_programme()

    def as_of(at: datetime) -> Facts:
        items = {item.id: item for when, item in told if when <= at}
        return Facts(
            now=at,
            bot=BOT,
            programme=programme,
            defects={id: item for id, item in items.items() if isinstance(item, Defect)},
            rfcs={id: item for id, item in items.items() if isinstance(item, Rfc)},
            histories={id: _steps(told, id, at) for id, item in items.items() if isinstance(item, Rfc)},
        )

    def defect_as_of(id: int, at: datetime) -> Defect | None:
        return as_of(at).defects.get(id)

    histories = {id: _steps(told, id, until) for id in {item.id for _, item in told}}
    return Past(as_of, defect_as_of, histories, BEFORE, since, until)


def by_hand(
    id: int = 951, *fixes: int, start: datetime = MONDAY, environment: str = "SIT-A", release: str = "5.2.16.0"
) -> Rfc:
    """Raised by the party for that window, without a list."""
    raised = an_rfc(id, of=a_list(environment=environment, release=release, window=a_window(start)))
    return replace(raised, list_id=None, seal="", edition=0, fixes=frozenset(fixes))


def released(rfc: Rfc, at: datetime | None = None) -> tuple[Event, ...]:
    """Raised four days before its window, approved the day after, deployed in it."""
    start = rfc.window.start
    return (
        (start - timedelta(days=4), rfc),
        (start - timedelta(days=3), replace(rfc, rev=2, state=RfcState.APPROVED)),
        (at or start + timedelta(hours=1), replace(rfc, rev=3, state=RfcState.DEPLOYED)),
    )


def _steps(told: Iterable[Event], id: int, at: datetime) -> tuple[Step, ...]:
    found: list[Step] = []
    before = None
    for rev, (when, item) in enumerate([event for event in told if event[1].id == id and event[0] <= at], start=1):
        by = _SET_BY.get(item.state, PARTY_MANAGER) if isinstance(item, Rfc) else PARTY_MANAGER
        found.append(Step(rev, when, by, item.state if item.state is not before else None))
        before = item.state
    return tuple(found)
