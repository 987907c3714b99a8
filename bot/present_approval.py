"""The present approval of an RFC: who gave it, why it does not count, or why it has to be given again."""

from __future__ import annotations

from bot.approval import Approval, Deviation, counting_approval
from bot.candidate_list import ListState
from bot.dates import spoken
from bot.facts import Facts
from bot.misfit import misfit
from bot.postponed import postponed
from bot.rfc import Rfc, RfcState


def present_approval(rfc: Rfc, facts: Facts) -> Approval | Deviation | None:
    """None where nobody has claimed an approval yet, or its history was not needed and so not read."""
    steps = facts.histories.get(rfc.id, ())
    if rfc.state in (RfcState.RAISED, RfcState.REJECTED, RfcState.WITHDRAWN) or not steps:
        return None
    judged = counting_approval(rfc, steps, facts.programme, facts.bot)
    changed = _changed_since(rfc, facts) if isinstance(judged, Approval) else ""
    return Deviation(changed) if changed else judged


def _changed_since(rfc: Rfc, facts: Facts) -> str:
    """Why it has to be approved again, in words, before Shunter has asked for that; empty where it has not."""
    sealed = facts.lists.get(rfc.list_id or 0)
    if sealed is None or rfc.state is not RfcState.APPROVED:
        return misfit(rfc, sealed)
    if sealed.state is ListState.RAISED and sealed.edition > rfc.edition:
        return f"its edition {sealed.edition} is on its way"
    moved = postponed(sealed, rfc, facts)
    if moved is not None:
        return f"its window was moved to {spoken(moved.window.start, facts.programme.zone)}"
    return misfit(rfc, sealed)
