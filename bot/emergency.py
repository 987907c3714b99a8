"""Emergencies: the shortest path for a fix that testing cannot wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bot.candidate_list import CandidateList, ListState, Role
from bot.contents import Fixes
from bot.defect import Defect, Fix
from bot.emergency_number import emergency_number
from bot.left_out import LeftOut, Reason
from bot.number import Number
from bot.original import original_of
from bot.party import Numbers
from bot.passing import emergency_waits
from bot.picture import Picture
from bot.place import required_first
from bot.proposal import Proposal, entries_for
from bot.standing_list import WITHOUT_RFC, first_of
from bot.window import Window, agree_by, emergency_window


def propose_emergencies(picture: Picture) -> tuple[Proposal, ...]:
    """One list for each emergency, in the environment that found its defects and runs what it fixes [M12.8].

    Where a build must go somewhere else first, it gets its list there first: an emergency is no way around [C4.4].
    """
    asked: defaultdict[tuple[str, str, Number], set[Fix]] = defaultdict(set)
    for (environment, party, number), defects in _by_emergency(picture).items():
        place = _next_place(environment, party, number, defects, picture)
        asked[place, party, number] |= {Fix(defect.id, number) for defect in defects}
    proposals = (_proposal(*key, frozenset(fixes), picture) for key, fixes in sorted(asked.items()))
    return tuple(proposal for proposal in proposals if proposal is not None)


def _by_emergency(picture: Picture) -> dict[tuple[str, str, Number], list[Defect]]:
    """The defects that are asked for, by the environment that found them, party and number."""
    found: defaultdict[tuple[str, str, Number], list[Defect]] = defaultdict(list)
    for defect in _asked_for(picture):
        number = emergency_number(defect, picture)
        if number is not None:
            found[defect.found_in[0], defect.party, number].append(defect)
    return found


def _next_place(environment: str, party: str, number: Number, defects: Collection[Defect], picture: Picture) -> str:
    """The first environment of the mandatory order that the emergency has not passed with all of its fixes."""
    programme = picture.facts.programme
    for required in required_first(environment, programme.parties[party], programme):
        if any(emergency_waits(required, environment, defect, number, picture) for defect in defects):
            return _next_place(required.environment, party, number, defects, picture)
    return environment


def why_no_emergency(defect: Defect, picture: Picture) -> str:
    """Why a defect that is asked for as an emergency gets no list, in words; empty where it gets one."""
    version = emergency_number(defect, picture)
    if version is None or version.is_regular:
        return _why_not_numbered(defect, picture)
    original = original_of(defect, picture.facts.defects)
    if original is not None:
        return f"it is a duplicate of {original}"
    running = picture.running(defect.found_in[0], defect.party) if len(defect.found_in) == 1 else None
    if running is None or running.regular_base != version.regular_base:
        place = defect.found_in_text or "the environment that found it"
        return f"{version} fixes {version.regular_base}, and {place} runs {running or 'nothing known'}"
    if version <= running:
        return f"{running} runs there already"
    return ""


def _why_not_numbered(defect: Defect, picture: Picture) -> str:
    owner = picture.facts.programme.parties.get(defect.party)
    if owner is None or owner.numbers is Numbers.PARTY:
        return "its version is no emergency's: name one such as 1.0.1.1"
    if defect.version is not None:
        return f"its version {defect.version} is no emergency's: clear it, and Shunter gives the number"
    return f"nothing is known to run in {', '.join(defect.found_in) or 'the environment that found it'}"


def or_why_no_emergency(verdict: LeftOut, picture: Picture) -> LeftOut:
    """What leaves a defect out of the regular release; for one that gets no list of its own either, why not."""
    defect = picture.facts.defects[verdict.defect]
    if verdict.reason is not Reason.OTHER_TYPE or not defect.is_emergency:
        return verdict
    why = why_no_emergency(defect, picture)
    remedy = "name the number of an emergency of what runs there; or name a regular version"
    return replace(verdict, words=f"asked for as an emergency, but {why}", remedy=remedy) if why else verdict


def emergency_list(open_lists: Iterable[CandidateList], number: Number) -> CandidateList | None:
    """The list of this emergency that has no RFC yet."""
    return first_of(c for c in open_lists if not c.is_regular and c.number == number and c.state in WITHOUT_RFC)


def _asked_for(picture: Picture) -> Iterator[Defect]:
    for defect in picture.facts.resolved_defects:
        party = picture.facts.programme.parties.get(defect.party)
        if party is None or not defect.is_emergency or defect.is_held or len(defect.found_in) != 1:
            continue
        is_known = (
            defect.found_in[0] in party.environments and defect.found_in[0] in picture.facts.programme.environments
        )
        if is_known and not why_no_emergency(defect, picture):
            yield defect


def _proposal(environment: str, party: str, number: Number, fixes: Fixes, picture: Picture) -> Proposal | None:
    open_lists = picture.open_lists(environment, party)
    is_new = emergency_list(open_lists, number) is None
    if any(c.number == number and c.state is ListState.RAISED for c in open_lists):
        return None
    if is_new and number in picture.taken_numbers(environment, party):
        return None
    place = picture.facts.programme.environments[environment]
    releases = picture.releases[party].with_release(number, fixes)
    entries = entries_for(place, party, releases, number, picture, base=picture.running(environment, party))
    if all(entry.role is Role.CARRIED for entry in entries):
        return None
    return Proposal(environment, party, number, _window(environment, party, number, picture), entries)


def _window(environment: str, party: str, number: Number, picture: Picture) -> Window:
    standing = emergency_list(picture.open_lists(environment, party), number)
    facts = picture.facts
    if standing is not None and facts.now <= agree_by(standing.window, facts.programme):
        return standing.window
    return emergency_window(facts.now)
