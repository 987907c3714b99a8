"""Walks: any sequence of what people do in some weeks, with the bot coming to rest in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from hypothesis import strategies as st

from bot.blocks import blocks
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import State
from bot.facts import Facts
from bot.number import Number, ReleaseType
from bot.picture import Picture
from bot.rewrite_list import PACE
from bot.rfc import Rfc, RfcState
from bot.standing_list import WITHOUT_RFC
from tests.bot.a_run import decided
from tests.bot.after import after, by_somebody
from tests.bot.people import ListOrRfc, edits_defect, later, resolves
from tests.bot.replay import last_arrival
from tests.bot.world import (
    DEFECT_MANAGER,
    DEPLOYER,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    WEEK,
    a_defect,
    facts,
    number,
)

ENVIRONMENTS = ("SIT-A", "SIT-B", "UIT")
OF_THE_PARTY = "rm@dcc.example"
UNDER_WAY = (RfcState.RAISED, RfcState.APPROVED)
Step = tuple[str, str, int]
"""What somebody does, where, and to which defect or with which of some values."""


def walks() -> st.SearchStrategy[list[Step]]:
    acts = st.sampled_from([*ACTS, *["resolve", "agree", "approve", "deploy", "release"] * 2])
    return st.lists(st.tuples(acts, st.sampled_from(ENVIRONMENTS), st.integers(0, 7)), min_size=8, max_size=20)


def walked(steps: list[Step]) -> Iterator[Facts]:
    """The world after each step, once the bot has nothing left to do."""
    world = facts()
    for act, environment, which in steps:
        world = at_rest(ACTS[act](world, environment, which))
        yield world


def at_rest(world: Facts) -> Facts:
    """A run every quarter of an hour, until one has nothing to do."""
    for _ in range(12):
        world = later(world, world.now + PACE)
        if not (plan := decided(world)).actions:
            return world
        world = after(plan, world)
    raise AssertionError(f"the bot finds no rest: {[(a.kind, a.subject, a.reason) for a in decided(world)]}")


def _resolve(world: Facts, environment: str, which: int) -> Facts:
    """A developer names the next build, or the one after that; a defect that was closed has bounced."""
    last = Picture(world).releases["DCC"].last_released(ReleaseType.PATCH) or number("5.2.15.0")
    version = Number(last.major, last.minor, last.patch + 1 + which % 2)
    return _resolved(world, 101 + which, environment, str(version), frozenset())


def _urge(world: Facts, environment: str, which: int) -> Facts:
    """The test manager asks for an emergency of what runs there."""
    running = Picture(world).running(environment, "DCC") or number("5.2.15.0")
    version = Number(running.major, running.minor, running.patch, running.emergency + 1)
    return _resolved(world, 111 + which, environment, str(version), frozenset({"Emergency"}))


def _resolved(world: Facts, id: int, environment: str, version: str, tags: frozenset[str]) -> Facts:
    known = world.defects.get(id)
    if known is None:
        return resolves(world, a_defect(id, found_in=environment, version=version, tags=tags))
    if known.state is State.RESOLVED:
        return world
    return edits_defect(world, id, state=State.RESOLVED, version_text=version, tags=tags)


def _close(world: Facts, environment: str, which: int) -> Facts:
    """A tester has retested it."""
    retested = world.defects.get(101 + which)
    if retested is None or retested.state is not State.READY_FOR_RETEST:
        return world
    return edits_defect(world, retested.id, state=State.CLOSED)


def _hold(world: Facts, environment: str, which: int) -> Facts:
    """Or take the hold away again."""
    found = world.defects.get(101 + which)
    return world if found is None else edits_defect(world, found.id, tags=found.tags ^ {"Hold"})


def _agree(world: Facts, environment: str, which: int) -> Facts:
    proposed = [c for c in _of(world.lists, environment) if c.state is ListState.PROPOSED]
    if not proposed:
        return world
    agreed = proposed[which % len(proposed)]
    agreed = replace(agreed, state=ListState.AGREED, rev=agreed.rev + 1, changed_by=DEFECT_MANAGER)
    histories = by_somebody(world.histories, agreed, world, ListState.AGREED, DEFECT_MANAGER)
    return replace(world, lists={**world.lists, agreed.id: agreed}, histories=histories)


def _sets(state: RfcState, by: str, *, from_: tuple[RfcState, ...]) -> Callable[[Facts, str, int], Facts]:
    def act(world: Facts, environment: str, which: int) -> Facts:
        ready = [r for r in _of(world.rfcs, environment) if r.state in from_]
        return _set(world, ready[which % len(ready)], state, by) if ready else world

    return act


def _set(world: Facts, rfc: Rfc, state: RfcState, by: str) -> Facts:
    return _told(world, replace(rfc, state=state), state, by, {})


def _told(world: Facts, rfc: Rfc, state: RfcState | None, by: str, wrote: Mapping[Field, str]) -> Facts:
    told = replace(rfc, rev=rfc.rev + 1, changed_at=world.now)
    histories = by_somebody(world.histories, told, world, state, by, wrote)
    return replace(world, rfcs={**world.rfcs, told.id: told}, histories=histories)


def _postpone(world: Facts, environment: str, which: int) -> Facts:
    """By a week, on the RFC."""
    for rfc in [r for r in _of(world.rfcs, environment) if r.state in UNDER_WAY and r.list_id is not None][:1]:
        window = replace(rfc.window, start=rfc.window.start + WEEK, end=rfc.window.end + WEEK)
        wrote = {Field.WINDOW_START: window.start.isoformat()}
        return _told(world, replace(rfc, window=window), None, RELEASE_MANAGER, wrote)
    return world


def _fail(world: Facts, environment: str, which: int) -> Facts:
    """The deployment of an approved RFC fails, and nothing of it stays there."""
    for rfc in [r for r in _of(world.rfcs, environment) if r.state is RfcState.APPROVED and not r.outcome][:1]:
        return _told(world, replace(rfc, outcome="failed"), None, DEPLOYER, {Field.OUTCOME: "failed"})
    return world


def _again(world: Facts, environment: str, which: int) -> Facts:
    """The same build, after it failed or was rolled back."""
    undone = [r for r in _of(world.rfcs, environment) if r.outcome and r.state in (*UNDER_WAY, RfcState.ROLLED_BACK)]
    return _set(world, undone[which % len(undone)], RfcState.APPROVED, RELEASE_MANAGER) if undone else world


def _accept(world: Facts, environment: str, which: int) -> Facts:
    """The release manager says that what arrived last brought one fix more; its party says so too."""
    rfc, defect = last_arrival(world, environment), world.defects.get(101 + which)
    if rfc is None or rfc.state is not RfcState.DEPLOYED or defect is None or defect.found_in != (environment,):
        return world
    accepted = rfc.accepted | {defect.id}
    wrote = {Field.ACCEPTED: ", ".join(map(str, sorted(accepted)))}
    by = RELEASE_MANAGER if which % 2 else PARTY_MANAGER
    return _told(world, replace(rfc, accepted=accepted), None, by, wrote)


def _waive(world: Facts, environment: str, which: int) -> Facts:
    """A party waives whatever stands against its own release, which counts for nothing."""
    for rfc in [r for r in _of(world.rfcs, environment) if r.state in UNDER_WAY and not r.waiver][:1]:
        text = f"{101 + which} and {111 + which} are obsolete"
        return _told(world, replace(rfc, waiver=text), None, OF_THE_PARTY, {Field.WAIVER: text})
    return world


def _raise_by_hand(world: Facts, environment: str, which: int) -> Facts:
    """Somebody does not wait for Shunter."""
    proposed = [c for c in _of(world.lists, environment) if c.state in WITHOUT_RFC and c.number is not None]
    taken = {rfc.key for rfc in world.rfcs.values() if rfc.is_live}
    for c in [c for c in proposed if c.key not in taken][:1]:
        id = max([1000, *world.defects, *world.lists, *world.rfcs]) + 1
        rfc = Rfc(id, 0, RfcState.RAISED, environment, c.party, c.number, c.type, c.window)
        return _told(world, rfc, RfcState.RAISED, OF_THE_PARTY, {})
    return world


def _deploy(world: Facts, environment: str, which: int) -> Facts:
    """One after another, and nothing against which something stands on its RFC."""
    under_way = [r for r in _of(world.rfcs, environment) if r.state in UNDER_WAY and r.list_id and not r.outcome]
    first = min(under_way, key=lambda r: (str(r.number), r.id), default=None)
    if first is None or first.state is RfcState.RAISED or blocks(world.lists[first.list_id or 0], Picture(world)):
        return world
    return _set(world, first, RfcState.DEPLOYED, DEPLOYER)


def _roll_back(world: Facts, environment: str, which: int) -> Facts:
    """What arrived last goes back, as long as nobody has closed its RFC."""
    last = last_arrival(world, environment)
    if last is None or last.state is not RfcState.DEPLOYED:
        return world
    return _set(world, last, RfcState.ROLLED_BACK, DEPLOYER)


def _release(world: Facts, environment: str, which: int) -> Facts:
    """All the way from the list to its deployment."""
    for act in (_agree, ACTS["approve"], _deploy):
        world = at_rest(act(world, environment, which))
    return world


def _week(world: Facts, environment: str, which: int) -> Facts:
    return later(world, world.now + WEEK)


def _of(items: Mapping[int, ListOrRfc], environment: str) -> list[ListOrRfc]:
    return [item for _, item in sorted(items.items()) if item.environment == environment]


ACTS: Mapping[str, Callable[[Facts, str, int], Facts]] = {
    "resolve": _resolve,
    "urge": _urge,
    "retest": _close,
    "hold": _hold,
    "agree": _agree,
    "approve": _sets(RfcState.APPROVED, RELEASE_MANAGER, from_=(RfcState.RAISED,)),
    "reject": _sets(RfcState.REJECTED, RELEASE_MANAGER, from_=UNDER_WAY),
    "withdraw": _sets(RfcState.WITHDRAWN, RELEASE_MANAGER, from_=UNDER_WAY),
    "deploy": _deploy,
    "roll back": _roll_back,
    "close": _sets(RfcState.CLOSED, RELEASE_MANAGER, from_=(RfcState.DEPLOYED, RfcState.ROLLED_BACK)),
    "release": _release,
    "week": _week,
    "postpone": _postpone,
    "fail": _fail,
    "again": _again,
    "accept": _accept,
    "waive": _waive,
    "raise by hand": _raise_by_hand,
}
