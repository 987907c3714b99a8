"""What the server does when a state is set: checks the step, chooses the reason, keeps the dates."""

from __future__ import annotations

from datetime import datetime

from adapters.sandbox.draft import Draft
from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import Category, StateDefinition
from adapters.sandbox.refusals import BrokenRule, rules_broken
from adapters.sandbox.system_fields import (
    CLOSED_BY,
    CLOSED_DATE,
    REASON,
    RESOLVED_BY,
    RESOLVED_DATE,
    STATE,
    STATE_CHANGED,
)

OPEN = {Category.PROPOSED, Category.IN_PROGRESS}


def follow(draft: Draft, *, by: Person, at: datetime) -> None:
    target = _target(draft)
    moved = target.name != draft.state_before()
    draft.fields[STATE] = target.name
    _settle_reason(draft, target, moved=moved)
    if moved:
        draft.fields[STATE_CHANGED] = at
        keep_dates(draft, target, by=by, at=at)


def keep_dates(draft: Draft, target: StateDefinition, *, by: Person, at: datetime) -> None:
    """Resolved and closed dates follow the category, so a step within one keeps them."""
    if target.category in OPEN:
        _clear(draft, RESOLVED_DATE, RESOLVED_BY)
    if target.category is not Category.COMPLETED:
        _clear(draft, CLOSED_DATE, CLOSED_BY)
    if target.category is Category.RESOLVED and _category_before(draft) is not Category.RESOLVED:
        draft.fields |= {RESOLVED_DATE: at, RESOLVED_BY: by}
    if target.category is Category.COMPLETED and _category_before(draft) is not Category.COMPLETED:
        draft.fields |= {CLOSED_DATE: at, CLOSED_BY: by}


def _target(draft: Draft) -> StateDefinition:
    wanted = str(draft.fields.get(STATE, ""))
    target = draft.type.state(wanted)
    if target is None or target.name not in draft.type.targets(draft.state_before()):
        raise _not_in_list(STATE, "State", wanted)
    return target


def _settle_reason(draft: Draft, target: StateDefinition, *, moved: bool) -> None:
    if REASON in draft.written:
        reason = str(draft.fields.get(REASON, ""))
        if reason not in target.reasons and reason != target.default_reason():
            raise _not_in_list(REASON, "Reason", reason)
    elif moved:
        draft.fields[REASON] = target.default_reason()


def _category_before(draft: Draft) -> Category | None:
    state = draft.type.state(draft.state_before())
    return state.category if state else None


def _clear(draft: Draft, *references: str) -> None:
    for reference in references:
        draft.fields.pop(reference, None)


def _not_in_list(reference: str, name: str, value: str) -> Problem:
    message = f"The field '{name}' contains the value '{value}' that is not in the list of supported values"
    flags = "required, hasValues, limitedToValues, allowsOldValue, invalidNotInList"
    return rules_broken([BrokenRule(reference, flags, message, 524_293)])
