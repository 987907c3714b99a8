"""Ready: before the first write of a process, the token is the bot's own and the project is spelt as configured."""

from __future__ import annotations

from datetime import datetime

from adapters.azure_devops.answers import Failure, SignedOut
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.project_problems import project_problems
from adapters.configuration.configuration import Configuration
from bot.plan import Plan
from jobs.known_refusals import CHECKED, MENDED
from jobs.run import Ending, Report
from jobs.suspicion import suspicion_of
from jobs.world import World

WRONG = "wrong"


def not_ready(world: World, configuration: Configuration) -> Report | None:
    """Why nothing may be decided yet: a wrong state name would read as "nothing is resolved", and close every list."""
    try:
        problems = _problems(world, configuration)
    except Failure as failure:
        return Report("", None, Plan(), why=str(failure), ending=Ending.of(failure), is_passing=True)
    if not problems:
        return None
    return Report("", None, Plan(), why="; ".join(problems), ending=Ending.FAILED)


def wrong_account(boards: Boards, configuration: Configuration) -> str:
    """The bot never writes under anybody else's name: history would say that a person decided."""
    me, expected = boards.signed_in_as(), configuration.sign_in.account
    if me == expected:
        return ""
    return (
        f"the token belongs to {me}, and sign_in.account names {expected}: "
        "whoever set this up gives the right token, or corrects the name"
    )


def _problems(world: World, configuration: Configuration) -> tuple[str, ...]:
    if wrong := wrong_account(world.boards, configuration):
        raise SignedOut("signing in", wrong, status=403)
    spelt = configuration.spelling.digest
    if _was_checked(spelt, world):
        return ()
    found = tuple(str(problem) for problem in project_problems(world.boards, configuration.spelling))
    mirror, now = world.store.mirror, world.boards.server_time().isoformat()
    if found:
        mirror.absorb(token=(CHECKED, WRONG))
    else:
        if mirror.token(CHECKED) == WRONG:
            mirror.absorb(token=(MENDED, now))
        mirror.absorb(token=(CHECKED, f"{spelt} {now}"))
    return found


def _was_checked(spelt: str, world: World) -> bool:
    """It is asked again when the spelling changes, as often as everything is read anew, after a refusal for good, and
    at every look while it is wrong, or while something is missing that stood there."""
    if suspicion_of(world) is not None:
        return False
    before, _, at = (world.store.mirror.token(CHECKED) or "").partition(" ")
    return before == spelt and abs(world.boards.server_time() - datetime.fromisoformat(at)) < world.resync_interval
