"""Known refusals: what the server has said no to for good, or may have done already, is not sent again for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.plan import Action, Plan
from jobs.world import World

PATIENCE = timedelta(hours=6)
"""How long what was refused for good is not tried again: by then somebody may have mended the rule that refused it."""
CHECKED, MENDED = "checked", "mended"
"""Under these names the mirror keeps which spelling was found to be the project's and when, and since when it is
again, after it was not."""


def without_known_refusals(world: World, plan: Plan) -> tuple[Plan, tuple[str, ...]]:
    """The rest of the plan, and for each action that was taken out why, in words."""
    ledger, now = world.store.ledger, world.boards.server_time()
    since = max(now - PATIENCE, _mended(world))
    quarantined, refused = ledger.quarantined(since), ledger.refused_creations(since)
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


def _mended(world: World) -> datetime:
    """What was refused before then was refused, perhaps, for what has been put right."""
    kept = world.store.mirror.token(MENDED)
    return datetime.fromisoformat(kept) if kept else datetime.min.replace(tzinfo=UTC)


def _name(action: Action) -> str:
    """What a creation is recognised by: an RFC by its key and edition, so that a new edition is tried at once."""
    return action.fence.claim if action.fence is not None else action.subject
