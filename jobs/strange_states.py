"""Strange states: where work items come in a state that nobody has named, and that none was in before, the project is
asked whether it is still spelt as configured, before anything is decided by it.

A state that was renamed would read as "nothing is resolved", and close every list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.row_fields import RowFields
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import Kind, State
from bot.facts import Facts
from bot.rfc import RfcState
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
    lists = {c.id for c in facts.lists.values() if c.state is ListState.OTHER} | {world.spelling.canary}
    rfcs = {r.id for r in facts.rfcs.values() if r.state is RfcState.OTHER}
    for kind, ids in ((Kind.LIST, lists), (Kind.RFC, rfcs)):
        for row in (world.store.mirror.item(id) for id in ids if id is not None):
            of = RowFields(row, kind, world.spelling) if row is not None and not row.is_deleted else None
            if of is not None and of.state().name == State.OTHER.name:
                yield f"{kind.value} {of.text(Field.STATE)}"
