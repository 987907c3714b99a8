"""Gone: where a write found a work item gone, of which no feed may ever tell, it is looked for before the next look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.refusals import is_of_what_is_gone
from bot.change import Change
from jobs.carry_out import Result
from jobs.observe import find_out_what_is_gone
from jobs.world import World


def look_for_what_is_gone(results: Iterable[Result], world: World) -> None:
    """A read that fails changes nothing about what was done; the next refusal asks for it again."""
    refused = (r for r in results if not isinstance(r.outcome, Applied) and is_of_what_is_gone(r.outcome.cause))
    if ids := {id for result in refused for id in _about(result.action.change)}:
        with suppress(Failure):
            find_out_what_is_gone(world, ids)


def _about(change: Change) -> Iterator[int]:
    if change.id is not None:
        yield change.id
    yield from (link.target for link in change.links)
