"""Raising RFCs: one for each sealed list, with the release note on it, under the fence of its list [M13]."""

from __future__ import annotations

from collections.abc import Iterator

from bot.agree import plan_agreements
from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.rfc import Rfc, RfcState
from bot.rfc_edition import RULE, raise_rfc, revise_rfc
from bot.why_not_raised import why_not_raised


def plan_rfcs(picture: Picture) -> Plan:
    """An RFC for each sealed list that nothing blocks and whose key no other RFC has taken [M10.2], [M13]."""
    ordered = sorted(picture.facts.lists.items())
    return Plan(tuple(action for _, c in ordered for action in _decide(c, picture)))


def _sealing(picture: Picture) -> tuple[CandidateList, ...]:
    """The lists that are sealed in this very run, and may take the number of one that was sealed before."""
    planned = picture.once(plan_agreements)
    return tuple(picture.facts.lists[a.change.id or 0] for a in planned if a.kind is ActionKind.SEAL)


def _decide(candidate_list: CandidateList, picture: Picture) -> Iterator[Action]:
    if candidate_list.state not in (ListState.AGREED, ListState.RAISED) or not candidate_list.is_sealed:
        return
    if not picture.facts.programme.knows(candidate_list.environment, candidate_list.party):
        return
    own = picture.rfc_of_list.get(candidate_list.id)
    if candidate_list.state is ListState.RAISED:
        # What was rejected is not asked for again by an edition of before: its list goes back to proposed.
        if own is not None and own.state is not RfcState.REJECTED:
            yield from _next_edition(own, candidate_list, picture)
    elif own is None:
        if not (why_not_raised(candidate_list, picture) or picture.holder_of(candidate_list, picture.once(_sealing))):
            yield raise_rfc(candidate_list, picture)
    elif own.edition == candidate_list.edition or (own.is_by_hand and own.is_over):
        yield _mark_raised(candidate_list, own)
    else:
        yield from _next_edition(own, candidate_list, picture)


def _next_edition(own: Rfc | None, sealed: CandidateList, picture: Picture) -> Iterator[Action]:
    """Its list was agreed again, or postponed; a key that another RFC has it does not take."""
    if own is None or own.edition >= sealed.edition or not still_sealed(sealed) or blocks(sealed, picture):
        return
    is_known = picture.facts.programme.knows(own.environment, own.party)
    has_its_key = own.key == sealed.key or sealed.key not in picture.rfc_of_key
    if is_known and own.is_open and has_its_key:
        yield revise_rfc(own, sealed, picture)


def _mark_raised(sealed: CandidateList, rfc: Rfc) -> Action:
    edits = (Edit(Field.STATE, sealed.state, ListState.RAISED),)
    change = Change(Kind.LIST, sealed.id, sealed.rev, edits)
    digest, number = (sealed.written.digest, sealed.written.number) if sealed.written else ("", "")
    reason = f"RFC {rfc.id} has been raised for it"
    return Action(ActionKind.MARK_RAISED, RULE, reason, f"list {sealed.id}", change, digest, number)
