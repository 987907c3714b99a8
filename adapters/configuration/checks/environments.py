"""Environments: whether those that are level agree on it, and whether each can ever be passed."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.checks.places import served_by
from adapters.configuration.problem import Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings


def check_environments(settings: Settings) -> Iterator[Problem]:
    yield from _one_sided_levels(settings)
    yield from _circles(settings)
    yield from _unreachable_for_a_party(settings)


def _one_sided_levels(settings: Settings) -> Iterator[Problem]:
    for name, environment in settings.environments.items():
        for other in environment.level_with:
            there = settings.environments.get(other)
            if there is not None and other != name and name not in there.level_with:
                yield Problem(
                    ("environments", other, "level_with"),
                    f"lacks {quoted(name)}, which is to be level with {quoted(other)}",
                    f"add {quoted(name)} here, or take {quoted(other)} out there",
                )


def _circles(settings: Settings) -> Iterator[Problem]:
    """Each circle once, told at the environment of it that the file names first."""
    required = {
        name: [r.environment for r in environment.must_pass if r.environment in settings.environments]
        for name, environment in settings.environments.items()
    }
    told: set[frozenset[str]] = set()
    for name in required:
        circle = _way_back(name, required)
        if len(circle) > 1 and frozenset(circle) not in told:
            told.add(frozenset(circle))
            way = ", ".join(f"{quoted(before)} before {quoted(after)}" for after, before in _pairs(circle))
            yield Problem(("environments", name, "must_pass"), f"goes in a circle: {way}", "take one of them out")


def _pairs(circle: list[str]) -> Iterator[tuple[str, str]]:
    return zip(circle, [*circle[1:], circle[0]], strict=True)


def _way_back(start: str, required: dict[str, list[str]]) -> list[str]:
    """The shortest way from `start` along what has to be passed before it, back to itself; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for before in required[way[-1]]:
            if before == start:
                return way
            if before not in seen:
                seen.add(before)
                ways.append([*way, before])
    return []


def _unreachable_for_a_party(settings: Settings) -> Iterator[Problem]:
    """A mandatory environment that a party never deploys to would hold its releases back for ever [C4.4]."""
    for party_name, party in settings.parties.items():
        for i, name in enumerate(party.environments):
            environment = settings.environments.get(name)
            for required in environment.must_pass if environment else ():
                is_known = required.environment in settings.environments
                if required.mandatory and is_known and required.environment not in served_by(party, settings):
                    yield Problem(
                        ("parties", party_name, "environments", i),
                        f"{quoted(name)} has to be preceded by {quoted(required.environment)}, "
                        f"which {quoted(party_name)} does not deploy to",
                        f"add {quoted(required.environment)} here, or make it `mandatory = false` there",
                    )
