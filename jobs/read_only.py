"""Read-only: where account or token may write nothing new, lists are still decided and shown, and nothing is sent."""

from __future__ import annotations

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.refusals import is_conflict, is_of_token
from adapters.azure_devops.rights.look import rights_found
from adapters.configuration.configuration import Configuration
from jobs.carry_out import Result, is_barred
from jobs.known_refusals import CHECKED
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


def why_the_token_is_refused(results: tuple[Result, ...]) -> str:
    """The rights of the account say nothing of what its token lacks: so one write in each run is tried."""
    causes = (None if isinstance(result.outcome, Applied) else result.outcome.cause for result in results)
    refused = next((cause for cause in causes if is_of_token(cause)), None)
    if refused is None:
        return ""
    return (
        "nothing more was written: the token was taken for reading a moment ago, and is not for writing; it has ended, "
        f"or whoever issued it adds the scope Work items (read and write): {refused}"
    )


def look_again_after(results: tuple[Result, ...], world: World) -> None:
    """After a refusal for lack of a right, at the rights; after any other no, at how the project is spelt: an
    administrator may have changed either."""
    if any(is_barred(result) for result in results):
        world.store.mirror.absorb(token=(LOOKED, ""))
    if any(_is_declined(result) for result in results):
        world.store.mirror.forget_token(CHECKED)


def _is_declined(result: Result) -> bool:
    """Refused for what is asked, and not because somebody was faster."""
    cause = None if isinstance(result.outcome, Applied) else result.outcome.cause
    return isinstance(cause, Declined) and not is_barred(result) and not is_conflict(cause)
