"""Work-off: what a rollout leaves to be done, and by whom [M12.7]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.approval import Deviation
from bot.compose_answers import OPEN
from bot.compose_control_points import compose_control_points
from bot.deployment import Deployment
from bot.level import lacking
from bot.outcome import FAILURES, Outcome
from bot.picture import Picture
from bot.put_back import touched
from bot.rfc import Rfc, RfcState
from bot.rollout_groups import bounced
from bot.rollout_report import WorkOff
from bot.superseded import superseded_by

_OVER = (RfcState.WITHDRAWN, RfcState.CLOSED, RfcState.OTHER)


def work_off(rfc: Rfc, picture: Picture) -> tuple[WorkOff, ...]:
    """While it is not deployed, what its control points say is next; nothing once it is over."""
    deployment = picture.deployment_of(rfc)
    if deployment is None:
        return () if rfc.state in _OVER else (WorkOff("next", compose_control_points(rfc, picture).next_step),)
    return (
        *_deployment(rfc, deployment, picture),
        *_delivery(rfc, deployment, picture),
        *_defects(rfc, deployment, picture),
        *_level(rfc, deployment, picture),
        *_points(rfc, picture),
    )


def _deployment(rfc: Rfc, deployment: Deployment, picture: Picture) -> Iterator[WorkOff]:
    """What the deployment itself still waits for."""
    environment = picture.facts.programme.environments[rfc.environment]
    party, approver = f"release manager of {rfc.party}", " or ".join(environment.approvals)
    if deployment.outcome in FAILURES:
        if not superseded_by(rfc, picture):
            yield WorkOff(party, f"deploy {rfc.number} once more, or deliver a changed build: {deployment.incomplete}")
    elif deployment.outcome is Outcome.ROLLED_BACK:
        yield WorkOff(party, f"deliver a changed build, with a number of its own: {rfc.number} was rolled back")
    elif isinstance(deployment.approval, Deviation):
        yield WorkOff(approver, f"approve it in retrospect, or have it rolled back: {deployment.approval.words}")
    if deployment.unconfirmed is not None:
        managers = ", ".join(sorted(environment.deployment_managers)) or approver
        yield WorkOff(managers, f"confirm what was reported: {deployment.unconfirmed.words}")
    if deployment.outcome is Outcome.SUCCEEDED and deployment.smoke is not None:
        yield WorkOff(", ".join(sorted(environment.test_managers)) or "test manager", deployment.smoke.words)


def _delivery(rfc: Rfc, deployment: Deployment, picture: Picture) -> Iterator[WorkOff]:
    """What was promised and not delivered, the reverse, and what was accepted by somebody who may not."""
    approver = " or ".join(picture.facts.programme.environments[rfc.environment].approvals)
    missing = sorted(id for id in rfc.fixes if not deployment.delivers(id))
    extra = sorted((rfc.delivered or frozenset()) - rfc.fixes - deployment.accepted)
    if missing:
        what = f"name the build that carries {_ids(missing)}: promised, and not delivered"
        yield WorkOff(f"release manager of {rfc.party}", what)
    if extra:
        yield WorkOff(approver, f"accept {_ids(extra)}, or leave it: delivered, and not promised")
    if deployment.refused:
        yield WorkOff(approver, f"accept {_ids(deployment.refused)}, or take it out: accepted by somebody who may not")


def _defects(rfc: Rfc, deployment: Deployment, picture: Picture) -> Iterator[WorkOff]:
    managers = " or ".join(picture.facts.programme.environments[rfc.environment].agrees)
    if deployment.outcome is Outcome.ROLLED_BACK:
        for defect in touched(deployment, picture):
            state = defect.state_text or defect.state.value
            yield WorkOff(managers, f"decide on {defect.id} ({state}): people took it further before the rollback")
    for defect in bounced(rfc, picture):
        who = defect.assigned_to or f"release manager of {rfc.party}"
        yield WorkOff(who, f"fix {defect.id} again: its retest failed")


def _level(rfc: Rfc, deployment: Deployment, picture: Picture) -> Iterator[WorkOff]:
    """What the environments that have to be level with this one lack, or it of theirs [M7.4]."""
    party = picture.facts.programme.parties.get(rfc.party)
    if party is None or deployment.outcome is not Outcome.SUCCEEDED:
        return
    for other in picture.facts.programme.environments[rfc.environment].level_with:
        if other in party.environments:
            for behind, ahead in ((other, rfc.environment), (rfc.environment, other)):
                if ids := sorted({fix.defect for fix in lacking(behind, ahead, rfc.party, picture)}):
                    yield WorkOff(f"release manager of {rfc.party}", f"bring {_ids(ids)} to {behind}: {ahead} has it")


def _points(rfc: Rfc, picture: Picture) -> Iterator[WorkOff]:
    """The control points that are open and keep something from happening."""
    for point in compose_control_points(rfc, picture).points:
        if point.state == OPEN and point.blocks != "nothing":
            evidence = f": {point.evidence}" if point.evidence else ""
            yield WorkOff(point.owner, f"control point {point.number}, {point.what}{evidence}")


def _ids(ids: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
