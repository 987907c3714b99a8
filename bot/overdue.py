"""Overdue: an RFC whose window has passed without anybody saying what came of it."""

from __future__ import annotations

from bot.dates import spoken
from bot.picture import Picture
from bot.rfc import Rfc, RfcState


def overdue(rfc: Rfc, picture: Picture) -> str:
    """What is told of it, in words; empty while its window has not ended. It stays open until a person acts (ours)."""
    if picture.facts.now <= rfc.window.end or picture.deployment_of(rfc) is not None:
        return ""
    end = spoken(rfc.window.end, picture.facts.programme.zone)
    match rfc.state:
        case RfcState.RAISED:
            return f"overdue: its window ended on {end}, and it was not approved"
        case RfcState.APPROVED:
            return f"overdue: its window ended on {end}, and nobody has said that it was deployed"
        case _:
            return ""


def way_out(rfc: Rfc) -> str:
    """What people can do about it."""
    other = "set another window on it to postpone it, or withdraw it"
    if rfc.state is RfcState.APPROVED:
        return f"Whoever deployed it sets its state to deployed; if nobody did: {other}."
    return f"It is approved and deployed late; or {other}."
