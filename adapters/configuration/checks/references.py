"""References: whether every environment that something names is there."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings
from adapters.configuration.suggestion import suggestion


def check_references(settings: Settings) -> Iterator[Problem]:
    for path, name in _references(settings):
        if name not in settings.environments:
            what = f"there is no environment {quoted(name)}"
            yield Problem(path, what, suggestion(name, settings.environments))
        elif path[0] == "environments" and path[1] == name:
            yield Problem(path, f"names {quoted(name)} itself", "take it out")


def _references(settings: Settings) -> Iterator[tuple[Path, str]]:
    for name, environment in settings.environments.items():
        base: Path = ("environments", name)
        yield from (((*base, "stands_for", i), other) for i, other in enumerate(environment.stands_for))
        yield from (((*base, "level_with", i), other) for i, other in enumerate(environment.level_with))
        for i, required in enumerate(environment.must_pass):
            if required.gives("environment"):
                yield (*base, "must_pass", i, "environment"), required.environment
    for name, party in settings.parties.items():
        base = ("parties", name)
        yield from (((*base, "environments", i), other) for i, other in enumerate(party.environments))
        yield from (((*base, "baseline", other), other) for other in party.baseline)
