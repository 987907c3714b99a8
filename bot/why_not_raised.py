"""Why an RFC is not raised: what an agreed list waits for, in words."""

from __future__ import annotations

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.fence import is_quarantined
from bot.picture import Picture
from bot.waiver import counting_waiver
from bot.window import agree_by


def why_not_raised(sealed: CandidateList, picture: Picture) -> str:
    """What an agreed list waits for before its RFC can be raised, in words; empty where nothing stands in the way."""
    taken = picture.rfc_of_key.get(sealed.key)
    blocking = blocks(sealed, picture)
    now, programme = picture.facts.now, picture.facts.programme
    if not programme.knows(sealed.environment, sealed.party):
        return f"{sealed.party} or {sealed.environment} is not configured"
    if taken is not None and taken.list_id != sealed.id and not taken.is_by_hand:
        return f"RFC {taken.id} has been raised for {sealed.key} already, not from this list"
    if rival := _rival(sealed, picture):
        return f"list {rival.id} is agreed for {sealed.key} too: correct or close one of them"
    if blocking:
        return "; ".join(blocking)
    if sealed.number is None or not sealed.is_sealed or not still_sealed(sealed):
        return "its seal, in the next run"
    if now > agree_by(sealed.window, programme) and not counting_waiver(sealed, picture.facts):
        return "the notice of its window has passed"
    if _may_be_on_its_way(sealed, picture):
        return "an RFC may be on its way: it is looked for again in a few minutes"
    return ""


def _rival(sealed: CandidateList, picture: Picture) -> CandidateList | None:
    """Another list that is agreed for the same release, and whose RFC comes first: somebody has changed one of them."""
    there = picture.open_lists(sealed.environment, sealed.party)
    same = (c for c in there if c.key == sealed.key and c.id != sealed.id)
    agreed = (c for c in same if c.state is ListState.AGREED and c.is_sealed)
    return next((c for c in agreed if c.id < sealed.id or _may_be_on_its_way(c, picture)), None)


def _may_be_on_its_way(sealed: CandidateList, picture: Picture) -> bool:
    claimed_at = sealed.changed_at if sealed.claim else None
    return claimed_at is not None and is_quarantined(claimed_at, picture.facts.now)
