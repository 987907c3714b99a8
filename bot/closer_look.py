"""The closer look: which work items and histories have to be read by id before a decision may rest on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.candidate_list import CandidateList, ListState, Role, still_sealed
from bot.change import Field
from bot.defect import Defect, Kind, State
from bot.deployment import is_to_come
from bot.facts import Facts
from bot.first_sealed import sealed_twice
from bot.known_issues import found_in_any, known_issues
from bot.number import ReleaseType
from bot.outcome import told_outcome
from bot.plan import Fence, Plan
from bot.postponed import moved_windows
from bot.raised_for import lists_of_rfcs
from bot.rfc import Rfc, RfcState
from bot.second_lists import second_lists
from bot.second_rfcs import doubled


def histories_needed(facts: Facts) -> frozenset[int]:
    """Lists and RFCs where it matters who did what: agreed and not sealed, an emergency's, or waived; approved or
    refused; answered; deployed and still owed; just closed; what arrived last in each environment; what evidence was
    seen of; where somebody has moved a window, or changed the links of what was sealed; and where two RFCs or lists
    stand for the same."""
    lists = (c.id for c in facts.lists.values() if _agreement_matters(c) or _is_waived(c))
    standing_for, seen = lists_of_rfcs(facts), {sighting.key for sighting in facts.sightings}
    shown = (r.id for r in facts.rfcs.values() if r.is_under_way and r.key in seen)
    rfcs = (r.id for r in facts.rfcs.values() if _matters(r, standing_for.get(r.id), facts))
    changed = (id for id, sealed in standing_for.items() if sealed.is_sealed and not still_sealed(sealed))
    twice = doubled(facts) | frozenset(second_lists(facts)) | sealed_twice(facts)
    needed = (lists, rfcs, shown, changed, twice, _last_arrivals(facts), moved_windows(facts))
    return frozenset(id for ids in needed for id in ids)


def _last_arrivals(facts: Facts) -> frozenset[int]:
    """One that is closed may have been rolled back just before: only its history tells, and all else builds on it."""
    closed = (r for r in facts.rfcs.values() if r.state is RfcState.CLOSED and not is_to_come(r, facts.now))
    dated = sorted((r.deployed_at, r.id, (r.environment, r.party)) for r in closed if r.deployed_at is not None)
    return frozenset({place: id for _, id, place in dated}.values())


def _agreement_matters(candidate_list: CandidateList) -> bool:
    """That of an emergency is its release review, which its RFC shows."""
    if candidate_list.type is ReleaseType.EMERGENCY:
        return candidate_list.state in (ListState.AGREED, ListState.RAISED)
    return candidate_list.state is ListState.AGREED and not candidate_list.is_sealed


def _matters(rfc: Rfc, sealed: CandidateList | None, facts: Facts) -> bool:
    match rfc.state:
        case RfcState.APPROVED | RfcState.REJECTED | RfcState.DEPLOYED | RfcState.ROLLED_BACK:
            return True
        case RfcState.RAISED:
            return bool(rfc.answers or rfc.waiver.strip())
        case RfcState.WITHDRAWN:
            return _list_is_open(rfc, facts)
        case RfcState.CLOSED if rfc.is_duplicate:
            return False
        case RfcState.CLOSED:
            is_told = told_outcome(rfc) is not None and not rfc.accepted
            return not is_told or _list_is_open(rfc, facts) or _still_owes(rfc, sealed, facts)
        case _:
            return False


def _list_is_open(rfc: Rfc, facts: Facts) -> bool:
    """Then its control points are shown once more."""
    raised = facts.lists.get(rfc.list_id or 0)
    return raised is not None and raised.is_open


def _is_waived(candidate_list: CandidateList) -> bool:
    return candidate_list.is_open and bool(candidate_list.waiver.strip())


def _still_owes(rfc: Rfc, sealed: CandidateList | None, facts: Facts) -> bool:
    named = {e.fix.defect for e in sealed.entries if e.role is Role.RETEST_HERE} if sealed is not None else set()
    here = (facts.defects.get(id) for id in named | rfc.accepted)
    return any(d is not None and d.state is State.RESOLVED and d.delivered_by != rfc.id for d in here)


def items_needed(plan: Plan, facts: Facts) -> frozenset[int]:
    """What a plan is about to write, and what it will quote: read again by id, the plan is decided anew on that. With
    a defect, the RFC by which it is handed over, or put back: somebody may have said something else of it just now."""
    touched = {a.change.id for a in plan if a.change.id is not None}
    fences = [a.fence for a in plan if a.fence is not None]
    issues = known_issues(facts.defects.values()) if fences else {}
    edits = (edit for action in plan for edit in action.change.edits if edit.field is Field.DELIVERED_BY)
    touched |= {rfc for edit in edits if isinstance(rfc := edit.new or edit.old, int) and rfc in facts.rfcs}
    quoted = {id for fence in fences for id in (*_quoted(fence, facts, issues), *_rivals(fence, facts))}
    return frozenset(touched | {fence.list_id for fence in fences} | quoted)


def _rivals(fence: Fence, facts: Facts) -> Iterator[int]:
    """The other lists of its party: one may stand for the same key, or have been sealed with its number at the same
    moment [M11]."""
    yield from (c.id for c in facts.lists.values() if c.party == fence.key.party and c.is_open)


def _quoted(fence: Fence, facts: Facts, issues: Mapping[str, tuple[Defect, ...]]) -> Iterator[int]:
    """Of a note's change requests and known issues it is the long text that counts, which no feed carries."""
    sealed = facts.lists.get(fence.list_id)
    if sealed is not None:
        yield from (e.fix.defect for e in sealed.entries if e.role is Role.CHANGE and e.fix.defect in facts.defects)
    place = facts.programme.environments[fence.key.environment]
    yield from (defect.id for defect in found_in_any(place.covers, issues))


def testers_unknown(facts: Facts) -> frozenset[int]:
    """The defects that somebody has to retest, and of which no reading has told whom they are assigned to."""
    waiting = (d for d in facts.defects.values() if d.state is State.READY_FOR_RETEST)
    return frozenset(d.id for d in waiting if not d.assigned_to)


def brought_by_nothing(facts: Facts) -> frozenset[int]:
    """The defects that a person moved to retest: only their history tells since when they wait there."""
    waiting = (d for d in facts.defects.values() if d.state is State.READY_FOR_RETEST and d.kind is Kind.DEFECT)
    return frozenset(d.id for d in waiting if d.delivered_by not in facts.rfcs)
