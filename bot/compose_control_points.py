"""Composing the control points of an RFC: what the bot can see it states, the rest it asks for [M12.7]."""

from __future__ import annotations

from collections.abc import Iterator

from bot.approval import Approval, Deviation
from bot.blocks import blocks
from bot.closing import is_closed_by_people
from bot.control_points import ControlPoint, ControlPoints
from bot.dates import spoken
from bot.deployment import Deployment, Outcome
from bot.deviations import deviations_of
from bot.number import ReleaseType
from bot.picture import Picture
from bot.rfc import Rfc, RfcState

MET = "met"
OPEN = "open"
ASKED = "to be confirmed"
NOT_APPLICABLE = "not applicable"


def compose_control_points(rfc: Rfc, picture: Picture) -> ControlPoints:
    """The ten points of [M12.7] with their owners; those that the bot can see block, and governance."""
    approval = picture.approval_of(rfc)
    deployment = picture.deployment_of(rfc)
    manager = f"release manager of {rfc.party}"
    approver = " or ".join(picture.facts.programme.environments[rfc.environment].approvals)
    points = (
        ControlPoint(1, "RFC raised", manager, MET, f"raised for list {rfc.list_id}", "approval"),
        _governance(rfc),
        _asked(3, "Environment at the required configuration baseline", "environments manager"),
        _asked(4, "Release package and installation instructions approved, if any", "build manager"),
        _asked(5, "Known issues, workarounds and fixes agreed and sent", approver),
        _asked(6, "Release plan approved", approver),
        _approved(rfc, approval, approver, picture),
        _asked(8, "Issues and resolutions captured at deployment", approver),
        _closed(rfc, approver),
        _asked(10, "Rollout report delivered, lessons captured", approver),
        *_ours(rfc, picture),
    )
    deviations = tuple(row.words for row in deviations_of(rfc, picture))
    return ControlPoints(points, _next_step(rfc, approval, deployment, approver, picture), deviations)


def _ours(rfc: Rfc, picture: Picture) -> Iterator[ControlPoint]:
    """What no document numbers: an emergency's fix that would be lost, a fix that is held or open again."""
    sealed = picture.facts.lists.get(rfc.list_id or 0)
    if sealed is None or rfc.state not in (RfcState.RAISED, RfcState.APPROVED):
        return
    for number, words in enumerate(blocks(sealed, picture), start=11):
        yield ControlPoint(number, "Nothing stands against the release", "defect manager", OPEN, words, "deployment")


def _asked(number: int, what: str, owner: str) -> ControlPoint:
    return ControlPoint(number, what, owner, ASKED, "", "nothing")


def _governance(rfc: Rfc) -> ControlPoint:
    if rfc.type is not ReleaseType.MAJOR:
        return ControlPoint(2, "Governance approval", "governance forum", NOT_APPLICABLE, "", "approval")
    return ControlPoint(2, "Governance approval", "governance forum", OPEN, "go/no-go meeting", "approval")


def _approved(rfc: Rfc, approval: Approval | Deviation | None, owner: str, picture: Picture) -> ControlPoint:
    match approval:
        case Approval():
            at = spoken(approval.at, picture.facts.programme.zone)
            evidence = f"{approval.by}, {approval.role}, {at}, edition {rfc.edition}"
            return ControlPoint(7, "RFC approved", owner, MET, evidence, "deployment")
        case Deviation():
            return ControlPoint(7, "RFC approved", owner, OPEN, f"does not count: {approval.words}", "deployment")
        case None:
            return ControlPoint(7, "RFC approved", owner, OPEN, "", "deployment")


def _closed(rfc: Rfc, owner: str) -> ControlPoint:
    state = MET if rfc.state is RfcState.CLOSED else OPEN
    return ControlPoint(9, "Rollout closure approved", owner, state, "", "closure")


def _next_step(
    rfc: Rfc,
    approval: Approval | Deviation | None,
    deployment: Deployment | None,
    approver: str,
    picture: Picture,
) -> str:
    start = spoken(rfc.window.start, picture.facts.programme.zone)
    if deployment is not None:
        return _after_deployment(rfc, deployment, approver, picture)
    match rfc.state:
        case RfcState.RAISED:
            return f"The {approver} approves or rejects this RFC before {start}."
        case RfcState.APPROVED if isinstance(approval, Deviation):
            return f"The {approver} approves it again: {approval.words}."
        case RfcState.APPROVED:
            return f"It is deployed in the window from {start}; whoever confirms that sets its state to deployed."
        case RfcState.REJECTED:
            return "It was rejected: its list goes back to proposed, and the next edition is raised here."
        case _:
            return "Nothing: it is not under way."


def _after_deployment(rfc: Rfc, deployment: Deployment, approver: str, picture: Picture) -> str:
    if deployment.outcome is Outcome.ROLLED_BACK:
        return _after_rollback(rfc, approver, picture)
    if deployment.incomplete:
        return f"Its defects wait, because {deployment.incomplete}."
    if rfc.state is RfcState.CLOSED:
        return "Nothing: it is closed."
    if is_closed_by_people(rfc, picture):
        return f"The {approver} approves closure by closing this RFC; its defects are ready for retest."
    return "It is closed by Shunter; its defects are ready for retest."


def _after_rollback(rfc: Rfc, approver: str, picture: Picture) -> str:
    if rfc.state is RfcState.CLOSED:
        return "Nothing: it was rolled back, and is closed."
    who = f"The {approver} closes" if is_closed_by_people(rfc, picture) else "Shunter closes"
    return f"It was rolled back: its defects go back to resolved. {who} this RFC; a changed build is a new one."
