"""Looking: the world is read once and something of it is shown; a read that fails ends in words and an exit code."""

from __future__ import annotations

from collections.abc import Callable

from adapters.azure_devops.answers import Failure
from adapters.configuration.configuration import Configuration
from adapters.store.store import opened
from adapters.terminal.talk import Talk
from bot.facts import Facts
from jobs.observe import observe
from jobs.run import Ending
from jobs.wiring import wire
from jobs.world import World


def looked(configuration: Configuration, said: Talk, show: Callable[[World, Facts], int]) -> int:
    """What `show` gives, which may read more; else the exit code of the failure."""
    with opened(configuration.store) as store:
        world = wire(configuration, store)
        try:
            return show(world, observe(world))
        except Failure as failure:
            said.say(f"{configuration.connection.organisation_url}: {failure}")
            return Ending.of(failure).value
