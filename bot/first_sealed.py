"""First sealed: where several lists were sealed for one key, the one under whose fence its RFC is raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.history import Step

_NEVER = datetime.max.replace(tzinfo=UTC)


def sealed_twice(facts: Facts) -> frozenset[int]:
    """The open lists whose key another one was sealed for too: their histories tell which was first."""
    sealed = [c for c in facts.lists.values() if c.is_open and c.is_sealed and c.number is not None]
    times = Counter(c.key for c in sealed)
    return frozenset(c.id for c in sealed if times[c.key] > 1)


def first_sealed(lists: Iterable[CandidateList], facts: Facts) -> CandidateList:
    """Whoever decided when only one was sealed, and comes late, has decided for this one too: a fence is of one list,
    and two would let two RFCs through. Not the lower id, nor one that was claimed once: that may have been later."""
    return min(lists, key=lambda c: turn_of(c, facts.histories.get(c.id, ())))


def turn_of(candidate_list: CandidateList, steps: Sequence[Step]) -> tuple[bool, datetime, int]:
    """One that was raised comes first: it is sealed anew when its window is moved, and whoever deleted its RFC may
    restore it."""
    return candidate_list.state is not ListState.RAISED, _sealed_at(candidate_list, steps), candidate_list.id


def _sealed_at(candidate_list: CandidateList, steps: Sequence[Step]) -> datetime:
    """Since when it has been agreed with this seal, by the server's clock: a person may put it back, and agree it
    again before Shunter has looked. One whose history is not known comes after the others."""
    at = _NEVER
    for step in reversed(steps):
        if step.seal != candidate_list.seal:
            break
        at = step.at
        if step.state is ListState.AGREED:
            break
    return at
