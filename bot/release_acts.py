"""Acts on lists and RFCs: agreeing a list, and waiving the notice of either."""

from __future__ import annotations

from collections.abc import Iterator

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.agree import objection
from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, Role
from bot.change import Change, Edit, Field
from bot.dates import spoken
from bot.defect import Kind
from bot.facts import Facts
from bot.picture import Picture
from bot.rfc import Rfc
from bot.waiver import why_no_waiver
from bot.window import agree_by
from bot.written import LIMIT


def agree(candidate_list: CandidateList, by: str, picture: Picture) -> Verdict:
    """Refused is what would be put back [C6]; what merely delays the seal is shown."""
    name, programme = f"list {candidate_list.id}", picture.facts.programme
    if candidate_list.state is ListState.AGREED:
        return AlreadySo(f"{name} is agreed already")
    if candidate_list.state is not ListState.PROPOSED:
        return Objection(f"{name} is {candidate_list.state.value}: only a proposed list can be agreed")
    if not programme.knows(candidate_list.environment, candidate_list.party):
        return Objection(f"{name} is for {candidate_list.key}, which the configuration does not know")
    words = objection(candidate_list, by, picture)
    if words:
        return Objection(f"{name} would go back to proposed: {words}")
    edits = (Edit(Field.STATE, candidate_list.state, ListState.AGREED),)
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    return Act(change, f"{name} is agreed: {candidate_list.key}", tuple(_summary(candidate_list, picture)))


def waive(item: CandidateList | Rfc, why: str, by: str, facts: Facts) -> Verdict:
    """That the notice of its window need not be kept, with the name of the person who says so."""
    kind = Kind.LIST if isinstance(item, CandidateList) else Kind.RFC
    name = f"list {item.id}" if kind is Kind.LIST else f"RFC {item.id}"
    if item.waiver.strip():
        return AlreadySo(f"{name} has a waiver already: {item.waiver.strip()}")
    if not item.is_open:
        return Objection(f"{name} is {item.state.value}: there is no notice left to waive")
    if words := why_no_waiver(by, item, facts):
        return Objection(f"the waiver would not count: {words}")
    text = f"{by}: {' '.join(why.split())}"
    if len(text) > LIMIT:
        return Objection(f"the reason is {len(text) - LIMIT} characters too long for the waiver of {name}")
    return Act(Change(kind, item.id, item.rev, (Edit(Field.WAIVER, item.waiver, text),)), f"{name} is waived: {text}")


def _summary(candidate_list: CandidateList, picture: Picture) -> Iterator[str]:
    programme, window = picture.facts.programme, candidate_list.window
    ids = {role: sorted(e.fix.defect for e in candidate_list.entries if e.role is role) for role in Role}
    yield f"{candidate_list.key} ({programme.name_of(candidate_list.type)}): {len(candidate_list.entries)} on it"
    yield from (f"{role.value}: {', '.join(map(str, found))}" for role, found in ids.items() if found)
    yield f"window {spoken(window.start, programme.zone)} to {spoken(window.end, programme.zone)}"
    yield f"to be agreed by {spoken(agree_by(window, programme), programme.zone)}"
    yield from (f"not sealed while this stands: {words}" for words in blocks(candidate_list, picture))
