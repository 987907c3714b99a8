"""Putting back: after a rollback, the defects that it moved and that nobody has touched since go back to resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.change import Change, Edit, Field
from bot.defect import Defect, Kind, State
from bot.deployment import Deployment
from bot.facts import Facts
from bot.outcome import Outcome, told_outcome
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark
from bot.rfc import Rfc, RfcState

RULE = "rollback"


def plan_put_back(picture: Picture) -> Plan:
    """Only what still stands as Shunter left it is put back; the rest is the defect manager's to decide [M5.1]."""
    rolled_back = (d for d in picture.deployments if d.outcome is Outcome.ROLLED_BACK and d.unconfirmed is None)
    return Plan(tuple(_put_back(d, defect, picture) for d in rolled_back for defect in untouched(d, picture)))


def untouched(deployment: Deployment, picture: Picture) -> Iterator[Defect]:
    """The defects that this deployment moved, and whose last revision is still the bot's."""
    return (d for d in _moved(deployment, picture) if _is_as_left(d, picture.facts))


def touched(deployment: Deployment, picture: Picture) -> tuple[Defect, ...]:
    """The defects that this deployment moved and that a person has taken further since."""
    return tuple(d for d in _moved(deployment, picture) if not _is_as_left(d, picture.facts))


def _moved(deployment: Deployment, picture: Picture) -> Sequence[Defect]:
    """What an earlier attempt of the same RFC moved is the later one's, once that has arrived."""
    is_last = deployment.attempt == picture.deployments_of(deployment.rfc)[-1].attempt
    return picture.moved_by.get(deployment.rfc.id, ()) if is_last else ()


def to_be_looked_at(facts: Facts) -> frozenset[int]:
    """The defects of rolled back RFCs of which it is not known who changed them last."""
    return frozenset(d.id for d in _moved_and_rolled_back(facts) if not d.changed_by)


def may_be_put_back(facts: Facts) -> tuple[Defect, ...]:
    """The defects whose former assignee has to be known."""
    return tuple(d for d in _moved_and_rolled_back(facts) if _is_as_left(d, facts))


def _is_as_left(defect: Defect, facts: Facts) -> bool:
    return defect.state is State.READY_FOR_RETEST and defect.changed_by == facts.bot


def _moved_and_rolled_back(facts: Facts) -> Iterator[Defect]:
    moved = facts.moved_by()
    return (d for rfc in _rolled_back(facts) for d in moved.get(rfc.id, ()))


def _rolled_back(facts: Facts) -> Iterator[Rfc]:
    """By their state, or by the outcome that stands on them: a person may have closed them, or asked for them again."""
    told = (RfcState.APPROVED, RfcState.DEPLOYED, RfcState.CLOSED)
    for _, rfc in sorted(facts.rfcs.items()):
        is_told = rfc.state in told and told_outcome(rfc) is Outcome.ROLLED_BACK
        if rfc.state is RfcState.ROLLED_BACK or is_told:
            yield rfc


def _put_back(deployment: Deployment, defect: Defect, picture: Picture) -> Action:
    rfc = deployment.rfc
    reason = f"{rfc.party} {deployment.number} was rolled back in {rfc.environment}"
    words = f"Back to resolved: {reason} (RFC {rfc.id}). Its fix goes onto the next list."
    edits = (
        Edit(Field.STATE, defect.state, State.RESOLVED),
        Edit(Field.DELIVERED_BY, defect.delivered_by, None),
        Edit(Field.REMARK, None, Remark((words,), (rfc.id,))),
    )
    former = picture.facts.former_assignees.get(defect.id, "")
    change = Change(Kind.DEFECT, defect.id, defect.rev, edits, assignees=(former,) if former else ())
    return Action(ActionKind.PUT_BACK, RULE, reason, f"defect {defect.id}", change)
