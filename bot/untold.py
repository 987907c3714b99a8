"""Untold: what rests on a history that Azure DevOps will not tell is stopped, for the party concerned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.facts import Facts


@dataclass(frozen=True, slots=True)
class Untold:
    """`words`: of which work item, and why."""

    party: str
    words: str

    def concerns(self, _environment: str, party: str) -> bool:
        return self.party == party


def untold(facts: Facts) -> tuple[Untold, ...]:
    """Who set a state, and when, is asked everywhere: nothing of that party is decided without. What its releases mean
    for another party, such as a dependency, is as if nobody had done anything yet."""
    return tuple(_untold(facts))


def _untold(facts: Facts) -> Iterator[Untold]:
    for id, why in sorted(facts.untold.items()):
        item = facts.lists.get(id) or facts.rfcs.get(id) or facts.defects.get(id)
        if item is not None:
            yield Untold(item.party, f"the history of work item {id} is not told ({why})")
