"""A run of the bot on values: every job decides, and what they decided is carried out; and what came of it."""

from __future__ import annotations

from bot.agree import plan_agreements
from bot.candidate_list import Role
from bot.compose_note import compose_note
from bot.defect import State
from bot.facts import Facts
from bot.follow_rfcs import plan_closures, plan_control_points
from bot.picture import Picture
from bot.plan import ActionKind, Plan, merge
from bot.propose_lists import plan_lists
from bot.put_back import plan_put_back
from bot.raise_rfcs import plan_rfcs
from bot.record_deployments import plan_deployments
from bot.record_evidence import plan_evidence
from bot.retest import plan_retest
from tests.bot.after import after
from tests.bot.people import agrees, approves, deploys, the_list

RULES = (
    plan_retest,
    plan_put_back,
    plan_evidence,
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


def raised(facts: Facts, *environments: str) -> Facts:
    """Proposed, agreed by the defect manager, sealed, and an RFC raised for each."""
    facts = run(facts)
    for environment in environments:
        facts = agrees(facts, environment)
    return run(facts, times=3)


def approved_and_deployed(facts: Facts, *environments: str) -> Facts:
    for environment in environments:
        facts = deploys(approves(facts, environment), environment)
    return facts


def in_state(facts: Facts, state: State) -> set[int]:
    return {d.id for d in facts.defects.values() if d.state is state}


def listed(facts: Facts, environment: str, release: str = "") -> dict[int, Role]:
    return {entry.fix.defect: entry.role for entry in the_list(facts, environment, release).entries}


def note_of(facts: Facts, environment: str) -> dict[str, list[int]]:
    """What the note of the environment's newest list names, under which heading."""
    note = compose_note(the_list(facts, environment), Picture(facts))
    return {group.heading: [line.id for line in group.lines] for group in note.groups}
