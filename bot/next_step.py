"""The next step of an RFC: who is expected to do what, in one or two sentences, for whoever opens it."""

from __future__ import annotations

from bot.answered import unsettled
from bot.approval import Deviation
from bot.closing import is_closed_by_people
from bot.dates import spoken
from bot.deployment import Deployment
from bot.history import latest
from bot.outcome import FAILURES, Outcome
from bot.overdue import overdue, way_out
from bot.owners import approver_of
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.superseded import superseded_by


def next_step_of(rfc: Rfc, picture: Picture) -> str:
    """What holds the release up comes first, with whose it is; its environment has to be configured."""
    deployment = picture.deployment_of(rfc)
    approver = approver_of(picture.facts.programme.environments[rfc.environment])
    if deployment is not None:
        return _after_deployment(rfc, deployment, approver, picture)
    if late := overdue(rfc, picture):
        return f"{late[:1].upper()}{late[1:]}. {way_out(rfc)}"
    match rfc.state:
        case RfcState.RAISED:
            start = spoken(rfc.window.start, picture.facts.programme.zone)
            return f"{_first(rfc, picture)}The {approver} approves or rejects this RFC before {start}."
        case RfcState.APPROVED:
            return _approved(rfc, approver, picture)
        case _:
            return _ended(rfc, picture)


def _first(rfc: Rfc, picture: Picture) -> str:
    """What the approval will need besides itself, and whose that is."""
    missing = tuple(unsettled(rfc, picture.answers_of(rfc), picture.facts.programme))
    if not missing:
        return ""
    owners = " and ".join(dict.fromkeys(found.owner for found in missing))
    return f"First, {owners}: {'; '.join(found.words for found in missing)}. "


def _approved(rfc: Rfc, approver: str, picture: Picture) -> str:
    match picture.approval_of(rfc):
        case Deviation(words, settled_by) if settled_by:
            return f"Next, {settled_by}: {words}. Then the approval counts."
        case Deviation(words):
            return f"The {approver} approves it again: {words}."
        case _:
            start = spoken(rfc.window.start, picture.facts.programme.zone)
            return f"It is deployed in the window from {start}; whoever confirms that sets its state to deployed."


def _ended(rfc: Rfc, picture: Picture) -> str:
    step = latest(rfc.state, picture.facts.histories.get(rfc.id, ()))
    by = f" by {step.by} on {spoken(step.at, picture.facts.programme.zone)}" if step is not None else ""
    match rfc.state:
        case RfcState.REJECTED:
            return f"It was rejected{by}: its list goes back to proposed, and the next edition is raised here."
        case RfcState.WITHDRAWN:
            return f"Nothing: it was withdrawn{by}; its list closes, and its fixes are free for the next release."
        case RfcState.CLOSED:
            return f"Nothing: it was closed{by}, and nothing was deployed."
        case _:
            return "Nothing: it is not under way."


def _after_deployment(rfc: Rfc, deployment: Deployment, approver: str, picture: Picture) -> str:
    if deployment.outcome is Outcome.ROLLED_BACK:
        return _after_rollback(rfc, approver, picture)
    if deployment.outcome in FAILURES:
        return _after_failure(rfc, deployment, approver, picture)
    if deployment.incomplete:
        return f"Its defects wait, because {deployment.incomplete}."
    if rfc.state is RfcState.CLOSED:
        return "Nothing: it is closed."
    if rfc.id not in picture.list_of_rfc:
        why = "no list stands behind it" if rfc.is_by_hand else f"its list {rfc.list_id} is not there any more"
        handed = f"what it has brought is handed over as far as it is accepted by name, because {why}"
    else:
        handed = "its defects are ready for retest"
    if is_closed_by_people(rfc, picture):
        return f"The {approver} approves closure by closing this RFC; {handed}."
    return f"It is closed by Shunter; {handed}."


def _after_failure(rfc: Rfc, deployment: Deployment, approver: str, picture: Picture) -> str:
    """Fix forward: the same build on the same RFC, or a changed one on another [M5.1], [M12.9]."""
    if rfc.state is RfcState.CLOSED:
        return f"Nothing: {deployment.incomplete}, and it is closed."
    if words := superseded_by(rfc, picture):
        who = f"The {approver}" if is_closed_by_people(rfc, picture) else "Shunter"
        return f"It is {words}. {who} closes this RFC."
    again = "set the RFC to approved" if rfc.state is RfcState.DEPLOYED else "empty its outcome"
    return (
        f"Its defects wait, because {deployment.incomplete}. To deploy the same build once more, {again}; "
        "a changed build has a number and an RFC of its own. If it is in by now, correct the outcome."
    )


def _after_rollback(rfc: Rfc, approver: str, picture: Picture) -> str:
    if rfc.state is RfcState.CLOSED:
        return "Nothing: it was rolled back, and is closed."
    who = f"The {approver} closes" if is_closed_by_people(rfc, picture) else "Shunter closes"
    return f"It was rolled back: its defects go back to resolved. {who} this RFC; a changed build is a new one."
