"""Putting a work item there as if it had long existed: any id, any state, any date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from adapters.sandbox import draft as drafts
from adapters.sandbox import rules, workflow
from adapters.sandbox.actor import as_json
from adapters.sandbox.commit import commit
from adapters.sandbox.draft import Draft
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import SetField
from adapters.sandbox.person import Person
from adapters.sandbox.system_fields import REASON, STATE, STATE_CHANGED


def put(
    organisation: Organisation, id: int, type: str, fields: Mapping[str, object], *, by: Person, at: datetime
) -> None:
    """Fields that the server keeps may be given too; every other rule holds."""
    if id in organisation.boards.items or id < 1:
        raise ValueError(f"work item {id} cannot be put: it is there already, or is no id")
    draft = drafts.of_new(organisation.type(type), organisation)
    _settle_state(draft, str(fields.get(STATE, draft.type.initial)), by=by, at=at)
    for name, value in fields.items():
        definition = draft.type.by_reference.get(name.lower())
        if definition is None:
            raise ValueError(f"a {type} has no field {name}")
        draft.put(definition, SetField(name, as_json(value), merge=False), organisation)
    rules.check(draft, organisation, by)
    commit(draft, organisation, by=by, at=at, id=id)


def _settle_state(draft: Draft, name: str, *, by: Person, at: datetime) -> None:
    state = draft.type.state(name)
    if state is None:
        known = ", ".join(other.name for other in draft.type.states)
        raise ValueError(f"a {draft.type.name} has no state {name!r}; it has: {known}")
    draft.fields |= {STATE: state.name, REASON: state.default_reason(), STATE_CHANGED: at}
    workflow.keep_dates(draft, state, by=by, at=at)
