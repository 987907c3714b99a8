"""The sums that are checked in every run: over the resolved fixes, and over what is delivered to each environment."""

from __future__ import annotations

from collections.abc import Iterator

from bot.delivery_sum import lost_on_the_way
from bot.not_conserved import NotConserved
from bot.picture import Picture
from bot.retest_sum import retest_sum


def not_conserved(picture: Picture) -> tuple[NotConserved, ...]:
    """Those that do not add up [M7.4]; none in a program without fault."""
    return tuple(_not_conserved(picture))


def _not_conserved(picture: Picture) -> Iterator[NotConserved]:
    known = picture.facts.programme.environments
    for party in picture.facts.programme.parties.values():
        yield from retest_sum(party.name, picture)
        for environment in (name for name in party.environments if name in known):
            yield from lost_on_the_way(environment, party.name, picture)
