"""Misfits: what an RFC says that is not what was agreed on its list, for which no approval of it can count."""

from __future__ import annotations

from bot.candidate_list import CandidateList
from bot.rfc import Rfc


def misfit(rfc: Rfc, sealed: CandidateList | None) -> str:
    """In words, empty where it fits: somebody has changed one of them by hand since (ours)."""
    if sealed is None or not sealed.is_open or not sealed.is_sealed or sealed.edition != rfc.edition:
        return ""
    if (rfc.key, rfc.type) != (sealed.key, sealed.type):
        return (
            f"it asks for {rfc.key} ({rfc.type.value}), and its list {sealed.id} for {sealed.key} ({sealed.type.value})"
        )
    if rfc.seal != sealed.seal:
        return f"its seal is not that of list {sealed.id}"
    return ""
