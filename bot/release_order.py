"""The order of releases: which of a party's an environment is offered first, and which come there before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.candidate_list import CandidateList
from bot.contents import Releases
from bot.environment import Environment
from bot.number import Number
from bot.party import Party
from bot.picture import Picture
from bot.place import level_with
from bot.rfc import RfcState
from bot.standing_list import standing_list
from bot.window import Window
from bot.working_days import WorkingDays


def expected(environment: str, party: str, picture: Picture, *, below: Number, by: datetime) -> Number | None:
    """The number that runs `by` then, once the RFCs under way to lower ones have arrived whose windows are not later;
    one that was overtaken changes nothing, and a rejected one comes once it is raised anew."""
    live = picture.live_rfcs.get((environment, party), ())
    under_way = (r.number for r in live if r.state is not RfcState.REJECTED and r.window.start <= by)
    lower = (number for number in under_way if number is not None and number < below)
    return max((n for n in (picture.running(environment, party), *lower) if n is not None), default=None)


def newest_first(
    environment: Environment, party: Party, window: Window, releases: Releases, picture: Picture
) -> Iterator[Number]:
    """A release agreed for a level environment goes first where the windows are within one working day [M7.4].

    A list whose RFC was rejected stands for that RFC's build, and for no other [M12.9]; what another RFC of
    this environment stood for is not proposed a second time. A window whose number is announced takes no other. Of what
    is agreed somewhere, a person's choice goes first.
    """
    standing = standing_list(picture.open_lists(environment.name, party.name), window.type)
    own = picture.rfc_of_list.get(standing.id) if standing is not None else None
    if own is not None and own.number is not None and not own.is_over:
        yield from (number for number in releases.brought if number == own.number)
        return
    above = coming_first(environment.name, party.name, window, picture)
    taken = picture.taken_numbers(environment.name, party.name)
    announced = _announced(environment, party.name, window, standing)
    candidates = (n for n in releases.brought if n.type is window.type and n not in taken)
    allowed = (n for n in candidates if (above is None or n > above) and announced in (None, n))
    numbers = sorted(allowed, reverse=True)
    first = _agreed_for_level(environment, party, window, picture)
    chosen = standing.chosen_number if standing is not None else None
    if chosen is not None and chosen in picture.releases[party.name].brought:
        first = {chosen}
    yield from (number for number in numbers if number in first)
    yield from (number for number in numbers if number not in first)


def coming_first(environment: str, party: str, window: Window, picture: Picture) -> Number | None:
    """The number that a release in this window has to be above: what runs there; what is under way to it, of this
    type or a smaller one; and a larger one in an earlier window."""
    live = picture.live_rfcs.get((environment, party), ())
    first = (r.number for r in live if not r.type.is_larger_than(window.type) or r.window.start <= window.start)
    return max((n for n in (picture.running(environment, party), *first) if n is not None), default=None)


def _announced(environment: Environment, party: str, window: Window, standing: CandidateList | None) -> Number | None:
    """The number that the settings name for the window; one that a person set on its list counts more."""
    dated = environment.dated_for(window.start, window.type)
    chosen = standing.chosen_number if standing is not None else None
    return dated.numbers.get(party) if dated is not None and chosen is None else None


def _agreed_for_level(environment: Environment, party: Party, window: Window, picture: Picture) -> set[Number]:
    programme = picture.facts.programme
    return {
        sealed.number
        for other in level_with(environment.name, party, programme)
        for sealed in picture.lists_of(other, party.name)
        if sealed.is_sealed and sealed.number is not None and not picture.is_withdrawn(sealed)
        if _within_a_working_day(sealed.window.start, window.start, programme.working_days)
    }


def _within_a_working_day(first: datetime, second: datetime, days: WorkingDays) -> bool:
    earlier, later = sorted((first, second))
    return days.back(later, 1) <= earlier
