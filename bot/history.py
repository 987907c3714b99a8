"""History of a work item: who set which state when, and which seal and answers stood then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.candidate_list import ListState
from bot.defect import State
from bot.rfc import RfcState

AnyState = State | ListState | RfcState


@dataclass(frozen=True, slots=True)
class Step:
    """One revision: who made it and when (UTC), the state if it changed that, and the seal and answers as of then."""

    rev: int
    at: datetime
    by: str
    state: AnyState | None = None
    seal: str = ""
    answers: str = ""


Histories = Mapping[int, Sequence[Step]]


def last_set(state: AnyState, steps: Sequence[Step]) -> Step | None:
    """The step that brought the item into `state`, if it is the last change of state that the item has seen."""
    changes = [step for step in steps if step.state is not None]
    return changes[-1] if changes and changes[-1].state is state else None


def latest(state: AnyState, steps: Sequence[Step]) -> Step | None:
    """The most recent step that set `state`, whatever came after it."""
    return next((step for step in reversed(steps) if step.state is state), None)
