"""Answer comments: at every look, does what people of the role ask for under a list, and says so there, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adapters.azure_devops.outcomes import Refused
from bot.asked import OBEYING
from bot.comment_commands import plan_answers, plan_comments
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import Plan
from jobs.carry_out import Result, carry_out
from jobs.observe import facts_of
from jobs.world import World


def plan(picture: Picture) -> Plan:
    return plan_comments(picture)


def answer_what_was_done(world: World, facts: Facts, results: Sequence[Result], run: str) -> tuple[Result, ...]:
    """What comments asked for was written a moment ago, so that their answers are true by now.

    Should this fail, the next run finds it done, and answers then.
    """
    obeyed = [result for result in results if result.action.kind in OBEYING.values()]
    if not obeyed:
        return ()
    refused = {
        r.action.change.id or 0: r.outcome.why
        for r in obeyed
        if isinstance(r.outcome, Refused) and r.outcome.is_lasting
    }
    now = replace(facts_of(world), discussions=facts.discussions)
    return carry_out(plan_answers(Picture(now), refused), world, run)
