"""The turns of a defect: what each step of its history meant for its fix, and who took it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.change import Field
from bot.defect import State
from bot.history import Step


class Turn(Enum):
    """What happened to a defect; the value is how people read it."""

    RAISED = "raised"
    RESOLVED = "resolved"
    NAMED = "version named"
    READY = "ready for retest"
    FAILED = "failed its retest"
    REOPENED = "reopened"
    TAKEN_BACK = "taken back to resolved"
    PUT_BACK = "put back to resolved"
    CLOSED = "closed"
    PARKED = "set to another state"


BOUNCES = (Turn.FAILED, Turn.REOPENED, Turn.TAKEN_BACK, Turn.PUT_BACK)
"""The turns after which a fix has to travel, or to be made, again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One turn: who took it, the version that stood then, and the RFC that had delivered it, if one had."""

    turn: Turn
    at: datetime
    by: str
    version: str = ""
    rfc: int | None = None


def turns_of(steps: Iterable[Step], bot: str) -> tuple[Taken, ...]:
    """From the whole history of a defect or change request, oldest first; steps that changed neither are none."""
    return tuple(_turns(steps, bot))


def fixes_in(turns: Sequence[Taken]) -> tuple[str, ...]:
    """The versions that were named as its fix, one for each time it left resolved or stands there [C6].

    A version that was corrected while it was resolved is no fix of its own.
    """
    found: dict[str, None] = {}
    standing = ""
    for taken in turns:
        if taken.turn in (Turn.RESOLVED, Turn.NAMED, Turn.TAKEN_BACK, Turn.PUT_BACK):
            standing = taken.version.strip()
        elif standing:
            found[standing] = None
    return tuple(dict.fromkeys((*found, *([standing] if standing else ()))))


def _turns(steps: Iterable[Step], bot: str) -> Iterator[Taken]:
    state, version, rfc = State.OPEN, "", ""
    for index, step in enumerate(steps):
        after = step.state if isinstance(step.state, State) else state
        is_named = step.wrote.get(Field.VERSION, version) != version
        version, former = step.wrote.get(Field.VERSION, version), rfc
        rfc = step.wrote.get(Field.DELIVERED_BY, rfc)
        if index == 0:
            yield Taken(Turn.RAISED, step.at, step.by)
        if after is not state:
            brought_by = former if state is State.READY_FOR_RETEST else rfc
            yield Taken(_meant(state, after, step.by == bot), step.at, step.by, version, _id(brought_by))
        elif after is State.RESOLVED and is_named:
            yield Taken(Turn.NAMED, step.at, step.by, version)
        state = after


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _meant(before: State, after: State, by_bot: bool) -> Turn:
    match after:
        case State.READY_FOR_RETEST:
            return Turn.READY
        case State.CLOSED:
            return Turn.CLOSED
        case State.RESOLVED if before is State.READY_FOR_RETEST:
            return Turn.PUT_BACK if by_bot else Turn.TAKEN_BACK
        case State.RESOLVED:
            return Turn.RESOLVED
        case State.OPEN if before is State.READY_FOR_RETEST:
            return Turn.FAILED
        case State.OPEN if before in (State.RESOLVED, State.CLOSED):
            return Turn.REOPENED
        case _:
            return Turn.PARKED
