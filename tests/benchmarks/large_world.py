"""A large world: a year of releases of every party, the lists and RFCs of this week, and a Monday morning's news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from bot.candidate_list import CandidateList, ListState
from bot.closer_look import histories_needed
from bot.defect import Defect, State
from bot.facts import Facts
from bot.picture import Picture
from bot.rewrite_list import PACE
from bot.rfc import Rfc, RfcState
from jobs.every_job import decide
from tests.benchmarks.large_programme import PARTIES, large_programme
from tests.benchmarks.year import Year, a_year
from tests.bot.after import after, by_somebody
from tests.bot.world import DEFECT_MANAGER, DEPLOYER, MONDAY, NOW, RELEASE_MANAGER, WEEK, facts

WEEKS = 52


def large_world(defects: int, *, parties: int = len(PARTIES), weeks: int = WEEKS, seed: int = 7) -> Facts:
    """A Thursday, and the bot at rest: half of next week's lists have their RFC, and some of those are approved."""
    world = at_rest(_history(defects, parties, weeks, Random(seed)))
    world = at_rest(_agree(world, _proposed(world)[::2]))
    world = at_rest(_set(world, _standing(world, RfcState.RAISED)[::2], RfcState.APPROVED, RELEASE_MANAGER))
    return at_rest(_set(world, _standing(world, RfcState.APPROVED)[::3], RfcState.DEPLOYED, DEPLOYER))


def monday_morning(world: Facts) -> Facts:
    """What is approved is deployed, some of it rolled back; RFCs are rejected, fixes held; some lists are agreed, of
    which a few were sealed just now; for the others the notice has passed."""
    raised, approved, running = (
        _standing(world, state) for state in (RfcState.RAISED, RfcState.APPROVED, RfcState.DEPLOYED)
    )
    proposed = _proposed(world)
    world = replace(world, now=MONDAY + timedelta(minutes=40))
    world = _agree(world, proposed[::4], waiver="Rhona: it cannot wait")
    world = _agree(after(decide(Picture(world), ["agree"]).plan, world), proposed[1::4])
    world = _set(world, approved, RfcState.DEPLOYED, DEPLOYER)
    world = _set(world, running[::2], RfcState.ROLLED_BACK, DEPLOYER)
    world = _set(world, raised[::3], RfcState.REJECTED, RELEASE_MANAGER)
    resolved = [d for _, d in sorted(world.defects.items()) if d.state is State.RESOLVED]
    return _with(world, (replace(d, rev=d.rev + 1, tags=frozenset({"Hold"})) for d in resolved[::20]))


def at_rest(world: Facts) -> Facts:
    """As the bot leaves it when nobody disturbs it."""
    while plan := decide(Picture(world)).plan:
        world = after(plan, world)
        world = replace(world, now=world.now + PACE)
    return world


def _history(defects: int, parties: int, weeks: int, random: Random) -> Facts:
    """Of all defects nine in ten were fixed within the year; the others are open, or resolved for the next release."""
    programme = large_programme(parties)
    ids, each = count(1), defects // parties
    monday = MONDAY - WEEK
    years = [
        a_year(party, each * 9 // 10, monday + WEEK, weeks=weeks, random=random, ids=ids) for party in programme.parties
    ]
    for year in years:
        _this_week(year, each - each * 9 // 10)
    items = [item for year in years for items in (year.defects, year.lists, year.rfcs) for item in items.values()]
    world = facts(*items, now=NOW, programme=programme)
    needed = histories_needed(world)
    histories = {id: steps for year in years for id, steps in year.histories.items() if id in needed}
    return replace(world, histories=histories)


def _this_week(year: Year, rest: int) -> None:
    """A third waits for the next release, some of it with something amiss; the rest is not fixed yet."""
    ready = rest // 3
    version = str(year.next_number)
    year.add(year.found(rest - ready, state=State.OPEN))
    year.add(year.found(ready - ready // 2, version=version))
    amiss: tuple[dict[str, Any], ...] = (
        {},
        {"version": "soon"},
        {"tags": frozenset({"Hold"})},
        {"planned_for": date(2027, 1, 11)},
    )
    for number in range(ready // 2):
        year.add(year.found(1, **{"version": version, **amiss[number % len(amiss)]}))


def _standing(world: Facts, state: RfcState) -> list[Rfc]:
    return [rfc for _, rfc in sorted(world.rfcs.items()) if rfc.state is state]


def _proposed(world: Facts) -> list[CandidateList]:
    return [c for _, c in sorted(world.lists.items()) if c.state is ListState.PROPOSED]


def _agree(world: Facts, lists: Iterable[CandidateList], waiver: str = "") -> Facts:
    for found in lists:
        agreed = replace(found, state=ListState.AGREED, rev=found.rev + 1, changed_by=DEFECT_MANAGER, waiver=waiver)
        histories = by_somebody(world.histories, agreed, world, ListState.AGREED, DEFECT_MANAGER)
        world = replace(world, lists={**world.lists, agreed.id: agreed}, histories=histories)
    return world


def _set(world: Facts, rfcs: Iterable[Rfc], state: RfcState, by: str) -> Facts:
    for found in rfcs:
        rfc = replace(found, state=state, rev=found.rev + 1, changed_at=world.now)
        histories = by_somebody(world.histories, rfc, world, state, by)
        world = replace(world, rfcs={**world.rfcs, rfc.id: rfc}, histories=histories)
    return world


def _with(world: Facts, changed: Iterable[Defect]) -> Facts:
    return replace(world, defects={**world.defects, **{d.id: d for d in changed}})
