"""Proposals: which release each environment should take next from each party, and what it brings there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.candidate_list import Entry, Role
from bot.contents import Fixes, Releases, latest_of_each
from bot.defect import Defect, Fix, Kind
from bot.environment import Environment
from bot.next_list import standing_list, window_for
from bot.number import Number
from bot.party import Party
from bot.picture import Picture
from bot.window import Window
from bot.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release for the next window of one environment. Fixes may be empty for none of its entries."""

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
    words: str


def propose(picture: Picture) -> tuple[Proposal | NoProposal, ...]:
    """Stage two, for each environment and party: the newest release that passes gets the list [M7.4], [C4.4]."""
    programme = picture.facts.programme
    return tuple(
        propose_for(programme.environments[name], party, picture)
        for party in programme.parties.values()
        for name in party.environments
        if name in programme.environments
    )


def propose_for(environment: Environment, party: Party, picture: Picture) -> Proposal | NoProposal:
    releases = picture.with_draft(party.name)
    standing = standing_list(picture.open_lists(environment.name, party.name))
    under_way = picture.live_rfcs.get((environment.name, party.name), ())
    window = window_for(environment, picture.facts.programme, standing, under_way, picture.facts.now)
    if window is None:
        words = "no window is left whose notice can be kept: the settings name none for the next twelve weeks"
        return NoProposal(environment.name, party.name, words)
    refusals = [f"no release of {party.name} is ready"]
    base = expected(environment.name, party.name, picture)
    for number in _newest_first(environment, party, window, releases, picture):
        entries = entries_for(environment, party.name, releases, number, picture, base=base)
        refusal = _refusal(environment, party.name, releases, number, picture, entries)
        if not refusal:
            return Proposal(environment.name, party.name, number, window, entries)
        refusals.append(refusal)
    return NoProposal(environment.name, party.name, refusals[-1])


def entries_for(
    environment: Environment, party: str, releases: Releases, number: Number, picture: Picture, *, base: Number | None
) -> frozenset[Entry]:
    """What deploying the release on `base` brings here: the contents of one less those of the other [M7.4]."""
    brought = releases.contents(number) - releases.contents(base)
    running = picture.contents_running(environment.name, party)
    carried = {fix for fix in releases.brought.get(number, frozenset()) if not fix.number.is_regular and fix in running}
    defects = picture.facts.defects
    return frozenset(_entry(fix, environment, defects.get(fix.defect), carried) for fix in _listed(brought, carried))


def expected(environment: str, party: str, picture: Picture, *, below: Number | None = None) -> Number | None:
    """The number that runs once the RFCs that are under way have arrived; one that was overtaken changes nothing."""
    numbers = [picture.running(environment, party)]
    under_way = (rfc.number for rfc in picture.live_rfcs.get((environment, party), ()))
    numbers += [n for n in under_way if below is None or (n is not None and n < below)]
    return max((number for number in numbers if number is not None), default=None)


def role_in(environment: Environment, defect: Defect | None) -> Role:
    """Retest happens only in the environment that found the defect [M7.4]; a change request is not retested."""
    if defect is not None and defect.kind is Kind.CHANGE_REQUEST:
        return Role.CHANGE
    if defect is not None and defect.found_in == (environment.name,):
        return Role.RETEST_HERE
    return Role.RETEST_ELSEWHERE


def _listed(brought: Fixes, carried: Iterable[Fix]) -> Fixes:
    return latest_of_each(brought | frozenset(carried))


def _entry(fix: Fix, environment: Environment, defect: Defect | None, carried: Iterable[Fix]) -> Entry:
    return Entry(fix, Role.CARRIED if fix in carried else role_in(environment, defect))


def _newest_first(
    environment: Environment, party: Party, window: Window, releases: Releases, picture: Picture
) -> Iterator[Number]:
    """A release agreed for a level environment goes first where the windows are within one working day [M7.4].

    A list whose RFC was rejected stands for that RFC's build, and for no other [M12.9]; what another RFC of
    this environment stood for is not proposed a second time.
    """
    standing = standing_list(picture.open_lists(environment.name, party.name))
    own = picture.rfc_of_list.get(standing.id) if standing is not None else None
    if own is not None and own.number is not None and not own.is_over:
        yield from (number for number in releases.brought if number == own.number)
        return
    above = expected(environment.name, party.name, picture)
    taken = picture.taken_numbers(environment.name, party.name)
    candidates = (n for n in releases.brought if n.is_regular and n not in taken and (above is None or n > above))
    numbers = sorted(candidates, reverse=True)
    level = _agreed_for_level(environment, party, window, picture)
    yield from (number for number in numbers if number in level)
    yield from (number for number in numbers if number not in level)


def _agreed_for_level(environment: Environment, party: Party, window: Window, picture: Picture) -> set[Number]:
    days = picture.facts.programme.working_days
    return {
        sealed.number
        for other in environment.level_with
        for sealed in picture.facts.lists.values()
        if (sealed.environment, sealed.party) == (other, party.name) and sealed.is_sealed
        if sealed.number is not None and not picture.is_withdrawn(sealed)
        if _within_a_working_day(sealed.window.start, window.start, days)
    }


def _within_a_working_day(first: datetime, second: datetime, days: WorkingDays) -> bool:
    earlier, later = sorted((first, second))
    return days.back(later, 1) <= earlier


def _refusal(
    environment: Environment,
    party: str,
    releases: Releases,
    number: Number,
    picture: Picture,
    entries: frozenset[Entry],
) -> str:
    if all(entry.role is Role.CARRIED for entry in entries):
        return f"{number} brings nothing that {environment.name} does not have"
    for required in environment.must_pass:
        arrived = picture.contents_running(required.environment, party)
        if required.is_mandatory and not releases.contents(number) <= arrived:
            return f"{number} has to be deployed to {required.environment} first"
    return ""
