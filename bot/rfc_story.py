"""The story of one RFC: how it was approved, what came of its deployments, and which control points are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.approval import Approval, Deviation
from bot.compose_answers import ASKED, OPEN
from bot.compose_control_points import compose_control_points
from bot.control_points import ControlPoint, ControlPoints
from bot.dates import spoken
from bot.deployment import Deployment
from bot.history import latest
from bot.outcome import Outcome
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of
from bot.rollout import attempt_words
from bot.superseded import superseded_by


@dataclass(frozen=True, slots=True)
class RfcStory:
    """One RFC, in words. `open_points` are those that are not met; of most of them only a person can say so."""

    rfc: int
    list: int | None
    environment: str
    state: str
    edition: int
    attempt: int
    window: datetime
    deployed_at: datetime | None
    approval: str
    deployment: str
    attempts: tuple[str, ...]
    open_points: tuple[str, ...]
    readiness: tuple[str, ...]
    waiver: str
    next_step: str


def story_of_rfc(rfc: Rfc, picture: Picture) -> RfcStory:
    """From its history, which has to be among the facts."""
    deployment = picture.deployment_of(rfc)
    is_known = rfc.environment in picture.facts.programme.environments
    composed = compose_control_points(rfc, picture) if is_known else None
    return RfcStory(
        rfc=rfc.id,
        list=rfc.list_id,
        environment=rfc.environment,
        state=rfc.state.value,
        edition=rfc.edition,
        attempt=attempts_of(rfc, picture.facts)[-1].number,
        window=rfc.window.start,
        deployed_at=deployment.at if deployment is not None else None,
        approval=approval_words(rfc, picture) if is_known else "",
        deployment=_deployment(deployment, picture) if deployment is not None else "",
        attempts=attempt_words(rfc, picture),
        open_points=_open_points(composed) if composed is not None else (),
        readiness=_readiness(composed) if composed is not None else (),
        waiver=rfc.waiver.strip(),
        next_step=composed.next_step if composed is not None else f"{rfc.environment} is not configured",
    )


def approval_words(rfc: Rfc, picture: Picture) -> str:
    """Who approved it, in which role and when; or why nobody has."""
    zone = picture.facts.programme.zone
    match picture.approval_of(rfc):
        case Approval(by, role, at):
            return f"{by}, {role}, {spoken(at, zone)}"
        case Deviation(words):
            return f"does not count: {words}"
        case None:
            return _refusal(rfc, picture) or "nobody has approved it yet"


def _refusal(rfc: Rfc, picture: Picture) -> str:
    step = latest(rfc.state, picture.facts.histories.get(rfc.id, ()))
    if rfc.state not in (RfcState.REJECTED, RfcState.WITHDRAWN) or step is None:
        return ""
    return f"{rfc.state.value} by {step.by}, {spoken(step.at, picture.facts.programme.zone)}"


def _deployment(deployment: Deployment, picture: Picture) -> str:
    zone = picture.facts.programme.zone
    by = f" by {deployment.by}" if deployment.by else ""
    told = f"deployed{by}, {spoken(deployment.at, zone)}"
    if deployment.outcome is Outcome.ROLLED_BACK:
        return f"{told}; rolled back" + _undone(deployment, picture)
    if deployment.outcome is Outcome.SUCCEEDED:
        return f"{told}; {f'not complete: {deployment.incomplete}' if deployment.incomplete else 'complete'}"
    superseded = superseded_by(deployment.rfc, picture)
    return f"{told}; {deployment.outcome.value}: {superseded or deployment.incomplete}"


def _undone(deployment: Deployment, picture: Picture) -> str:
    undone = latest(RfcState.ROLLED_BACK, picture.facts.histories.get(deployment.rfc.id, ()))
    return f" by {undone.by}, {spoken(undone.at, picture.facts.programme.zone)}" if undone is not None else ""


def _open_points(composed: ControlPoints) -> tuple[str, ...]:
    """By who has to answer for them: `open, SI Release Manager: 7 RFC approved, 9 Rollout closure approved`."""
    found: dict[tuple[str, str], list[ControlPoint]] = {}
    for point in composed.points:
        if point.state in (OPEN, ASKED):
            found.setdefault((point.state, point.owner), []).append(point)
    return tuple(
        f"{state}, {owner}: {', '.join(f'{point.number} {point.what}' for point in points)}"
        for (state, owner), points in sorted(found.items())
    )


def _readiness(composed: ControlPoints) -> tuple[str, ...]:
    return tuple(
        f"{one.group}: {one.state}{f' ({one.evidence})' if one.evidence else ''}" for one in composed.readiness
    )
