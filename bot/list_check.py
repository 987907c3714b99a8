"""Checking a list before it binds anybody: whether its number can stand, and whether it names all that it brings."""

from __future__ import annotations

from bot.candidate_list import CandidateList, ListState
from bot.number import Number
from bot.number_race import words_of
from bot.picture import Picture
from bot.proposal import Proposal, entries_for, proposals
from bot.release_order import expected


def number_problem(candidate_list: CandidateList, picture: Picture) -> str:
    """Why the number that a person set cannot stand, in words; empty where it can [M11]."""
    if candidate_list.unreadable_number:
        return f"its number reads “{candidate_list.unreadable_number}”, which is no release number such as 1.2.3.0"
    number, party = candidate_list.chosen_number, picture.facts.programme.parties.get(candidate_list.party)
    if number is None or party is None or not candidate_list.is_regular:
        return ""
    if number.type is not candidate_list.type:
        expected_type = picture.facts.programme.name_of(candidate_list.type)
        return f"its number {number} is of type {number.type.value}, and this list is for a {expected_type}"
    known = picture.releases[party.name]
    if number in known.brought or known.can_be_next(number):
        return _not_offered(candidate_list, number, picture)
    if taken := known.taken_above(number):
        return _below(number, taken)
    last = known.last_released(number.type)
    return f"its number {number} is not above {last}, which the party has released already"


def _below(number: Number, taken: Number) -> str:
    return f"its number {number} is below {taken}, which was agreed before: the numbers of a party increase"


def _not_offered(candidate_list: CandidateList, number: Number, picture: Picture) -> str:
    """Another release is agreed for the other environments and comes here first; or another list's number counts."""
    environment, party = candidate_list.environment, candidate_list.party
    found = proposals(picture).get((environment, party), ())
    offered = (p.number for p in found if isinstance(p, Proposal) and p.window.type is candidate_list.type)
    rather = next((n for n in offered if n != number), None)
    if rather is None:
        return ""
    agreed = [c for c in picture.sealed_lists.get(party, ()) if c.number == rather and c.id != candidate_list.id]
    if agreed:
        return f"{rather} is agreed for {agreed[0].environment} already, and comes here too: one build, one number"
    if candidate_list.state is not ListState.PROPOSED:
        return ""
    chosen = [c for c in picture.lists_of_party.get(party, ()) if c.is_open and c.chosen_number == rather]
    whose = f", which a person set on list {chosen[0].id}" if chosen else ""
    return f"its release comes with the number {rather}{whose}: one build, one number"


def number_conflict(candidate_list: CandidateList, picture: Picture) -> str:
    """Why its number cannot stand for its content or in its window, in words; empty where it can."""
    holder = picture.holder_of(candidate_list)
    if holder is not None:
        return words_of(holder)
    number, environment, party = candidate_list.number, candidate_list.environment, candidate_list.party
    if number is None or not candidate_list.is_regular:
        return ""
    if party in picture.releases and (taken := picture.releases[party].taken_above(number)):
        return _below(number, taken)
    start, live = candidate_list.window.start, picture.live_rfcs.get((environment, party), ())
    before = [r.number for r in live if r.window.start <= start and r.list_id != candidate_list.id]
    last = max((n for n in before if n is not None), default=None)
    if last is None or number >= last:
        return ""
    return f"its number {number} is below {last}, which comes to {environment} before"


def lacks(candidate_list: CandidateList, picture: Picture) -> tuple[int, ...]:
    """The defects whose fixes deploying this list's release would bring here, and that the list does not name.

    It happens when another release, which was to bring them before, was given up after this list was agreed; or when
    a lower one was agreed after it.
    """
    number, party = candidate_list.number, candidate_list.party
    environment = picture.facts.programme.environments.get(candidate_list.environment)
    if number is None or environment is None or party not in picture.releases:
        return ()
    known = picture.releases[party]
    fixes = known.brought.get(number, frozenset()) | {entry.fix for entry in candidate_list.entries}
    base = _base(candidate_list, number, picture)
    due = entries_for(environment, party, known.with_release(number, fixes), number, picture, base=base)
    named = {entry.fix.defect for entry in candidate_list.entries}
    return tuple(sorted({entry.fix.defect for entry in due} - named))


def _base(candidate_list: CandidateList, number: Number, picture: Picture) -> Number | None:
    """What runs when this release comes: what runs now, or what an earlier RFC still brings."""
    environment, party = candidate_list.environment, candidate_list.party
    if not candidate_list.is_regular:
        return picture.running(environment, party)
    return expected(environment, party, picture, below=number, by=candidate_list.window.start)
