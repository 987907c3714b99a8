"""Recording deployments on their RFCs: which attempt it was, when the release arrived, and what says so [M4.4]."""

from __future__ import annotations

from collections.abc import Iterator

from bot.attempts import Attempt
from bot.change import Change, Edit, Field
from bot.compose_control_points import compose_control_points
from bot.dates import spoken
from bot.defect import Kind
from bot.deployment import Deployment
from bot.history import last_wrote, latest
from bot.outcome import Outcome, told_outcome
from bot.outcome_edits import outcome_edits
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.put_back import untouched
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import as_of_its_attempt, attempts_of
from bot.sighting import EVIDENCE
from bot.written import digest_of

RULE = "follow"
QUOTED = 60
"""How much of an outcome that nobody can read is quoted: the evidence is one line."""


def plan_deployments(picture: Picture) -> Plan:
    """What came of each attempt, on the RFCs that somebody set to deployed; and a clean sheet for the next attempt."""
    return Plan(tuple(action for _, rfc in sorted(picture.facts.rfcs.items()) for action in _decide(rfc, picture)))


def is_recorded(deployment: Deployment, picture: Picture) -> bool:
    stands = picture.facts.rfcs[deployment.rfc.id]
    is_told = told_outcome(stands) is deployment.outcome and stands.deployed_at is not None
    return is_told and stands.attempt == deployment.rfc.attempt


def _decide(rfc: Rfc, picture: Picture) -> Iterator[Action]:
    deployment = picture.deployment_of(rfc)
    if deployment is None and rfc.environment in picture.facts.programme.environments:
        yield from _next_attempt(rfc, picture)
    elif deployment is not None and rfc.state in (RfcState.DEPLOYED, RfcState.ROLLED_BACK):
        yield from _record(rfc, deployment, picture)


def _next_attempt(rfc: Rfc, picture: Picture) -> Iterator[Action]:
    """The same build is tried again [M12.9]. What was rolled back is put back first: that rests on the outcome."""
    if rfc.state is not RfcState.APPROVED:
        return
    *over, current = attempts_of(rfc, picture.facts)
    clean = as_of_its_attempt(rfc, current)
    if clean == rfc or any(found for d in picture.deployments_of(rfc) for found in _owed(d, picture)):
        return
    edits = tuple(outcome_edits(rfc, clean))
    former = f": attempt {over[-1].number} {_came_of(over[-1])}" if over else ""
    reason = f"attempt {current.number} is asked for{former}"
    yield _written(rfc, edits, reason, picture)


def _owed(deployment: Deployment, picture: Picture) -> Iterator[object]:
    return untouched(deployment, picture) if deployment.outcome is Outcome.ROLLED_BACK else iter(())


def _came_of(over: Attempt) -> str:
    return over.outcome.value if over.outcome is not None else "was given up"


def _record(rfc: Rfc, deployment: Deployment, picture: Picture) -> Iterator[Action]:
    if is_recorded(deployment, picture):
        return
    kept = {edit.field: edit for edit in outcome_edits(rfc, deployment.rfc)}
    evidence = _evidence(rfc, deployment, picture)
    told = {
        Field.DEPLOYED_AT: Edit(Field.DEPLOYED_AT, rfc.deployed_at, deployment.at),
        Field.OUTCOME: Edit(Field.OUTCOME, rfc.outcome, deployment.outcome.value),
        Field.EVIDENCE: Edit(Field.EVIDENCE, rfc.evidence, evidence),
    }
    yield _written(rfc, tuple((kept | told).values()), evidence, picture)


def _evidence(rfc: Rfc, deployment: Deployment, picture: Picture) -> str:
    """What a person wrote there stays, and what a source of evidence shows."""
    facts = picture.facts
    current = attempts_of(rfc, facts)[-1]
    author = last_wrote(Field.EVIDENCE, current.steps)
    if author is not None and (author.by != facts.bot or author.rule == EVIDENCE) and deployment.rfc.evidence:
        return deployment.rfc.evidence
    told = latest(rfc.state, current.steps)
    by, at = (told.by, told.at) if told is not None else ("somebody", deployment.at)
    words = f"state set to {rfc.state.value} by {by} on {spoken(at, facts.programme.zone)}"
    others = [said for said in deployment.evidence if said.by != by]
    if others:
        words += f"; {others[-1].what} by {others[-1].by} on {spoken(others[-1].at, facts.programme.zone)}"
    elif deployment.rfc.outcome and told_outcome(deployment.rfc) is None:
        words += f"; the outcome read “{deployment.rfc.outcome[:QUOTED]}”"
    return words


def _written(rfc: Rfc, edits: tuple[Edit, ...], reason: str, picture: Picture) -> Action:
    points = compose_control_points(rfc, picture)
    change = Change(Kind.RFC, rfc.id, rfc.rev, (*edits, Edit(Field.CONTROL_POINTS, None, points)))
    digest, number = digest_of(points), str(rfc.number or "")
    return Action(ActionKind.RECORD_DEPLOYMENT, RULE, reason, f"RFC {rfc.id}", change, digest, number)
