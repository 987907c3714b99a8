"""Known refusals: what the server has said no to for good, or may have done already, is not sent again."""

from __future__ import annotations

from datetime import timedelta

from bot.plan import Action, Plan
from jobs.world import World

PATIENCE = timedelta(hours=6)
"""How long a creation that was refused for good is not tried again: each try is a revision of the list it claims."""


def without_known_refusals(world: World, plan: Plan) -> tuple[Plan, tuple[str, ...]]:
    """The rest of the plan, and for each action that was taken out why, in words."""
    ledger, now = world.store.ledger, world.boards.server_time()
    quarantined, refused = ledger.quarantined(), ledger.refused_creations(since=now - PATIENCE)
    uncertain = ledger.uncertain_creations(now)
    kept: list[Action] = []
    skipped: list[str] = []
    for action in plan:
        id, rev = action.change.id, action.change.rev
        words = quarantined.get((id, rev), "") if id is not None and rev is not None else refused.get(_name(action), "")
        if words:
            skipped.append(f"{action.subject}: refused before, and nothing has changed since: {words}")
        elif id is None and action.fence is None and action.subject in uncertain:
            skipped.append(f"{action.subject}: it may have been created already; it is looked for again")
        else:
            kept.append(action)
    return Plan(tuple(kept)), tuple(skipped)


def _name(action: Action) -> str:
    """What a creation is recognised by: an RFC by its key and edition, so that a new edition is tried at once."""
    return action.fence.claim if action.fence is not None else action.subject
