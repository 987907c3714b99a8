"""Read-only: where the account may write nothing new, lists are still decided and shown, and nothing is sent."""

from __future__ import annotations

from adapters.azure_devops.rights.look import rights_found
from adapters.configuration.configuration import Configuration
from jobs.carry_out import Result, is_barred
from jobs.uses import uses_of
from jobs.world import World

LOOKED = "rights"
"""Under this name the mirror keeps that the rights were looked up: that is done before the first write, and again
after a write was refused for lack of one, so that it costs nothing at other times."""


def why_read_only(world: World, configuration: Configuration) -> str:
    if not world.may_act or world.store.mirror.token(LOOKED):
        return ""
    for finding in rights_found(world.boards, configuration.spelling, uses_of(configuration)):
        if finding.stops_writing:
            return f"nothing is written: {finding.words}"
    world.store.mirror.absorb(token=(LOOKED, "yes"))
    return ""


def look_again_after(results: tuple[Result, ...], world: World) -> None:
    if any(is_barred(result) for result in results):
        world.store.mirror.absorb(token=(LOOKED, ""))
