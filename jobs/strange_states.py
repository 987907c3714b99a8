"""Strange states: where work items come in a state that nobody has named, and that none was in before, the project is
asked whether it is still spelt as configured, before anything is decided by it.

A state that was renamed would read as "nothing is resolved", and close every list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.row_fields import RowFields
from bot.change import Field
from bot.defect import Kind, State
from bot.facts import Facts
from jobs.known_refusals import CHECKED
from jobs.world import World

SEEN = "states seen"
"""Under this name the mirror keeps those that were found to be meant so."""


def why_misspelt(world: World, facts: Facts) -> str:
    """Why nothing may be written; empty where every state is named, or has been seen, or is one that was added."""
    mirror, strange = world.store.mirror, frozenset(_strange(world, facts))
    kept = mirror.token(SEEN)
    new = strange - frozenset(json.loads(kept)) if kept is not None else frozenset[str]()
    if new and (problems := project_problems(world.boards, world.spelling)):
        mirror.forget_token(CHECKED)
        return f"nothing is written: there are work items in a new state ({', '.join(sorted(new))}), and {problems[0]}"
    if new or kept is None:
        mirror.absorb(token=(SEEN, json.dumps(sorted(strange))))
    return ""


def _strange(world: World, facts: Facts) -> Iterator[str]:
    yield from (f"{d.kind.value} {d.state_text}" for d in facts.defects.values() if d.state is State.OTHER)
    spelling = world.spelling
    for kind in (Kind.LIST, Kind.RFC):
        for row in world.store.mirror.items(spelling.types[kind]):
            of = RowFields(row, kind, spelling)
            if of.state().name == State.OTHER.name:
                yield f"{kind.value} {of.text(Field.STATE)}"
