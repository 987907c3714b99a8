"""Attempts: each time that the build of an RFC was deployed, or was said to have failed, told from its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.change import Field
from bot.history import Step
from bot.outcome import FAILURES, Outcome, read_outcome
from bot.rfc import RfcState
from bot.sighting import EVIDENCE

_NOT_DEPLOYED = (None, RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED, RfcState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `steps` are the revisions that belong to it; `outcome` is None while it is only asked for."""

    number: int
    steps: tuple[Step, ...] = ()
    outcome: Outcome | None = None
    told: Step | None = None
    undone: Step | None = None


def attempts(steps: Sequence[Step], was_approved: Callable[[Sequence[Step]], bool], bot: str) -> tuple[Attempt, ...]:
    """Oldest first; the last is the one that is asked for, or told of, now [M5.1], [M12.9].

    The next one begins when a person sets the RFC to approved again, or empties the outcome of an approved one.
    Where nothing valid was approved before, the former is an approval in retrospect, and begins nothing. A source of
    evidence that shows a later deployment begins one too.
    """
    found = [Attempt(1)]
    state: object = None
    for index, step in enumerate(steps):
        state = step.state or state
        last = found[-1]
        if step.by != bot and _asks_again(step, state, last):
            if last.outcome is not Outcome.SUCCEEDED or was_approved(steps[:index]):
                last = Attempt(last.number + 1)
                found.append(last)
        elif step.by != bot or step.rule == EVIDENCE:
            if _is_another(step, last):
                last = Attempt(last.number + 1)
                found.append(last)
            last = _told(step, state, last)
        found[-1] = replace(last, steps=(*last.steps, step))
    return tuple(found)


def _asks_again(step: Step, state: object, last: Attempt) -> bool:
    is_emptied = state is RfcState.APPROVED and step.wrote.get(Field.OUTCOME) == ""
    return last.outcome is not None and (step.state is RfcState.APPROVED or is_emptied)


def _is_another(step: Step, last: Attempt) -> bool:
    """Whether evidence tells of a deployment after the one of which something was told already."""
    is_shown = step.rule == EVIDENCE and bool(step.wrote.get(Field.DEPLOYED_AT))
    return is_shown and last.outcome is not None


def _told(step: Step, state: object, last: Attempt) -> Attempt:
    """The attempt, with what this step says of it."""
    said = _outcome(step, state, last)
    if said is None:
        return last
    told = step if step.state is RfcState.DEPLOYED or last.told is None else last.told
    undone = (last.undone or step) if said is Outcome.ROLLED_BACK else None
    return replace(last, outcome=said, told=told, undone=undone)


def _outcome(step: Step, state: object, last: Attempt) -> Outcome | None:
    """What the step says came of it. A failure can be written before anybody sets the RFC to deployed."""
    if step.state is RfcState.ROLLED_BACK:
        return Outcome.ROLLED_BACK
    written = step.wrote.get(Field.OUTCOME)
    said = read_outcome(written) if written is not None else None
    if said is not None and (said in FAILURES or state not in _NOT_DEPLOYED):
        return said
    if step.state is RfcState.DEPLOYED:
        return last.outcome or Outcome.SUCCEEDED
    return Outcome.SUCCEEDED if written is not None and state is RfcState.DEPLOYED else None
