"""Raising RFCs: one for each sealed list, with the release note on it, under the fence of its list [M13]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.compose_control_points import compose_control_points
from bot.compose_note import UNTOLD, compose_note, reason_of, title_of, way_back_of
from bot.defect import Kind
from bot.fence import is_quarantined
from bot.picture import Picture
from bot.plan import Action, ActionKind, Fence, Plan
from bot.rfc import Rfc, RfcState
from bot.roadmap import name_on_rfc
from bot.waiver import counting_waiver
from bot.window import agree_by
from bot.written import digest_of

RULE = "raise"


def plan_rfcs(picture: Picture) -> Plan:
    """An RFC for each sealed list that nothing blocks and whose key no other RFC has taken [M10.2], [M13]."""
    ordered = sorted(picture.facts.lists.items())
    return Plan(tuple(action for _, c in ordered for action in _decide(c, picture)))


def why_not_raised(sealed: CandidateList, picture: Picture) -> str:
    """What an agreed list waits for before its RFC can be raised, in words; empty where nothing stands in the way."""
    taken = picture.rfc_of_key.get(sealed.key)
    blocking = blocks(sealed, picture)
    now, programme = picture.facts.now, picture.facts.programme
    if not _is_configured(sealed, picture):
        return f"{sealed.party} or {sealed.environment} is not configured"
    if taken is not None and taken.list_id != sealed.id and not taken.is_by_hand:
        return f"RFC {taken.id} has been raised for {sealed.key} already, not from this list"
    if blocking:
        return "; ".join(blocking)
    if sealed.number is None or not sealed.is_sealed or not still_sealed(sealed):
        return "its seal, in the next run"
    if now > agree_by(sealed.window, programme) and not counting_waiver(sealed, picture.facts):
        return "the notice of its window has passed"
    if sealed.claim and sealed.changed_at is not None and is_quarantined(sealed.changed_at, now):
        return "an RFC may be on its way: it is looked for again in a few minutes"
    return ""


def _decide(candidate_list: CandidateList, picture: Picture) -> Iterator[Action]:
    if candidate_list.state not in (ListState.AGREED, ListState.RAISED) or not candidate_list.is_sealed:
        return
    if not _is_configured(candidate_list, picture):
        return
    own = picture.rfc_of_list.get(candidate_list.id)
    if candidate_list.state is ListState.RAISED:
        yield from _next_edition(own, candidate_list, picture)
    elif own is None:
        if not why_not_raised(candidate_list, picture):
            yield _raise(candidate_list, picture)
    elif own.edition == candidate_list.edition or (own.is_by_hand and own.is_over):
        yield _mark_raised(candidate_list, own)
    else:
        yield from _next_edition(own, candidate_list, picture)


def _next_edition(own: Rfc | None, sealed: CandidateList, picture: Picture) -> Iterator[Action]:
    """Its list was agreed again, or postponed."""
    if own is None or own.edition >= sealed.edition or not _is_configured(own, picture) or blocks(sealed, picture):
        return
    if own.state in (RfcState.REJECTED, RfcState.APPROVED, RfcState.RAISED):
        yield _revise(own, sealed, picture)


def _is_configured(item: CandidateList | Rfc, picture: Picture) -> bool:
    programme = picture.facts.programme
    return item.environment in programme.environments and item.party in programme.parties


def _raise(sealed: CandidateList, picture: Picture) -> Action:
    party = picture.facts.programme.parties[sealed.party]
    points = compose_control_points(_as_raised(sealed), picture)
    edits = (
        Edit(Field.ENVIRONMENT, None, sealed.environment),
        Edit(Field.PARTY, None, sealed.party),
        Edit(Field.NUMBER, None, sealed.number),
        Edit(Field.TYPE, None, sealed.type),
        Edit(Field.LIST, None, sealed.id),
        *name_on_rfc("", sealed),
        Edit(Field.ATTEMPT, None, 1),
        Edit(Field.WAY_BACK, None, way_back_of(party)),
        Edit(Field.DOWNTIME, None, UNTOLD),
        Edit(Field.CONTROL_POINTS, None, points),
        *_edition(sealed, picture),
    )
    links = (
        Link(LinkKind.LIST, sealed.id),
        *(Link(LinkKind.FIX, e.fix.defect, str(e)) for e in sorted(sealed.entries)),
    )
    claim = f"{sealed.key}, edition {sealed.edition}"
    return Action(
        kind=ActionKind.RAISE_RFC,
        rule=RULE,
        reason=f"list {sealed.id} is sealed as edition {sealed.edition}: {reason_of(sealed)}",
        subject=f"list {sealed.id}",
        change=Change(Kind.RFC, None, None, edits, links),
        digest=digest_of(points),
        number=str(sealed.number),
        fence=Fence(sealed.id, sealed.rev, sealed.key, claim),
    )


def _as_raised(sealed: CandidateList) -> Rfc:
    """The RFC as it will stand once it is created: what its control points are composed from."""
    return Rfc(
        id=0,
        rev=0,
        state=RfcState.RAISED,
        environment=sealed.environment,
        party=sealed.party,
        number=sealed.number,
        type=sealed.type,
        window=sealed.window,
        list_id=sealed.id,
        edition=sealed.edition,
        seal=sealed.seal,
    )


def _edition(sealed: CandidateList, picture: Picture) -> tuple[Edit, ...]:
    """What every edition writes anew on its RFC."""
    return (
        Edit(Field.TITLE, None, title_of(sealed)),
        Edit(Field.WINDOW_START, None, sealed.window.start),
        Edit(Field.WINDOW_END, None, sealed.window.end),
        Edit(Field.EDITION, None, sealed.edition),
        Edit(Field.SEAL, None, sealed.seal),
        Edit(Field.NOTE, None, compose_note(sealed, picture)),
    )


def _revise(rfc: Rfc, sealed: CandidateList, picture: Picture) -> Action:
    """The next edition on the same RFC: the same build keeps its number, and its approval is asked for again."""
    raised = replace(
        rfc,
        state=RfcState.RAISED,
        type=sealed.type,
        window=sealed.window,
        edition=sealed.edition,
        seal=sealed.seal,
    )
    points = compose_control_points(raised, picture)
    back = (Edit(Field.STATE, rfc.state, RfcState.RAISED),) if rfc.state is not RfcState.RAISED else ()
    adopted = (Edit(Field.LIST, None, sealed.id), Edit(Field.TYPE, None, sealed.type)) if rfc.is_by_hand else ()
    named = {e.fix.defect: Link(LinkKind.FIX, e.fix.defect, str(e)) for e in sorted(sealed.entries)}
    change = Change(
        kind=Kind.RFC,
        id=rfc.id,
        rev=rfc.rev,
        edits=(
            *back,
            *adopted,
            Edit(Field.CONTROL_POINTS, None, points),
            *name_on_rfc(rfc.roadmap, sealed),
            *_edition(sealed, picture),
        ),
        links=(
            *([Link(LinkKind.LIST, sealed.id)] if rfc.is_by_hand else []),
            *(link for id, link in named.items() if id not in rfc.fixes),
        ),
        unlinks=tuple(Link(LinkKind.FIX, id) for id in sorted(rfc.fixes - named.keys())),
    )
    reason = f"list {sealed.id} was agreed {'for its key' if rfc.is_by_hand else 'again'} as edition {sealed.edition}"
    return Action(
        ActionKind.REVISE_RFC, RULE, reason, f"RFC {rfc.id}", change, digest_of(points), str(rfc.number or "")
    )


def _mark_raised(sealed: CandidateList, rfc: Rfc) -> Action:
    edits = (Edit(Field.STATE, sealed.state, ListState.RAISED),)
    change = Change(Kind.LIST, sealed.id, sealed.rev, edits)
    digest, number = (sealed.written.digest, sealed.written.number) if sealed.written else ("", "")
    reason = f"RFC {rfc.id} has been raised for it"
    return Action(ActionKind.MARK_RAISED, RULE, reason, f"list {sealed.id}", change, digest, number)
