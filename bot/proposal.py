"""Proposals: which release each environment should take next from each party, and what it brings there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.candidate_list import Entry, Role, role_in
from bot.contents import Fixes, Releases, latest_of_each
from bot.defect import Defect, Fix
from bot.environment import Environment
from bot.next_list import window_for
from bot.number import REGULAR_TYPES, Number, ReleaseType
from bot.party import Party
from bot.passing import not_passed
from bot.picture import Picture
from bot.release_order import coming_first, expected, newest_first
from bot.roadmap import out_of_turn
from bot.standing_list import WITHOUT_RFC, standing_list
from bot.window import Window


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release for the next window of one environment. Only a major one may have no entry."""

    environment: str
    party: str
    number: Number
    window: Window
    entries: frozenset[Entry]


@dataclass(frozen=True, slots=True)
class NoProposal:
    """Why an environment gets no list of a party now, in words that fit after "no list: "."""

    environment: str
    party: str
    type: ReleaseType
    words: str


def propose(picture: Picture) -> tuple[Proposal | NoProposal, ...]:
    """Stage two, for each environment, party and type: the newest release that passes gets the list [M7.4], [C4.4]."""
    return tuple(found for there in proposals(picture).values() for found in there)


def proposals(picture: Picture) -> Mapping[tuple[str, str], tuple[Proposal | NoProposal, ...]]:
    """The same, by environment and party: one for each type of release that is looked for there."""
    return picture.once(_proposals)


def _proposals(picture: Picture) -> Mapping[tuple[str, str], tuple[Proposal | NoProposal, ...]]:
    programme = picture.facts.programme
    return {
        (name, party.name): _proposals_for(programme.environments[name], party, picture)
        for party in programme.parties.values()
        for name in party.environments
        if name in programme.environments
    }


def _proposals_for(environment: Environment, party: Party, picture: Picture) -> tuple[Proposal | NoProposal, ...]:
    types = types_proposed(environment, party, picture)
    return tuple(propose_for(environment, party, type_, picture) for type_ in types)


def types_proposed(environment: Environment, party: Party, picture: Picture) -> tuple[ReleaseType, ...]:
    """The regular type; those that have a list there; and those of releases that it has not been asked to take yet."""
    standing = {c.type for c in picture.open_lists(environment.name, party.name) if c.state in WITHOUT_RFC}
    running, asked = picture.running(environment.name, party.name), picture.taken_numbers(environment.name, party.name)
    numbers = (n for n in picture.with_draft(party.name).brought if n not in asked)
    wanted = {n.type for n in numbers if running is None or n > running} | standing
    return (environment.regular_type, *(t for t in REGULAR_TYPES if t in wanted and t is not environment.regular_type))


def propose_for(environment: Environment, party: Party, type_: ReleaseType, picture: Picture) -> Proposal | NoProposal:
    releases = picture.with_draft(party.name)
    standing = standing_list(picture.open_lists(environment.name, party.name), type_)
    under_way = picture.live_rfcs.get((environment.name, party.name), ())
    window = window_for(environment, type_, standing, under_way, picture.facts)
    if window is None:
        return NoProposal(environment.name, party.name, type_, _no_window(environment, type_, picture))
    refusals = [_not_ready(environment, party, window, picture)]
    for number in newest_first(environment, party, window, releases, picture):
        base = expected(environment.name, party.name, picture, below=number, by=window.start)
        entries = entries_for(environment, party.name, releases, number, picture, base=base)
        refusal = _refusal(environment, party.name, releases, number, window, picture, entries)
        if not refusal:
            return Proposal(environment.name, party.name, number, window, entries)
        refusals.append(refusal)
    return NoProposal(environment.name, party.name, type_, refusals[-1])


def _not_ready(environment: Environment, party: Party, window: Window, picture: Picture) -> str:
    number = picture.drafts[party.name].number_of(window.type)
    first = coming_first(environment.name, party.name, window, picture)
    if number is not None and first is not None and number < first:
        return f"{number} is below {first}, which comes to {environment.name} before"
    return f"no release of {party.name} is ready"


def _no_window(environment: Environment, type_: ReleaseType, picture: Picture) -> str:
    if type_ is environment.regular_type:
        return "no window is left whose notice can be kept: the settings name none for the next twelve weeks"
    type_name = picture.facts.programme.name_of(type_)
    return f"no window for a release of type {type_name} is planned whose notice can be kept"


def entries_for(
    environment: Environment, party: str, releases: Releases, number: Number, picture: Picture, *, base: Number | None
) -> frozenset[Entry]:
    """What deploying the release on `base` brings here: the contents of one less those of the other [M7.4].

    What runs is known: a draft of the same number adds nothing to it. What has been destroyed since it was agreed can
    be linked to no list any more.
    """
    running = picture.contents_running(environment.name, party)
    there = running if base == picture.running(environment.name, party) else releases.contents(base)
    brought = releases.contents(number) - there
    carried = {fix for fix in releases.brings(number) if not fix.number.is_regular and fix in running}
    defects = picture.facts.defects
    listed = (fix for fix in _listed(brought, carried) if fix.defect in defects)
    return frozenset(_entry(fix, environment, defects[fix.defect], carried) for fix in listed)


def _listed(brought: Fixes, carried: Iterable[Fix]) -> Fixes:
    return latest_of_each(brought | frozenset(carried))


def _entry(fix: Fix, environment: Environment, defect: Defect, carried: Iterable[Fix]) -> Entry:
    return Entry(fix, Role.CARRIED if fix in carried else role_in(environment.name, defect))


def _refusal(
    environment: Environment,
    party: str,
    releases: Releases,
    number: Number,
    window: Window,
    picture: Picture,
    entries: frozenset[Entry],
) -> str:
    """A major release goes ahead although it brings nothing new there [M10]."""
    if window.type is not ReleaseType.MAJOR and all(entry.role is Role.CARRIED for entry in entries):
        return f"{number} brings nothing that {environment.name} does not have"
    return not_passed(environment.name, party, releases, number, picture, entries) or out_of_turn(
        environment, party, number, window, picture
    )
