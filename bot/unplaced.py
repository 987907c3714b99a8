"""Unplaced: why a resolved defect that no rule leaves out is on no list all the same."""

from __future__ import annotations

from bot.defect import Defect
from bot.left_out import LeftOut, Reason
from bot.number import ReleaseType
from bot.picture import Picture
from bot.proposal import NoProposal, propose_for


def unplaced(defect: Defect, picture: Picture) -> LeftOut:
    """Its party is unknown, or its release waits for a list in the environment that found it."""
    parties = picture.facts.programme.parties
    if defect.party not in parties:
        words = f"its resolving party “{defect.party}” is unknown" if defect.party else "no resolving party is named"
        remedy = f"in the next list of its party if that is named on the defect: {', '.join(parties)}"
        return LeftOut(defect.id, Reason.UNKNOWN_PARTY, words, remedy)
    draft = picture.drafts[defect.party].joined_by(defect.id)
    where, remedy = ", ".join(defect.found_in), "it is on the next list that is proposed there"
    if draft is None:
        return LeftOut(defect.id, Reason.NO_DRAFT, f"{where} has no list for it yet", remedy)
    words = f"it is in {draft.number}, for which {where} has no list yet"
    if why := picture.once(_why_no_list, defect.found_in[0], defect.party, draft.type):
        words, remedy = f"{words} ({why})", f"{remedy}; or its party names another version"
    return LeftOut(defect.id, Reason.NO_DRAFT, words, remedy)


def _why_no_list(picture: Picture, environment: str, party: str, type_: ReleaseType) -> str:
    """Empty where the next run proposes one."""
    programme = picture.facts.programme
    found = propose_for(programme.environments[environment], programme.parties[party], type_, picture)
    return found.words if isinstance(found, NoProposal) else ""
