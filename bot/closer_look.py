"""The closer look: which work items and histories have to be read by id before a decision may rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import CandidateList, ListState, Role
from bot.defect import Kind, State
from bot.deployment import told_outcome
from bot.facts import Facts
from bot.known_issues import known_issues
from bot.number import ReleaseType
from bot.plan import Fence, Plan
from bot.postponed import moved_windows
from bot.rfc import Rfc, RfcState


def histories_needed(facts: Facts) -> frozenset[int]:
    """Lists and RFCs where it matters who did what: agreed and not sealed, or an emergency's; approved or refused;
    answered; deployed and still owed; what arrived last in each environment; and where somebody has moved a window."""
    lists = (c.id for c in facts.lists.values() if _agreement_matters(c))
    rfcs = (r.id for r in facts.rfcs.values() if _matters(r, facts))
    return frozenset(lists) | frozenset(rfcs) | _last_arrivals(facts) | moved_windows(facts)


def _last_arrivals(facts: Facts) -> frozenset[int]:
    """One that is closed may have been rolled back just before: only its history tells, and all else builds on it."""
    closed = (r for r in facts.rfcs.values() if r.state is RfcState.CLOSED)
    dated = sorted((r.deployed_at, r.id, (r.environment, r.party)) for r in closed if r.deployed_at is not None)
    return frozenset({place: id for _, id, place in dated}.values())


def _agreement_matters(candidate_list: CandidateList) -> bool:
    """That of an emergency is its release review, which its RFC shows."""
    if candidate_list.type is ReleaseType.EMERGENCY:
        return candidate_list.state in (ListState.AGREED, ListState.RAISED)
    return candidate_list.state is ListState.AGREED and not candidate_list.is_sealed


def _matters(rfc: Rfc, facts: Facts) -> bool:
    match rfc.state:
        case RfcState.APPROVED | RfcState.REJECTED | RfcState.DEPLOYED | RfcState.ROLLED_BACK:
            return True
        case RfcState.RAISED:
            return bool(rfc.answers)
        case RfcState.WITHDRAWN:
            return _list_is_open(rfc, facts)
        case RfcState.CLOSED:
            is_answered = bool(rfc.answers) and _list_is_open(rfc, facts)
            return told_outcome(rfc) is None or is_answered or _still_owes(rfc, facts)
        case _:
            return False


def _list_is_open(rfc: Rfc, facts: Facts) -> bool:
    """Then its control points are shown once more."""
    raised = facts.lists.get(rfc.list_id or 0)
    return raised is not None and raised.is_open


def _still_owes(rfc: Rfc, facts: Facts) -> bool:
    sealed = facts.lists.get(rfc.list_id or 0)
    named = {e.fix.defect for e in sealed.entries if e.role is Role.RETEST_HERE} if sealed is not None else set()
    here = (facts.defects.get(id) for id in named | rfc.accepted)
    return any(d is not None and d.state is State.RESOLVED and d.delivered_by != rfc.id for d in here)


def items_needed(plan: Plan, facts: Facts) -> frozenset[int]:
    """What a plan is about to write, and what it will quote: read again by id, the plan is decided anew on that."""
    touched = {a.change.id for a in plan if a.change.id is not None}
    fences = [a.fence for a in plan if a.fence is not None]
    quoted = {id for fence in fences for id in _quoted(fence, facts)}
    return frozenset(touched | {fence.list_id for fence in fences} | quoted)


def _quoted(fence: Fence, facts: Facts) -> Iterator[int]:
    """Of a note's change requests and known issues it is the long text that counts, which no feed carries."""
    sealed = facts.lists.get(fence.list_id)
    if sealed is not None:
        yield from (e.fix.defect for e in sealed.entries if e.role is Role.CHANGE and e.fix.defect in facts.defects)
    yield from (d.id for d in known_issues(fence.key.environment, facts.defects.values()))


def testers_unknown(facts: Facts) -> frozenset[int]:
    """The defects that somebody has to retest, and of which no reading has told whom they are assigned to."""
    waiting = (d for d in facts.defects.values() if d.state is State.READY_FOR_RETEST)
    return frozenset(d.id for d in waiting if not d.assigned_to)


def brought_by_nothing(facts: Facts) -> frozenset[int]:
    """The defects that a person moved to retest: only their history tells since when they wait there."""
    waiting = (d for d in facts.defects.values() if d.state is State.READY_FOR_RETEST and d.kind is Kind.DEFECT)
    return frozenset(d.id for d in waiting if d.delivered_by not in facts.rfcs)
