"""The journey of a fix: each step from raised to closed, when, by whom, and how long since the step before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.candidate_list import CandidateList, ListState
from bot.defect import Defect
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.turns import Taken, Turn, turns_of


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step. `took` is the time since the one before; None for the first."""

    at: datetime
    took: timedelta | None
    what: str
    by: str


_Ranked = tuple[int, Milestone]
_LIST_WORDS = {ListState.PROPOSED: "back to proposed", ListState.AGREED: "agreed"}
_RFC_WORDS = {
    RfcState.RAISED: "raised",
    RfcState.APPROVED: "approved",
    RfcState.REJECTED: "rejected",
    RfcState.WITHDRAWN: "withdrawn",
    RfcState.DEPLOYED: "deployed",
    RfcState.ROLLED_BACK: "rolled back",
}


def journey_of(defect: Defect, picture: Picture) -> tuple[Milestone, ...]:
    """Told from its history and those of its lists and RFCs: all of them have to be among the facts [C4.3]."""
    # What happened within one second is told in the order in which it had to.
    told = (*_own(defect, picture), *_of_lists(defect, picture), *_of_rfcs(defect, picture))
    found = [milestone for _, milestone in sorted(told, key=lambda ranked: (ranked[1].at, ranked[0]))]
    return (*found[:1], *(replace(after, took=after.at - before.at) for before, after in pairwise(found)))


def followed(defect: Defect, picture: Picture) -> frozenset[int]:
    """The work items whose histories tell the journey."""
    lists = _lists(defect, picture)
    return frozenset({defect.id, *(c.id for c in lists), *(r.id for r in _rfcs(lists, picture))})


def _lists(defect: Defect, picture: Picture) -> list[CandidateList]:
    """Those that lead to where it was found; where none does, as for a change request, all that name it."""
    named = [c for _, c in sorted(picture.facts.lists.items()) if any(e.fix.defect == defect.id for e in c.entries)]
    return [c for c in named if c.environment in defect.found_in] or named


def _rfcs(lists: list[CandidateList], picture: Picture) -> list[Rfc]:
    ids = {c.id for c in lists}
    return [r for _, r in sorted(picture.facts.rfcs.items()) if r.list_id in ids]


def _own(defect: Defect, picture: Picture) -> Iterator[_Ranked]:
    for taken in turns_of(picture.facts.histories.get(defect.id, ()), picture.facts.bot):
        rank = 0 if taken.turn in (Turn.RAISED, Turn.RESOLVED, Turn.NAMED) else 3
        yield rank, Milestone(taken.at, None, _words(taken), taken.by)


def _words(taken: Taken) -> str:
    match taken.turn:
        case Turn.RESOLVED:
            return f"resolved, {taken.version.strip() or 'without a version'}"
        case Turn.NAMED:
            return f"version named: {taken.version.strip() or 'none'}"
        case Turn.READY | Turn.PUT_BACK if taken.rfc is not None:
            return f"{taken.turn.value} (RFC {taken.rfc})"
        case _:
            return str(taken.turn.value)


def _of_lists(defect: Defect, picture: Picture) -> Iterator[_Ranked]:
    for candidate_list in _lists(defect, picture):
        steps = picture.facts.histories.get(candidate_list.id, ())
        joined = next((step for step in steps if defect.id in step.linked), steps[0] if steps else None)
        if joined is None:
            continue
        name = f"list {candidate_list.id}"
        yield 1, Milestone(joined.at, None, f"on {name} for {candidate_list.environment}", joined.by)
        for step in steps:
            word = _LIST_WORDS.get(step.state) if isinstance(step.state, ListState) else None
            if step.rev > joined.rev and word:
                yield 1, Milestone(step.at, None, f"{name} {word}", step.by)


def _of_rfcs(defect: Defect, picture: Picture) -> Iterator[_Ranked]:
    for rfc in _rfcs(_lists(defect, picture), picture):
        for index, step in enumerate(picture.facts.histories.get(rfc.id, ())):
            word = _RFC_WORDS.get(step.state) if isinstance(step.state, RfcState) else None
            again = " anew" if index and step.state is RfcState.RAISED else ""
            where = f" to {rfc.environment}" if step.state is RfcState.DEPLOYED else ""
            if word:
                yield 2, Milestone(step.at, None, f"RFC {rfc.id} {word}{again}{where}", step.by)
