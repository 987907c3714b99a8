"""Categories of states: where on the boards of Azure DevOps a state of each meaning belongs; Shunter goes by names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.defect import State
from bot.rfc import RfcState

PROPOSED, IN_PROGRESS, RESOLVED, COMPLETED = "Proposed", "In Progress", "Resolved", "Completed"

# A type has one completed state and no more: an RFC that is over in another way is resolved.
_CATEGORIES: Mapping[AnyState, str] = {
    State.OPEN: f"{PROPOSED} or {IN_PROGRESS}",
    State.RESOLVED: RESOLVED,
    State.READY_FOR_RETEST: RESOLVED,
    State.CLOSED: COMPLETED,
    ListState.PROPOSED: PROPOSED,
    ListState.AGREED: IN_PROGRESS,
    ListState.RAISED: IN_PROGRESS,
    ListState.CLOSED: COMPLETED,
    RfcState.RAISED: PROPOSED,
    RfcState.APPROVED: IN_PROGRESS,
    RfcState.REJECTED: IN_PROGRESS,
    RfcState.WITHDRAWN: RESOLVED,
    RfcState.DEPLOYED: RESOLVED,
    RfcState.ROLLED_BACK: RESOLVED,
    RfcState.CLOSED: COMPLETED,
}


def category_of(state: AnyState) -> str:
    """What an administrator chooses when adding it."""
    return _CATEGORIES[state]
