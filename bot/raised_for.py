"""Raised for: which list an RFC stands for; one that a person raised by hand, for the agreed list with its key."""

from __future__ import annotations

from collections.abc import Mapping

from bot.candidate_list import CandidateList
from bot.facts import Facts
from bot.rfc import Rfc


def lists_of_rfcs(facts: Facts) -> dict[int, CandidateList]:
    """By RFC. Of several by hand the lowest id stands for the list, and none where another is linked to it."""
    rfcs = [rfc for _, rfc in sorted(facts.rfcs.items())]
    found = {rfc.id: facts.lists[rfc.list_id or 0] for rfc in rfcs if rfc.list_id in facts.lists}
    linked = {found[rfc.id].id for rfc in rfcs if rfc.id in found and rfc.is_live}
    free = {c.key: c for _, c in sorted(facts.lists.items(), reverse=True) if c.is_sealed and c.id not in linked}
    for rfc in rfcs:
        if rfc.is_by_hand and rfc.is_live and rfc.key in free:
            found[rfc.id] = free.pop(rfc.key)
    return found


def rfcs_of_lists(facts: Facts, by_rfc: Mapping[int, CandidateList]) -> dict[int, Rfc]:
    """By list: where there should ever be two, the lowest id that is not withdrawn."""
    found: dict[int, Rfc] = {}
    for rfc in sorted(facts.rfcs.values(), key=lambda rfc: (not rfc.is_live, rfc.id)):
        if rfc.id in by_rfc:
            found.setdefault(by_rfc[rfc.id].id, rfc)
    return found
