"""Approval: whether the person who set an RFC to approved could, for what the RFC holds now [M13], [C4.3]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answered import answered, unsettled
from bot.environment import Environment
from bot.history import Step, latest
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
    """From the RFC's history alone: the state that somebody set proves nothing by itself."""
    step = latest(RfcState.APPROVED, steps)
    if step is None:
        return Deviation("nobody has approved it")
    if any(later.rev > step.rev and later.state in _UNDOES for later in steps):
        return Deviation(f"the approval of {step.by} was taken back")
    if step.by == bot:
        return Deviation("the approval was set by the bot's own identity, which may not approve")
    if party is not None and step.by in party.people | party.release_managers:
        return Deviation(f"{step.by} belongs to {party.name}, whose release this is")
    roles = [role for role, people in environment.approvals.items() if step.by in people]
    if not roles:
        return Deviation(f"{step.by} is not {' or '.join(environment.approvals)} for {environment.name}")
    if step.seal != rfc.seal:
        return Deviation(f"{step.by} approved other content: it was changed afterwards")
    return Approval(step.by, roles[0], step.at)
