"""Raising under the fence: claim the list, create the RFC with a link to it, and never send a create twice."""

from __future__ import annotations

from dataclasses import replace

from adapters.azure_devops.outcomes import Applied, Outcome, Refused
from bot.candidate_list import ListState
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.fence import SEND_WITHIN
from bot.plan import Action, Fence
from bot.written import Written
from jobs.world import World


def raise_under_fence(action: Action, intent: str, world: World, run: str) -> Outcome:
    """The claim is a compare-and-swap on the list's revision. Whoever loses it, or is paused too long, gives up;
    an unknown end is settled by reading the list's links, once its quarantine has passed."""
    fence = action.fence
    if fence is None:
        return Refused(f"{action.subject}: an RFC is raised only under the fence of its list", is_lasting=True)
    until = world.boards.monotonic() + SEND_WITHIN.total_seconds()
    claimed = _claim(fence, action, intent, world, run)
    if not isinstance(claimed, Applied):
        return claimed
    created = world.boards.create(_with_intent(action, intent, run), until=until)
    if isinstance(created, Applied):
        _mark_raised(fence, claimed, created, action, world, run)
    return created


def _claim(fence: Fence, action: Action, intent: str, world: World, run: str) -> Outcome:
    mark = Written(run, action.rule, f"claimed to raise {fence.key}", "", action.number)
    edits = (Edit(Field.CLAIM, None, f"{intent}: {fence.claim}"), Edit(Field.WRITTEN, None, str(mark)))
    return world.boards.update([Change(Kind.LIST, fence.list_id, fence.list_rev, edits)])[0]


def _with_intent(action: Action, intent: str, run: str) -> Change:
    mark = Written(run, action.rule, action.reason, action.digest, action.number)
    edits = (Edit(Field.INTENT, None, intent), Edit(Field.WRITTEN, None, str(mark)))
    return replace(action.change, edits=(*action.change.edits, *edits))


def _mark_raised(fence: Fence, claimed: Applied, created: Applied, action: Action, world: World, run: str) -> None:
    """Should this fail, the next run finds the RFC on the list and does it then."""
    mark = Written(run, action.rule, f"RFC {created.id} has been raised for it", "", action.number)
    edits = (Edit(Field.STATE, ListState.AGREED, ListState.RAISED), Edit(Field.WRITTEN, None, str(mark)))
    outcome = world.boards.update([Change(Kind.LIST, fence.list_id, claimed.rev, edits)])[0]
    if isinstance(outcome, Applied) and outcome.item is not None:
        world.store.mirror.absorb([outcome.item])
