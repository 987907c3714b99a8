"""Why an RFC is not raised: what an agreed list waits for, in words."""

from __future__ import annotations

from bot.blocks import blocks
from bot.candidate_list import CandidateList, still_sealed
from bot.fence import is_quarantined
from bot.first_sealed import first_sealed
from bot.picture import Picture
from bot.waiver import counting_waiver
from bot.window import agree_by


def why_not_raised(sealed: CandidateList, picture: Picture) -> str:
    """What an agreed list waits for before its RFC can be raised, in words; empty where nothing stands in the way."""
    blocking = blocks(sealed, picture)
    now, programme = picture.facts.now, picture.facts.programme
    if not programme.knows(sealed.environment, sealed.party):
        return f"{sealed.party} or {sealed.environment} is not configured"
    if another := _stands_there(sealed, picture):
        return another
    if blocking:
        return "; ".join(blocking)
    if sealed.number is None or not sealed.is_sealed or not still_sealed(sealed):
        return "its seal, in the next run"
    if now > agree_by(sealed.window, programme) and not counting_waiver(sealed, picture.facts):
        return "the notice of its window has passed"
    if _is_on_its_way(sealed, picture):
        return "an RFC may be on its way: it is looked for again in a few minutes"
    return ""


def _stands_there(sealed: CandidateList, picture: Picture) -> str:
    """What has its key already; or had it for this list, and may come back."""
    if picture.has_lost_its_rfc(sealed):
        return "its RFC is not there any more: restore it, or set the list back to proposed to have it raised anew"
    taken = picture.rfc_of_key.get(sealed.key)
    if taken is not None and taken.list_id != sealed.id and not taken.is_by_hand:
        return f"RFC {taken.id} has been raised for {sealed.key} already, not from this list"
    lists = picture.open_lists(sealed.environment, sealed.party)
    rivals = [c for c in lists if c.key == sealed.key and not picture.is_withdrawn(c)]
    stands = first_sealed((sealed, *(c for c in rivals if c.is_sealed)), picture.facts)
    if stands.id != sealed.id:
        return f"list {stands.id} stands for {sealed.key} already: put one of them back to proposed"
    if claimed := next((c for c in rivals if c.id != sealed.id and _is_on_its_way(c, picture)), None):
        return f"an RFC may be on its way from list {claimed.id}: it is looked for again in a few minutes"
    return ""


def _is_on_its_way(claimed: CandidateList, picture: Picture) -> bool:
    changed_at = claimed.changed_at if claimed.claim else None
    return changed_at is not None and is_quarantined(changed_at, picture.facts.now)
