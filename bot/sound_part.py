"""The sound part of a plan: what does not rest on a sum that is not conserved."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.change import Change, Field
from bot.defect import Kind
from bot.facts import Facts
from bot.plan import Plan


class Broken(Protocol):
    """What a plan rests on and cannot."""

    def concerns(self, environment: str, party: str, /) -> bool: ...


def sound_part(plan: Plan, broken: Collection[Broken], facts: Facts) -> Plan:
    """Without what concerns the parties, and the environments, for which something is broken that the plan rests on."""
    if not broken:
        return plan
    whom = ((action, concerned(action.change, facts)) for action in plan)
    return Plan(tuple(a for a, (there, party) in whom if not any(one.concerns(there, party) for one in broken)))


def concerned(change: Change, facts: Facts) -> tuple[str, str]:
    """The environment and the party of the work item that is changed or made; of a defect the party alone."""
    if change.id is None:
        return str(change.new(Field.ENVIRONMENT)), str(change.new(Field.PARTY))
    match change.kind:
        case Kind.LIST:
            listed = facts.lists[change.id]
            return listed.environment, listed.party
        case Kind.RFC:
            rfc = facts.rfcs[change.id]
            return rfc.environment, rfc.party
        case _:
            return "", facts.defects[change.id].party
