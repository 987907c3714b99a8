"""Every deployment that the RFCs tell of: one for each attempt, by the RFC's state and what people wrote on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.approval import Approval, Deviation, counting_approval
from bot.attempts import Attempt
from bot.deployment import Deployment, doubt
from bot.facts import Facts
from bot.history import Step
from bot.misfit import misfit
from bot.outcome import FAILURES, Outcome, told_outcome
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import as_it_stood, as_of_its_attempt, attempts_of
from bot.sighting import EVIDENCE
from bot.testimony import Jury, evidence_for, judge_deployer, judge_smoke, refused_acceptances


def deployments(facts: Facts) -> tuple[Deployment, ...]:
    """Oldest first."""
    told = (deployment for rfc in facts.rfcs.values() for deployment in _told_by(rfc, facts))
    return tuple(sorted(told, key=lambda d: (d.at, d.rfc.id, d.attempt)))


def _told_by(rfc: Rfc, facts: Facts) -> Iterator[Deployment]:
    if rfc.environment not in facts.programme.environments:
        return
    *over, current = attempts_of(rfc, facts)
    now = as_of_its_attempt(rfc, current)
    outcome = _outcome(now, current)
    steps: tuple[Step, ...] = ()
    for attempt in _undone_with_later(over, replace(current, outcome=outcome)):
        steps = (*steps, *attempt.steps)
        yield from _of(as_it_stood(rfc, attempt), attempt, attempt.outcome, steps, facts, is_current=False)
    yield from _of(now, current, outcome, facts.histories.get(rfc.id, ()), facts, is_current=True)


def _undone_with_later(over: Sequence[Attempt], current: Attempt) -> Iterator[Attempt]:
    """It is one build: once a later attempt of it is rolled back, what an earlier one brought is gone too."""
    for place, attempt in enumerate(over):
        later = (*over[place + 1 :], current)
        undone = next((one for one in later if one.outcome is Outcome.ROLLED_BACK), None)
        if undone is not None and attempt.outcome is Outcome.SUCCEEDED:
            yield replace(attempt, outcome=Outcome.ROLLED_BACK, undone=undone.undone)
        else:
            yield attempt


def _of(
    rfc: Rfc, attempt: Attempt, outcome: Outcome | None, steps: Sequence[Step], facts: Facts, *, is_current: bool
) -> Iterator[Deployment]:
    """`steps`: the history up to the end of this attempt; empty where it was not read."""
    at = rfc.deployed_at or (attempt.told.at if attempt.told else rfc.changed_at)
    if outcome is None or at is None or rfc.number is None:
        return
    jury = Jury(facts.programme.environments[rfc.environment], facts.programme.parties.get(rfc.party), facts.bot)
    evidence = evidence_for(outcome, attempt.steps, facts.bot)
    is_doubted = bool(steps) and outcome not in FAILURES
    approval = counting_approval(rfc, steps, facts.programme, facts.bot) if steps else None
    if is_current and isinstance(approval, Approval) and (words := misfit(rfc, facts.lists.get(rfc.list_id or 0))):
        approval = Deviation(words)
    yield Deployment(
        rfc=rfc,
        number=rfc.number,
        at=at,
        by=_teller(attempt, facts.bot),
        outcome=outcome,
        approval=approval,
        attempt=attempt.number,
        is_current=is_current,
        evidence=evidence,
        unconfirmed=judge_deployer(evidence, jury) if is_doubted else None,
        smoke=judge_smoke(rfc, attempt.steps, jury),
        refused=refused_acceptances(rfc, facts.histories.get(rfc.id, ()), jury),
        undone_at=attempt.undone.at if attempt.undone else None,
        doubt=doubt(rfc, facts),
    )


def _teller(attempt: Attempt, bot: str) -> str:
    """Who told what came of it: where Shunter wrote what it had seen, that is nobody's word."""
    if attempt.told is None:
        return ""
    return "configured evidence" if attempt.told.by == bot and attempt.told.rule == EVIDENCE else attempt.told.by


def _outcome(rfc: Rfc, attempt: Attempt) -> Outcome | None:
    """What stands on the RFC says it; of one that is approved again, or was closed since, its history."""
    told = told_outcome(rfc)
    match rfc.state:
        case RfcState.APPROVED:
            return attempt.outcome
        case RfcState.DEPLOYED:
            return told or Outcome.SUCCEEDED
        case RfcState.ROLLED_BACK:
            return Outcome.ROLLED_BACK
        case RfcState.CLOSED if attempt.outcome is Outcome.ROLLED_BACK:
            return Outcome.ROLLED_BACK
        case RfcState.CLOSED if told is not None:
            return told
        case RfcState.CLOSED if not rfc.outcome.strip():
            return attempt.outcome
        case _:
            return None
