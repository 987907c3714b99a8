"""Following RFCs: keeping their control points true, closing what is complete or superseded."""

from __future__ import annotations

from collections.abc import Iterator

from bot.approval import Approval
from bot.candidate_list import CandidateList, ListState
from bot.change import Change, Edit, Field
from bot.closing import is_closed_by_people
from bot.compose_control_points import compose_control_points
from bot.defect import Kind
from bot.deployment import Deployment
from bot.outcome import Outcome
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.put_back import untouched
from bot.record_deployments import is_recorded
from bot.remark import Remark
from bot.retest import rfcs_in_debt
from bot.rfc import Rfc, RfcState
from bot.superseded import superseded_by
from bot.written import digest_of

RULE = "follow"


def plan_control_points(picture: Picture) -> Plan:
    """The control points of the RFCs that are under way, where they say something else by now [M12.7]."""
    known = (r for _, r in sorted(picture.facts.rfcs.items()) if r.environment in picture.facts.programme.environments)
    return Plan(tuple(a for r in known if _is_shown(r, picture) for a in _refresh(r, picture)))


def _is_shown(rfc: Rfc, picture: Picture) -> bool:
    """Those under way; and once more when they are closed or withdrawn, as long as their list is not closed."""
    raised = picture.facts.lists.get(rfc.list_id or 0)
    if raised is None or rfc.is_duplicate:
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
    superseded = (a for _, rfc in sorted(picture.facts.rfcs.items()) for a in _close_superseded(rfc, picture))
    lists = (a for _, c in sorted(picture.facts.lists.items()) for a in _close_list(c, picture))
    return Plan((*rfcs, *superseded, *lists))


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
    if is_closed_by_people(rfc, picture) or not deployment.is_current or not is_recorded(deployment, picture):
        return False
    match rfc.state:
        case RfcState.DEPLOYED:
            return not deployment.incomplete
        case RfcState.ROLLED_BACK:
            return deployment.unconfirmed is None and not any(untouched(deployment, picture))
        case _:
            return False


def _close(deployment: Deployment, picture: Picture) -> Action:
    rfc = deployment.rfc
    is_back = deployment.outcome is Outcome.ROLLED_BACK
    reason = f"{rfc.key} is rolled back" if is_back else f"{rfc.key} is deployed and signed off"
    change = Change(Kind.RFC, rfc.id, rfc.rev, (Edit(Field.STATE, rfc.state, RfcState.CLOSED),))
    points = digest_of(compose_control_points(rfc, picture))
    return Action(ActionKind.CLOSE_RFC, RULE, reason, f"RFC {rfc.id}", change, points, str(rfc.number))


def _close_superseded(rfc: Rfc, picture: Picture) -> Iterator[Action]:
    """The same build has failed, and a changed one is asked for: nothing more comes of this RFC [M12.9]."""
    words = superseded_by(rfc, picture)
    if not words or is_closed_by_people(rfc, picture):
        return
    if rfc.state not in (RfcState.APPROVED, RfcState.DEPLOYED):
        return
    edits = (
        Edit(Field.STATE, rfc.state, RfcState.CLOSED),
        Edit(Field.REMARK, None, Remark((f"Closed: {words}.",))),
    )
    change = Change(Kind.RFC, rfc.id, rfc.rev, edits)
    points = digest_of(compose_control_points(rfc, picture))
    yield Action(ActionKind.CLOSE_RFC, RULE, words, f"RFC {rfc.id}", change, points, str(rfc.number))


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
