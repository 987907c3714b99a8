"""Raised by hand: RFCs behind which there is no list, each given the list that it would have had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.candidate_list import CandidateList, Entry, ListState, role_in, seal_of
from bot.defect import Defect, Fix
from bot.facts import Facts
from bot.number import Number
from bot.rfc import Rfc, RfcState

ARRIVED = (RfcState.DEPLOYED, RfcState.ROLLED_BACK, RfcState.CLOSED)
"""The states in which something has come of an RFC."""
_GIVEN_UP = (RfcState.REJECTED, RfcState.WITHDRAWN)


def as_if_listed(facts: Facts) -> Facts:
    """Each RFC that stands with a list, sealed, of exactly what it carries; whatever lists there are are put aside.

    From there on every rule takes a release that people raised by hand for one that was agreed.
    """
    counted = [rfc for rfc in facts.rfcs.values() if why_not_counted(rfc, facts) == "" and rfc.state not in _GIVEN_UP]
    lists = {rfc.id: _list_of(rfc, facts) for rfc in counted}
    sealed = {rfc.id: replace(rfc, list_id=rfc.id, seal=lists[rfc.id].seal) for rfc in counted}
    unsealed = {rfc.id for rfc in counted if not rfc.seal}
    histories = {
        id: tuple(replace(step, seal=lists[id].seal) for step in steps) if id in unsealed else steps
        for id, steps in facts.histories.items()
    }
    return replace(facts, lists=lists, rfcs=sealed, histories=histories)


def why_not_counted(rfc: Rfc, facts: Facts) -> str:
    """What it lacks to say which release it takes where, in words; empty where it says so."""
    if rfc.number is None:
        return "it names no release number"
    if rfc.environment not in facts.programme.environments:
        return f"its environment “{rfc.environment}” is none of the settings"
    if rfc.party not in facts.programme.parties:
        return f"its party “{rfc.party}” is none of the settings"
    return ""


def released_by(rfc: Rfc, facts: Facts) -> frozenset[int]:
    """The defects and change requests that it carries: those that it is linked to; where it is linked to none,
    those of its party that name its number as their version."""
    linked = rfc.fixes & facts.defects.keys()
    if linked:
        return linked
    return frozenset(d.id for d in facts.defects.values() if d.party == rfc.party and d.version == rfc.number)


def _list_of(rfc: Rfc, facts: Facts) -> CandidateList:
    entries = frozenset(_entries(rfc, facts))
    return CandidateList(
        id=rfc.id,
        rev=rfc.rev,
        state=ListState.CLOSED if rfc.state is RfcState.CLOSED else ListState.RAISED,
        environment=rfc.environment,
        party=rfc.party,
        type=rfc.type,
        window=rfc.window,
        number=rfc.number,
        entries=entries,
        edition=1,
        seal=rfc.seal or seal_of(rfc.key, rfc.type, rfc.window, entries),
    )


def _entries(rfc: Rfc, facts: Facts) -> Iterator[Entry]:
    """Of its own party alone: the numbers of two parties are never compared."""
    for id in released_by(rfc, facts):
        defect = facts.defects[id]
        if rfc.number is not None and defect.party == rfc.party:
            yield Entry(Fix(id, _fixed_by(defect, rfc.number)), role_in(rfc.environment, defect))


def _fixed_by(defect: Defect, number: Number) -> Number:
    """A version that is later than the release was named when the defect was fixed another time."""
    version = defect.version
    return version if version is not None and version <= number else number
