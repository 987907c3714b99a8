"""Second lists: where two should ever wait for the same, which one stands, and what keeps the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.history import first_other_hand
from bot.number import Number, ReleaseType
from bot.raised_for import lists_of_rfcs
from bot.standing_list import WITHOUT_RFC, first_of

Place = tuple[str, str, ReleaseType, Number | None]


def second_lists(facts: Facts) -> Mapping[int, CandidateList]:
    """By the id of each proposed list without an RFC that is not the one that stands, the one that does."""
    waiting: dict[Place, list[CandidateList]] = {}
    for _, c in sorted(facts.lists.items()):
        if c.state in WITHOUT_RFC and facts.programme.knows(c.environment, c.party):
            waiting.setdefault(_place(c), []).append(c)
    crowded = [found for found in waiting.values() if len(found) > 1]
    asked = {c.id for c in lists_of_rfcs(facts).values()} if crowded else set()
    return {c.id: stands for found in crowded for c, stands in _beside(found) if c.id not in asked}


def _beside(found: Iterable[CandidateList]) -> Iterable[tuple[CandidateList, CandidateList]]:
    stands = first_of(found)
    return [(c, stands) for c in found if stands is not None and c.id != stands.id and c.state is ListState.PROPOSED]


def _place(c: CandidateList) -> Place:
    """A regular list takes whatever number comes next; an emergency is its number."""
    return c.environment, c.party, c.type, None if c.is_regular else c.number


def why_kept(second: CandidateList, facts: Facts) -> str:
    """Why Shunter does not close it, in words; empty where it does. Its history has to be among the facts."""
    steps = facts.histories.get(second.id, ())
    if not steps:
        return "its history has not been read"
    by = first_other_hand(steps, facts.bot)
    return f"{by} has written on it" if by else ""


def alarms(facts: Facts) -> tuple[str, ...]:
    """Those that a person has to settle."""
    kept = ((id, first, why_kept(facts.lists[id], facts)) for id, first in second_lists(facts).items())
    return tuple(f"list {id}: {words_of(first)}; Shunter leaves it, because {why}" for id, first, why in kept if why)


def words_of(first: CandidateList) -> str:
    return f"list {first.id} stands for the same environment, party and type: close one of them"
