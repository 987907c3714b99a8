"""A run of the bot on values: every job decides, and what they decided is carried out."""

from __future__ import annotations

from bot.agree import plan_agreements
from bot.facts import Facts
from bot.follow_rfcs import plan_closures, plan_control_points, plan_deployments
from bot.picture import Picture
from bot.plan import ActionKind, Plan, merge
from bot.propose_lists import plan_lists
from bot.raise_rfcs import plan_rfcs
from bot.retest import plan_retest
from tests.bot.after import after

RULES = (
    plan_retest,
    plan_deployments,
    plan_agreements,
    plan_rfcs,
    plan_closures,
    plan_lists,
    plan_control_points,
)


def decided(facts: Facts) -> Plan:
    picture = Picture(facts)
    return merge(rule(picture) for rule in RULES)


def run(facts: Facts, times: int = 1) -> Facts:
    for _ in range(times):
        facts = after(decided(facts), facts)
    return facts


def kinds(plan: Plan) -> list[ActionKind]:
    return [action.kind for action in plan]
