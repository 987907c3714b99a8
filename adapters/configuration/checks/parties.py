"""Parties: what each is known to run already, as numbers, and that it deploys somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings
from bot.number import read_number


def check_parties(settings: Settings) -> Iterator[Problem]:
    for name, party in settings.parties.items():
        base: Path = ("parties", name)
        if party.gives("environments") and not party.environments:
            yield Problem((*base, "environments"), "names none", "name the environments that it deploys to")
        for environment, number in party.baseline.items():
            if read_number(number) is None:
                what = f"{quoted(number)} is not a release number"
                yield Problem((*base, "baseline", environment), what, 'write four places, such as "5.2.15.0"')
            elif environment in settings.environments and environment not in party.environments:
                what = f"{quoted(name)} does not deploy to {quoted(environment)}"
                yield Problem((*base, "baseline", environment), what, "take it out, or add it to `environments`")
