"""The attempts of one RFC, and how it stood for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.approval import Approval, judge_approval
from bot.attempts import Attempt, attempts
from bot.change import Field
from bot.facts import Facts
from bot.history import Step, last_wrote
from bot.rfc import Rfc


def attempts_of(rfc: Rfc, facts: Facts) -> tuple[Attempt, ...]:
    """From its history; where that was not read there is one, of which nothing is known but what stands on the RFC."""
    environment = facts.programme.environments.get(rfc.environment)
    party = facts.programme.parties.get(rfc.party)

    def was_approved(steps: Sequence[Step]) -> bool:
        if environment is None or not steps:
            return False
        then = replace(rfc, seal=steps[-1].seal)
        return isinstance(judge_approval(then, steps, environment, party, facts.bot), Approval)

    return attempts(facts.histories.get(rfc.id, ()), was_approved, facts.bot)


def as_of_its_attempt(rfc: Rfc, current: Attempt) -> Rfc:
    """The RFC, without what still stands on it of an attempt before."""
    if current.number == 1:
        return replace(rfc, attempt=1) if current.steps else rfc
    own = {meaning for step in current.steps for meaning in step.wrote}
    return replace(
        rfc,
        attempt=current.number,
        outcome=rfc.outcome if Field.OUTCOME in own else "",
        deployed_at=rfc.deployed_at if Field.DEPLOYED_AT in own else None,
        smoke=rfc.smoke if Field.SMOKE in own else "",
        evidence=rfc.evidence if Field.EVIDENCE in own else "",
    )


def as_it_stood(rfc: Rfc, over: Attempt) -> Rfc:
    """As the RFC stood at the end of an attempt before."""
    at = _wrote(Field.DEPLOYED_AT, over)
    return replace(
        rfc,
        attempt=over.number,
        seal=over.steps[-1].seal,
        outcome=over.outcome.value if over.outcome is not None else "",
        deployed_at=datetime.fromisoformat(at) if at else None,
        smoke=_wrote(Field.SMOKE, over),
        evidence=_wrote(Field.EVIDENCE, over),
    )


def _wrote(meaning: Field, attempt: Attempt) -> str:
    step = last_wrote(meaning, attempt.steps)
    return step.wrote[meaning] if step is not None else ""
