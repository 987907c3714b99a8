"""Approval: whether the person who set an RFC to approved could, for what the RFC holds now [M13], [C4.3]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answered import answered, unsettled
from bot.change import Field
from bot.environment import Environment
from bot.history import Step, last_wrote
from bot.number import Number, read_number
from bot.party import Party
from bot.programme import Programme
from bot.rfc import Rfc, RfcState


@dataclass(frozen=True, slots=True)
class Approval:
    """A valid approval: who, in which role, when (UTC)."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that the process does not allow and that happened all the same: told, never hidden.

    `settled_by`: whose answer is missing, where that alone keeps an approval from counting.
    """

    words: str
    settled_by: str = ""


ASKED_FOR = (Field.ENVIRONMENT, Field.PARTY, Field.NUMBER, Field.TYPE)
_UNDOES = (RfcState.RAISED, RfcState.REJECTED, RfcState.WITHDRAWN)


def counting_approval(rfc: Rfc, steps: Sequence[Step], programme: Programme, bot: str) -> Approval | Deviation:
    """The approval, once everything that it needs is answered: until then it stands, and does not count [M12.7]."""
    party = programme.parties.get(rfc.party)
    judged = judge_approval(rfc, steps, programme.environments[rfc.environment], party, bot)
    if isinstance(judged, Deviation):
        return judged
    missing = tuple(unsettled(rfc, answered(rfc, steps, programme, bot), programme))
    if not missing:
        return judged
    owners = " and ".join(dict.fromkeys(found.owner for found in missing))
    return Deviation("; ".join(found.words for found in missing), owners)


def judge_approval(
    rfc: Rfc, steps: Sequence[Step], environment: Environment, party: Party | None, bot: str
) -> Approval | Deviation:
    """From the RFC's history alone: the state that somebody set proves nothing by itself.

    The last valid approval that nothing has undone counts: who sets the RFC back to approved, so that the same
    build is deployed once more, neither approves it nor takes that approval back.
    """
    given = [step for step in steps if step.state is RfcState.APPROVED]
    if not given:
        return Deviation("nobody has approved it")
    standing = [step for step in given if not _is_undone(step, steps)]
    if not standing:
        return Deviation(f"the approval of {given[-1].by} was taken back")
    judged = [_judge(step, rfc, steps, environment, party, bot) for step in standing]
    return next((found for found in reversed(judged) if isinstance(found, Approval)), judged[-1])


def why_no_approver(by: str, environment: Environment, party: Party | None, bot: str) -> str:
    """Why this person cannot answer for that environment's releases of the party, in words; empty where they can."""
    if not any(by in people for people in environment.approvals.values()):
        words = f"{by} is not {' or '.join(environment.approvals)} for {environment.name}"
        return why_no_outsider(by, party, bot) or words
    return why_no_outsider(by, party, bot)


def why_no_outsider(by: str, party: Party | None, bot: str) -> str:
    """Why this person cannot decide on the party's releases, whatever role they hold; empty where they can."""
    if by == bot:
        return f"{by} is Shunter's own identity"
    if party is not None and by in party.people | party.release_managers:
        return f"{by} belongs to {party.name}, whose release this is"
    return ""


def _is_undone(step: Step, steps: Sequence[Step]) -> bool:
    return any(later.rev > step.rev and later.state in _UNDOES for later in steps)


def _judge(
    step: Step, rfc: Rfc, steps: Sequence[Step], environment: Environment, party: Party | None, bot: str
) -> Approval | Deviation:
    if step.by == bot:
        return Deviation("the approval was set by the bot's own identity, which may not approve")
    if words := why_no_approver(step.by, environment, party, bot):
        return Deviation(words)
    if step.seal != rfc.seal or any(later.seal != step.seal for later in steps if later.rev > step.rev):
        return Deviation(f"{step.by} approved other content: it was changed afterwards")
    if _is_of_another(step, steps):
        return Deviation(f"{step.by} approved another release: what it is, or where it goes, was changed afterwards")
    role = next(role for role, people in environment.approvals.items() if step.by in people)
    return Approval(step.by, role, step.at)


def _is_of_another(given: Step, steps: Sequence[Step]) -> bool:
    """Whether somebody has changed since what is asked for, and not set it back. The seal does not change by that."""
    until = [step for step in steps if step.rev <= given.rev]
    changed = {field for step in steps[len(until) :] for field in ASKED_FOR if field in step.wrote}
    return any(_value(field, until) != _value(field, steps) for field in changed)


def _value(field: Field, steps: Sequence[Step]) -> Number | str | None:
    """A number may be written in three places or in four."""
    wrote = last_wrote(field, steps)
    return None if wrote is None else read_number(wrote.wrote[field]) or wrote.wrote[field]
