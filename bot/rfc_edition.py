"""An edition of an RFC: what its sealed list has Shunter write on it, the first time and each time after."""

from __future__ import annotations

from dataclasses import replace

from bot.candidate_list import CandidateList
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.compose_control_points import compose_control_points
from bot.compose_note import UNTOLD, compose_note, reason_of, title_of, way_back_of
from bot.defect import Kind
from bot.picture import Picture
from bot.plan import Action, ActionKind, Fence
from bot.rfc import Rfc, RfcState
from bot.roadmap import name_on_rfc
from bot.written import digest_of

RULE = "raise"


def raise_rfc(sealed: CandidateList, picture: Picture) -> Action:
    """The first edition, created under the fence of its list."""
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
        fence=Fence(sealed.id, sealed.rev, sealed.key, claim, sealed.own_number),
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


def revise_rfc(rfc: Rfc, sealed: CandidateList, picture: Picture) -> Action:
    """The next edition on the same RFC: the same build keeps its number, and its approval is asked for again."""
    raised = replace(
        rfc,
        state=RfcState.RAISED,
        list_id=sealed.id,
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
