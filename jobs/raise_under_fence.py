"""Raising under the fence: claim the list, create the RFC with a link to it, and never send a create twice."""

from __future__ import annotations

from dataclasses import replace

from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from bot.candidate_list import ListState
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.plan import Action, ActionKind, Fence
from jobs.recorded import marked, update_recorded
from jobs.world import World


def raise_under_fence(action: Action, intent: str, world: World, run: str, *, until: float) -> Outcome:
    """The claim is a compare-and-swap on the list's revision. Whoever loses it, or is paused past `until`, gives up;
    an unknown end is settled by reading the list's links, once its quarantine has passed."""
    fence = action.fence
    if fence is None:
        return Refused(f"{action.subject}: an RFC is raised only under the fence of its list", is_lasting=True)
    claimed = _claim(fence, action, intent, world, run)
    if not isinstance(claimed, Applied):
        return _not_claimed(claimed, fence)
    created = world.boards.create(_with_intent(action, intent, world, run), until=until)
    if isinstance(created, Applied):
        _mark_raised(fence, claimed, created, action, world, run)
    return created


def _not_claimed(claimed: Refused | Unknown, fence: Fence) -> Outcome:
    """Without a claim that is certain nothing was sent."""
    if isinstance(claimed, Refused):
        return claimed
    return Refused(f"whether list {fence.list_id} is claimed is not known: {claimed.why}", cause=claimed.cause)


def _claim(fence: Fence, action: Action, intent: str, world: World, run: str) -> Outcome:
    change = Change(Kind.LIST, fence.list_id, fence.list_rev, (Edit(Field.CLAIM, None, f"{intent}: {fence.claim}"),))
    return _update(_on_list(ActionKind.CLAIM_LIST, f"claimed to raise {fence.key}", change, action, fence), world, run)


def _with_intent(action: Action, intent: str, world: World, run: str) -> Change:
    change = replace(action.change, edits=(*action.change.edits, Edit(Field.INTENT, None, intent)))
    return marked(change, action, run, world)


def _mark_raised(fence: Fence, claimed: Applied, created: Applied, action: Action, world: World, run: str) -> None:
    """Should this fail, the next run finds the RFC on the list and does it then."""
    edits = (Edit(Field.STATE, ListState.AGREED, ListState.RAISED),)
    change = Change(Kind.LIST, fence.list_id, claimed.rev, edits)
    reason = f"RFC {created.id} has been raised for it"
    _update(_on_list(ActionKind.MARK_RAISED, reason, change, action, fence), world, run)


def _on_list(kind: ActionKind, reason: str, change: Change, action: Action, fence: Fence) -> Action:
    """A number that a person set on the list stays theirs."""
    return Action(kind, action.rule, reason, f"list {change.id}", change, number=fence.own_number)


def _update(action: Action, world: World, run: str) -> Outcome:
    return update_recorded([action], world, run)[0]
