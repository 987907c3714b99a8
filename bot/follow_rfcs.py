"""Following RFCs: recording their deployment, keeping their control points true, closing what is complete."""

from __future__ import annotations

from collections.abc import Iterator

from bot.approval import Approval
from bot.candidate_list import CandidateList, ListState
from bot.change import Change, Edit, Field
from bot.closing import is_closed_by_people
from bot.compose_control_points import compose_control_points
from bot.dates import spoken
from bot.defect import Kind
from bot.deployment import Deployment, Outcome, told_outcome
from bot.history import latest
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.put_back import untouched
from bot.retest import rfcs_in_debt
from bot.rfc import Rfc, RfcState
from bot.written import digest_of

RULE = "follow"


def plan_deployments(picture: Picture) -> Plan:
    """When each release arrived and what says so, on the RFCs that somebody set to deployed [M4.4]."""
    return Plan(tuple(_record(d, picture) for d in picture.deployments if _is_unrecorded(d)))


def plan_control_points(picture: Picture) -> Plan:
    """The control points of the RFCs that are under way, where they say something else by now [M12.7]."""
    known = (r for _, r in sorted(picture.facts.rfcs.items()) if r.environment in picture.facts.programme.environments)
    return Plan(tuple(a for r in known if _is_shown(r, picture) for a in _refresh(r, picture)))


def _is_shown(rfc: Rfc, picture: Picture) -> bool:
    """Those under way; and once more when they are closed or withdrawn, as long as their list is not closed."""
    raised = picture.facts.lists.get(rfc.list_id or 0)
    if raised is None:
        return False
    match rfc.state:
        case RfcState.CLOSED:
            return raised.state is ListState.RAISED
        case RfcState.WITHDRAWN:
            return raised.is_open
        case state:
            return state is not RfcState.OTHER


def plan_closures(picture: Picture) -> Plan:
    """The RFCs that Shunter may close, and the lists whose RFC is closed or withdrawn [M5.2], [M Table 9], [C5.5]."""
    in_debt = rfcs_in_debt(picture)
    closable = (d for d in picture.deployments if d.rfc.id not in in_debt and _may_be_closed(d, picture))
    rfcs = (_close(d, picture) for d in closable)
    lists = (a for _, c in sorted(picture.facts.lists.items()) for a in _close_list(c, picture))
    return Plan((*rfcs, *lists))


def _is_unrecorded(deployment: Deployment) -> bool:
    rfc = deployment.rfc
    is_told = told_outcome(rfc) is deployment.outcome and rfc.deployed_at is not None
    return rfc.state in (RfcState.DEPLOYED, RfcState.ROLLED_BACK) and not is_told


def _record(deployment: Deployment, picture: Picture) -> Action:
    rfc = deployment.rfc
    points = compose_control_points(rfc, picture)
    told = latest(rfc.state, picture.facts.histories.get(rfc.id, ()))
    by, at = (told.by, told.at) if told is not None else ("somebody", deployment.at)
    evidence = f"state set to {rfc.state.value} by {by} on {spoken(at, picture.facts.programme.zone)}"
    if rfc.outcome and told_outcome(rfc) is None:
        evidence += f"; the outcome read “{rfc.outcome}”"
    edits = (
        Edit(Field.DEPLOYED_AT, rfc.deployed_at, deployment.at),
        Edit(Field.OUTCOME, rfc.outcome, deployment.outcome.value),
        Edit(Field.EVIDENCE, rfc.evidence, evidence),
        Edit(Field.CONTROL_POINTS, None, points),
    )
    change = Change(Kind.RFC, rfc.id, rfc.rev, edits)
    digest, number = digest_of(points), str(rfc.number)
    return Action(ActionKind.RECORD_DEPLOYMENT, RULE, evidence, f"RFC {rfc.id}", change, digest, number)


def _refresh(rfc: Rfc, picture: Picture) -> Iterator[Action]:
    points = compose_control_points(rfc, picture)
    if rfc.written is not None and rfc.written.digest == digest_of(points):
        return
    approval = picture.approval_of(rfc)
    reason = f"approved by {approval.by}" if isinstance(approval, Approval) else "its control points have changed"
    change = Change(Kind.RFC, rfc.id, rfc.rev, (Edit(Field.CONTROL_POINTS, None, points),))
    yield Action(ActionKind.REVISE_RFC, RULE, reason, f"RFC {rfc.id}", change, digest_of(points), str(rfc.number or ""))


def _may_be_closed(deployment: Deployment, picture: Picture) -> bool:
    """Recorded, complete or wholly rolled back, and left to Shunter to close."""
    rfc = deployment.rfc
    if is_closed_by_people(rfc, picture) or _is_unrecorded(deployment):
        return False
    match rfc.state:
        case RfcState.DEPLOYED:
            return not deployment.incomplete
        case RfcState.ROLLED_BACK:
            return not any(untouched(deployment, picture))
        case _:
            return False


def _close(deployment: Deployment, picture: Picture) -> Action:
    rfc = deployment.rfc
    is_back = deployment.outcome is Outcome.ROLLED_BACK
    reason = f"{rfc.key} is rolled back" if is_back else f"{rfc.key} is deployed and signed off"
    change = Change(Kind.RFC, rfc.id, rfc.rev, (Edit(Field.STATE, rfc.state, RfcState.CLOSED),))
    points = digest_of(compose_control_points(rfc, picture))
    return Action(ActionKind.CLOSE_RFC, RULE, reason, f"RFC {rfc.id}", change, points, str(rfc.number))


def _close_list(candidate_list: CandidateList, picture: Picture) -> Iterator[Action]:
    rfc = picture.rfc_of_list.get(candidate_list.id)
    if rfc is None or not candidate_list.is_open:
        return
    if rfc.state not in (RfcState.CLOSED, RfcState.WITHDRAWN):
        return
    edits = (Edit(Field.STATE, candidate_list.state, ListState.CLOSED),)
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    reason = f"its RFC {rfc.id} is {rfc.state.value}"
    mark = candidate_list.written
    digest, number = (mark.digest, mark.number) if mark else ("", "")
    yield Action(ActionKind.CLOSE_LIST, RULE, reason, f"list {candidate_list.id}", change, digest, number)
