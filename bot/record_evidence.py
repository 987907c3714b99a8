"""Recording evidence: what pipelines, releases and test runs show of a deployment goes onto its RFC [M4.4], [C5.5]."""

from __future__ import annotations

from dataclasses import replace

from bot.afterwards import afterwards
from bot.change import Change, Edit, Field
from bot.compose_control_points import compose_control_points
from bot.dates import spoken
from bot.defect import Kind
from bot.outcome import Outcome
from bot.outcome_edits import outcome_edits
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of
from bot.seen import confirmation_of, news_of, smoke_news_of
from bot.sighting import EVIDENCE, Sighting
from bot.testimony import SMOKE_PASSED
from bot.written import LIMIT, digest_of

SMOKE_FAILED = "failed"


def plan_evidence(picture: Picture) -> Plan:
    """One write an RFC: that it was deployed, or that this failed; who confirms it; or how its smoke test went."""
    found = (_decide(rfc, picture) for _, rfc in sorted(picture.facts.rfcs.items()) if _is_known(rfc, picture))
    return Plan(tuple(action for action in found if action is not None))


def _is_known(rfc: Rfc, picture: Picture) -> bool:
    programme = picture.facts.programme
    return rfc.environment in programme.environments and rfc.party in programme.parties


def _decide(rfc: Rfc, picture: Picture) -> Action | None:
    deployment = picture.deployment_of(rfc)
    if sighting := news_of(rfc, picture):
        return _written(rfc, _deployed(rfc, sighting, picture), sighting, picture)
    if sighting := confirmation_of(rfc, deployment, picture):
        return _written(rfc, replace(rfc, evidence=_added(rfc, sighting, picture)), sighting, picture)
    if sighting := smoke_news_of(rfc, deployment, picture):
        said = SMOKE_PASSED if sighting.outcome is Outcome.SUCCEEDED else SMOKE_FAILED
        if said != rfc.smoke.strip().casefold():
            tested = replace(rfc, smoke=said, evidence=_added(rfc, sighting, picture))
            return _written(rfc, tested, sighting, picture)
    return None


def _deployed(rfc: Rfc, sighting: Sighting, picture: Picture) -> Rfc:
    """A failure leaves the state alone: the same build may be tried again. A later deployment is another attempt."""
    current = attempts_of(rfc, picture.facts)[-1]
    is_another = current.outcome is not None
    return replace(
        rfc,
        state=RfcState.DEPLOYED if sighting.outcome is Outcome.SUCCEEDED else rfc.state,
        attempt=current.number + is_another,
        deployed_at=sighting.at,
        outcome=sighting.outcome.value,
        evidence=_line(sighting, picture),
        smoke="" if is_another else rfc.smoke,
    )


def _added(rfc: Rfc, sighting: Sighting, picture: Picture) -> str:
    """After what stands there already, where both fit."""
    line = _line(sighting, picture)
    both = f"{rfc.evidence}; {line}" if rfc.evidence.strip() else line
    return both if len(both) <= LIMIT else line


def _line(sighting: Sighting, picture: Picture) -> str:
    at = f", {spoken(sighting.at, picture.facts.programme.zone)}"
    return f"{sighting.words[: LIMIT - len(at)]}{at}"


def _written(rfc: Rfc, after: Rfc, sighting: Sighting, picture: Picture) -> Action:
    edits = tuple(outcome_edits(rfc, after))
    then = Picture(afterwards(picture.facts, after, edits, picture.facts.bot, EVIDENCE))
    points = compose_control_points(after, then)
    change = Change(Kind.RFC, rfc.id, rfc.rev, (*edits, Edit(Field.CONTROL_POINTS, None, points)))
    digest, number = digest_of(points), str(rfc.number or "")
    reason = f"seen: {_line(sighting, picture)}"
    return Action(ActionKind.RECORD_EVIDENCE, EVIDENCE, reason, f"RFC {rfc.id}", change, digest, number)
