"""Undoing a run: what a person puts back of what it wrote, and what stays, with the reason."""

from __future__ import annotations

from bot.act import AlreadySo, Objection, Verdict
from bot.as_before import Work, as_before
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import Kind, State
from bot.rfc import Rfc, RfcState

_OF_A_DEFECT = (Field.STATE, Field.DELIVERED_BY, Field.ASSIGNED_TO, Field.TAGS, Field.PLANNED_FOR)
_DECIDED = frozenset({Field.STATE, Field.SEAL, Field.EDITION, Field.CLAIM, Field.OUTCOME, Field.ATTEMPT})
"""What a later run writes on a list or RFC when it goes on with it; all else it works out anew at every look."""
NOT_AGAIN = (
    "A defect that is resolved again is not handed over again for the same RFC, whose id stays in its "
    "“delivered by”: to have it handed over after all, clear that field."
)
CLOSED_BY_PEOPLE = "An RFC whose closing is taken back is not closed by Shunter again: people close it."


def undo(work: Work, rfc: Rfc | None = None) -> Verdict:
    """`rfc` is that of the list, where the work item is a list and has one."""
    match work.trace.kind:
        case Kind.LIST:
            return _list(work, rfc)
        case Kind.RFC:
            return _rfc(work)
        case _:
            return _defect(work)


def _defect(work: Work) -> Verdict:
    before = {field: work.before(field) for field in _OF_A_DEFECT if field in work.edits}
    if not before:
        return AlreadySo(f"{work.name}: only its history was added to, which stays")
    if before.get(Field.STATE) is not State.RESOLVED:
        return as_before(work, before, guarded=frozenset(before))
    # The memory by which Shunter does not move it again for the same RFC.
    before.pop(Field.DELIVERED_BY, None)
    then = f"It is not handed over again for RFC {work.value(Field.DELIVERED_BY)}, unless “delivered by” is cleared."
    return as_before(work, before, guarded=frozenset({*before, Field.DELIVERED_BY}), then=then, shown=NOT_AGAIN)


def _list(work: Work, rfc: Rfc | None) -> Verdict:
    if work.is_new:
        return AlreadySo(f"{work.name} stays: Shunter would propose it again, as long as its fixes wait for a release")
    match work.edits[Field.STATE].new if Field.STATE in work.edits else None:
        case ListState.PROPOSED:
            return _agreed_again(work)
        case ListState.CLOSED:
            return _reopened(work, rfc)
        case ListState.RAISED:
            return AlreadySo(f"{work.name} says that its RFC is raised: that is undone on the RFC")
        case None if Field.SEAL in work.edits and work.edits[Field.SEAL].new:
            then = f"The list is open again; edition {work.value(Field.EDITION)} stays counted."
            return as_before(work, {Field.STATE: ListState.PROPOSED, Field.SEAL: ""}, guarded=_DECIDED, then=then)
        case _:
            return _anew(work)


def _agreed_again(work: Work) -> Verdict:
    if work.value(Field.STATE) is not ListState.PROPOSED:
        return AlreadySo(f"{work.name} was put back to proposed, and people have gone on with it")
    return Objection(f"{work.name} was put back to proposed: whoever agrees it agrees it again, which undoing does not")


def _reopened(work: Work, rfc: Rfc | None) -> Verdict:
    """Closed without an RFC, nothing was left to release: that is worked out anew at every look."""
    if rfc is None:
        return AlreadySo(f"{work.name} stays closed: Shunter proposes another as soon as something is to be released")
    if rfc.state in (RfcState.CLOSED, RfcState.WITHDRAWN):
        return Objection(f"{work.name} closes with its RFC {rfc.id}, which is {rfc.state.value}: reopen that one first")
    was_raised = work.before(Field.STATE) is ListState.RAISED
    return as_before(work, {Field.STATE: ListState.RAISED if was_raised else ListState.PROPOSED}, guarded=_DECIDED)


def _rfc(work: Work) -> Verdict:
    if work.is_new:
        return _withdrawn(work)
    if Field.STATE in work.edits and work.edits[Field.STATE].new is RfcState.CLOSED:
        state = work.before(Field.STATE)
        return as_before(work, {Field.STATE: state}, guarded=_DECIDED, then=CLOSED_BY_PEOPLE, shown=CLOSED_BY_PEOPLE)
    if Field.EDITION in work.edits:
        edition = work.edits[Field.EDITION].new
        return Objection(
            f"{work.name} asks for edition {edition}: whoever approves it rejects it, and its list is open"
        )
    if Field.OUTCOME in work.edits:
        return AlreadySo(
            f"{work.name}: its deployment was recorded because its state says so: whoever set that corrects it"
        )
    return _anew(work)


def _withdrawn(work: Work) -> Verdict:
    """Never deleted: what was asked for stays on record, and its list closes by the usual rule."""
    party, number, environment = (work.value(f) for f in (Field.PARTY, Field.NUMBER, Field.ENVIRONMENT))
    shown = (
        f"{work.name} asks for {party} {number} to {environment}. Withdrawn, it closes its list "
        f"{work.value(Field.LIST)}, and its fixes go into the next draft."
    )
    return as_before(work, {Field.STATE: RfcState.WITHDRAWN}, guarded=_DECIDED, shown=shown)


def _anew(work: Work) -> Verdict:
    decided = sorted(field.value for field in work.edits.keys() & (_DECIDED - {Field.CLAIM, Field.SEAL}))
    if decided:
        return Objection(f"{work.name}: {', '.join(decided)} is not put back by undoing: look at it")
    return AlreadySo(f"{work.name}: what was written on it is worked out anew at every look")
