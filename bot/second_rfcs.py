"""Second RFCs: where two that live should ever stand for one key, which one stands, and what keeps the other."""

from __future__ import annotations

from collections.abc import Mapping

from bot.candidate_list import Key
from bot.facts import Facts
from bot.history import first_other_hand
from bot.rfc import DUPLICATE, Rfc, RfcState


def second_rfcs(facts: Facts) -> Mapping[int, Rfc]:
    """By the id of each second one, the one that stands: the lowest id among those that live with its key."""
    first: dict[Key, Rfc] = {}
    found: dict[int, Rfc] = {}
    for id, rfc in sorted(facts.rfcs.items()):
        if rfc.number is None or not rfc.is_live:
            continue
        stands = first.setdefault(rfc.key, rfc)
        if stands.id != id:
            found[id] = stands
    return found


def originals(facts: Facts) -> Mapping[int, tuple[Rfc, ...]]:
    """By the id of each RFC that stands, the duplicates of it that Shunter has closed."""
    found: dict[int, list[Rfc]] = {}
    for _, rfc in sorted(facts.rfcs.items()):
        named = rfc.outcome.removeprefix(DUPLICATE)
        if rfc.is_duplicate and named.isascii() and named.isdigit() and int(named) in facts.rfcs:
            found.setdefault(int(named), []).append(rfc)
    return {id: tuple(duplicates) for id, duplicates in found.items()}


def doubled(facts: Facts) -> frozenset[int]:
    """The second ones that may be closed, and those that stand: who wrote on them has to be known."""
    seconds = {id: first for id, first in second_rfcs(facts).items() if facts.rfcs[id].state is RfcState.RAISED}
    return frozenset(seconds) | {first.id for first in seconds.values()} | frozenset(originals(facts))


def why_left(second: Rfc, facts: Facts) -> str:
    """Why Shunter does not close it, in words; empty where it does. Its history has to be among the facts."""
    if second.state is not RfcState.RAISED:
        return f"it is {second.state.value}"
    steps = facts.histories.get(second.id, ())
    if not steps:
        return "its history has not been read"
    if steps[0].by != facts.bot:
        return f"{steps[0].by} raised it"
    by = first_other_hand(steps, facts.bot)
    return f"{by} has written on it" if by else ""


def alarms(facts: Facts) -> tuple[str, ...]:
    """Those that a person has to settle; not what is over by now, which stands in the story of its release."""
    seconds = {id: first for id, first in second_rfcs(facts).items() if facts.rfcs[id].state is not RfcState.CLOSED}
    kept = ((id, first, why_left(facts.rfcs[id], facts)) for id, first in seconds.items())
    return tuple(f"RFC {id}: {words_of(first)}; Shunter leaves it, because {why}" for id, first, why in kept if why)


def words_of(first: Rfc) -> str:
    return f"RFC {first.id} stands for {first.key} already, and this is a second one: withdraw one of them"
