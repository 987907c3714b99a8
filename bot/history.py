"""History of a work item: who set which state when, what stood then, and who wrote what counts by its author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.any_state import AnyState
from bot.change import Edit, Field, Value

REMEMBERED = frozenset(
    {
        Field.OUTCOME,
        Field.DEPLOYED_AT,
        Field.EVIDENCE,
        Field.SMOKE,
        Field.ACCEPTED,
        Field.DELIVERED,
        Field.WAIVER,
        Field.VERSION,
        Field.DELIVERED_BY,
        Field.WINDOW_START,
        Field.ENVIRONMENT,
        Field.PARTY,
        Field.NUMBER,
        Field.TYPE,
    }
)
"""The fields of which it matters who wrote what, and when: a step tells what it wrote there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One revision: who made it and when (UTC), the state if it changed that, and the seal and answers as of then.

    `wrote` holds the fields of `REMEMBERED` that it changed: plain text, an instant in ISO form, empty where it
    emptied one. `linked` are the fixes to which a list or an RFC was linked as of then. `rule` is the one that
    Shunter's mark names, where it left one: it proves something of a revision that Shunter's own account made.
    """

    rev: int
    at: datetime
    by: str
    state: AnyState | None = None
    seal: str = ""
    answers: str = ""
    wrote: Mapping[Field, str] = field(default_factory=dict)
    linked: frozenset[int] = frozenset()
    rule: str = ""


def remembered(edits: Iterable[Edit]) -> Mapping[Field, str]:
    """What a step tells of a revision that makes these edits."""
    return {e.field: _as_text(e.new) for e in edits if e.field in REMEMBERED and e.new != e.old}


def _as_text(value: Value) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value or "")


Histories = Mapping[int, Sequence[Step]]


def last_set(state: AnyState, steps: Sequence[Step]) -> Step | None:
    """The step that brought the item into `state`, if it is the last change of state that the item has seen."""
    changes = [step for step in steps if step.state is not None]
    return changes[-1] if changes and changes[-1].state is state else None


def latest(state: AnyState, steps: Sequence[Step]) -> Step | None:
    """The most recent step that set `state`, whatever came after it."""
    return next((step for step in reversed(steps) if step.state is state), None)


def linked_when_sealed(seal: str, steps: Sequence[Step]) -> frozenset[int] | None:
    """To which fixes the item was linked when it got this seal, which it bears now; None where nothing tells."""
    found = None
    for step in reversed(steps):
        if step.seal != seal:
            break
        found = step.linked
    return found


def last_wrote(field: Field, steps: Sequence[Step]) -> Step | None:
    """The step from which the field has its value; None where these steps did not touch it."""
    return next((step for step in reversed(steps) if field in step.wrote), None)


def first_other_hand(steps: Sequence[Step], bot: str) -> str:
    """The first who wrote it besides Shunter; empty where nobody has."""
    return next((step.by for step in steps if step.by != bot), "")
