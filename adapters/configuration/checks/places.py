"""Places: whether what stands for several environments can, for each party that deploys there."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import EnvironmentSettings, PartySettings, Settings


def check_places(settings: Settings) -> Iterator[Problem]:
    for name, place in settings.environments.items():
        for i, other in enumerate(place.stands_for):
            environment = settings.environments.get(other)
            if environment is not None and environment.stands_for:
                what = f"{quoted(other)} stands for others itself"
                yield Problem(("environments", name, "stands_for", i), what, "name those environments here instead")
            elif environment is not None:
                yield from _people_missing(name, place, other, environment)
                yield from _order_missing(name, place, other, environment)
    for party_name, party in settings.parties.items():
        yield from _covered_twice(party_name, party, settings)


def served_by(party: PartySettings, settings: Settings) -> frozenset[str]:
    """The environments whose defects the party's deployments reach: its own, and those that its places stand for."""
    return frozenset(covered for name in party.environments for covered in _covered(name, settings))


def _covered(name: str, settings: Settings) -> list[str]:
    environment = settings.environments.get(name)
    return [name, *(environment.stands_for if environment is not None else ())]


def _people_missing(
    name: str, place: EnvironmentSettings, other: str, environment: EnvironmentSettings
) -> Iterator[Problem]:
    """Who decides for an environment decides for the place that stands for it [M8.2]."""
    for setting, here, there in (
        ("approvals", place.approvals, environment.approvals),
        ("agrees", place.agrees, environment.agrees),
    ):
        missing = sorted(_people(there) - _people(here))
        if missing and here:
            verb = "approves RFCs" if setting == "approvals" else "agrees lists"
            who = ", ".join(map(quoted, missing))
            what = f"lacks {who}, who {verb} for {quoted(other)}, which {quoted(name)} stands for"
            yield Problem(("environments", name, setting), what, "add them here")


def _people(roles: dict[str, list[str]]) -> set[str]:
    return {person for people in roles.values() for person in people}


def _order_missing(
    name: str, place: EnvironmentSettings, other: str, environment: EnvironmentSettings
) -> Iterator[Problem]:
    """A place is no way around a mandatory order [C4.4]."""
    here = {required.environment for required in place.must_pass if required.mandatory}
    for required in environment.must_pass:
        first = required.environment
        if required.mandatory and first not in here and first not in (name, *place.stands_for):
            yield Problem(
                ("environments", name, "must_pass"),
                f"lacks {quoted(first)}, which {quoted(other)} has to be preceded by, and {quoted(name)} stands for it",
                f"add {quoted(first)} here, or make it `mandatory = false` there",
            )


def _covered_twice(name: str, party: PartySettings, settings: Settings) -> Iterator[Problem]:
    """A defect has one place where its fix is deployed and retested."""
    first: dict[str, str] = {}
    for i, deployed_to in enumerate(party.environments):
        path: Path = ("parties", name, "environments", i)
        for covered in _covered(deployed_to, settings):
            earlier = first.setdefault(covered, deployed_to)
            if earlier != deployed_to:
                what = f"{quoted(earlier)} and {quoted(deployed_to)} both stand for {quoted(covered)}"
                yield Problem(path, what, "name one of them: a fix is retested in one place")
                break
