"""The replay: what an environment has, told from nothing but what arrived there and went back, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.candidate_list import CandidateList
from bot.defect import Fix
from bot.facts import Facts
from bot.number import Number
from bot.rfc import Rfc, RfcState

Newest = Mapping[int, Number]
"""Of each defect that is fixed somewhere, the newest version that is there."""


def replayed(world: Facts, environment: str, party: str = "DCC") -> Newest:
    """A deployment adds what its list names; a rollback of the last one brings back what was there before it."""
    before: list[tuple[int, Newest]] = []
    here: Newest = {}
    for rfc, state in _events(world, environment, party):
        if state is RfcState.DEPLOYED:
            before.append((rfc.id, here))
            here = newest([*_fixes(here), *named(world.lists[rfc.list_id or 0])])
        elif before and before[-1][0] == rfc.id:
            here = before.pop()[1]
    return here


def last_arrival(world: Facts, environment: str, party: str = "DCC") -> Rfc | None:
    standing: list[Rfc] = []
    for rfc, state in _events(world, environment, party):
        standing = [*standing, rfc] if state is RfcState.DEPLOYED else [r for r in standing if r.id != rfc.id]
    return standing[-1] if standing else None


def newest(fixes: Iterable[Fix]) -> Newest:
    found: dict[int, Number] = {}
    for fix in fixes:
        found[fix.defect] = max(fix.number, found.get(fix.defect, fix.number))
    return found


def named(sealed: CandidateList) -> Iterator[Fix]:
    return (entry.fix for entry in sealed.entries)


def lacking(here: Newest, there: Newest, *, up_to: Number | None = None) -> Newest:
    """What is there, as far as that number, and not here in the same version or a later one."""
    wanted = {id: n for id, n in there.items() if up_to is None or n <= up_to}
    return {id: n for id, n in wanted.items() if id not in here or here[id] < n}


def _fixes(found: Newest) -> Iterator[Fix]:
    return (Fix(id, number) for id, number in found.items())


def _events(world: Facts, environment: str, party: str) -> list[tuple[Rfc, RfcState]]:
    told = [
        (step.at, rfc.id, step.state)
        for rfc in world.rfcs.values()
        if (rfc.environment, rfc.party) == (environment, party)
        for step in world.histories.get(rfc.id, ())
        if step.state in (RfcState.DEPLOYED, RfcState.ROLLED_BACK)
    ]
    return [(world.rfcs[id], RfcState(state)) for _, id, state in sorted(told, key=lambda event: event[:2])]
