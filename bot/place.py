"""Places: where a party deploys for each environment; some parties run several environments as one place [M8.2]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.candidate_list import CandidateList
from bot.defect import Defect
from bot.environment import MustPass
from bot.facts import Facts
from bot.party import Party
from bot.programme import Programme
from bot.rfc import Rfc
from bot.sighting import Sighting


def place_of(environment: str, party: Party | None, programme: Programme) -> str:
    """Where this party deploys for the environment: there, unless one of its places stands for it."""
    if party is None or environment in party.environments:
        return environment
    known = (programme.environments[name] for name in party.environments if name in programme.environments)
    return next((place.name for place in known if environment in place.stands_for), environment)


def at_places(facts: Facts) -> Facts:
    """The same facts, in which every environment that stands on a work item is the place of its party.

    Every rule compares places, so it is here alone that one environment is taken for another.
    """
    if not any(environment.stands_for for environment in facts.programme.environments.values()):
        return facts
    return replace(
        facts,
        defects={id: _defect_at_place(defect, facts.programme) for id, defect in facts.defects.items()},
        lists={id: _list_at_place(c, facts.programme) for id, c in facts.lists.items()},
        rfcs={id: _rfc_at_place(rfc, facts.programme) for id, rfc in facts.rfcs.items()},
        sightings=tuple(_sighting_at_place(sighting, facts.programme) for sighting in facts.sightings),
    )


def required_first(environment: str, party: Party, programme: Programme) -> Iterator[MustPass]:
    """What this party's builds have to pass before this place, each as a place; one is not passed before itself."""
    for required in programme.environments[environment].must_pass:
        place = place_of(required.environment, party, programme)
        if place != environment:
            yield replace(required, environment=place)


def level_pairs(party: Party, programme: Programme) -> Iterator[tuple[str, str]]:
    """The places of this party that stay level, each pair once: one place for both is level by itself [M7.4]."""
    seen: set[frozenset[str]] = set()
    for environment in programme.environments.values():
        for other in environment.level_with:
            first, second = (place_of(name, party, programme) for name in (environment.name, other))
            pair = frozenset({first, second})
            if len(pair) > 1 and pair <= set(party.environments) and pair not in seen:
                seen.add(pair)
                yield first, second


def level_with(place: str, party: Party, programme: Programme) -> Iterator[str]:
    """The places of this party that this one stays level with."""
    for pair in level_pairs(party, programme):
        if place in pair:
            yield next(other for other in pair if other != place)


def _defect_at_place(defect: Defect, programme: Programme) -> Defect:
    party = programme.parties.get(defect.party)
    places = tuple(dict.fromkeys(place_of(name, party, programme) for name in defect.found_in))
    return defect if places == defect.found_in else replace(defect, found_in=places, named=defect.found_in)


def _list_at_place(candidate_list: CandidateList, programme: Programme) -> CandidateList:
    place = place_of(candidate_list.environment, programme.parties.get(candidate_list.party), programme)
    return candidate_list if place == candidate_list.environment else replace(candidate_list, environment=place)


def _rfc_at_place(rfc: Rfc, programme: Programme) -> Rfc:
    place = place_of(rfc.environment, programme.parties.get(rfc.party), programme)
    return rfc if place == rfc.environment else replace(rfc, environment=place)


def _sighting_at_place(sighting: Sighting, programme: Programme) -> Sighting:
    place = place_of(sighting.environment, programme.parties.get(sighting.party), programme)
    return sighting if place == sighting.environment else replace(sighting, environment=place)
