"""Superseded: an RFC whose deployment failed, and whose fixes another RFC takes there with a later build [M12.9]."""

from __future__ import annotations

from bot.candidate_list import Role
from bot.outcome import FAILURES
from bot.picture import Picture
from bot.rfc import Rfc, RfcState

_STANDS = (RfcState.RAISED, RfcState.APPROVED, RfcState.DEPLOYED, RfcState.CLOSED)


def superseding(rfc: Rfc, picture: Picture) -> Rfc | None:
    """The RFC of the changed build; None as long as nothing failed, or the same build is asked for once more."""
    deployment = picture.deployment_of(rfc)
    if deployment is None or deployment.outcome not in FAILURES:
        return None
    sealed = picture.list_of_rfc.get(rfc.id)
    carried = {e.fix.defect for e in sealed.entries if e.role is Role.CARRIED} if sealed is not None else set()
    owed = {id for id in rfc.fixes - carried if deployment.delivers(id)}
    later = [r for r in picture.rfcs_of_party.get(rfc.party, ()) if _is_later(r, rfc) and owed <= r.fixes]
    return min(later, key=lambda r: (r.number or deployment.number, r.id), default=None)


def superseded_by(rfc: Rfc, picture: Picture) -> str:
    """In words, such as `superseded by RFC 1030 (5.2.17.0)`; empty where it is not."""
    later = superseding(rfc, picture)
    return f"superseded by RFC {later.id} ({later.number})" if later is not None else ""


def _is_later(later: Rfc, failed: Rfc) -> bool:
    """For the same environment and party, with a higher number, and neither rejected nor given up."""
    is_same_place = (later.environment, later.party) == (failed.environment, failed.party)
    if not is_same_place or later.number is None or failed.number is None:
        return False
    return later.number > failed.number and later.state in _STANDS
