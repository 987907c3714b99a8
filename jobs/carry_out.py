"""Carrying out: the one place that writes. Each action is an intent before it is sent, and an outcome after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.azure_devops.answers import Declined, Throttled
from adapters.azure_devops.outcomes import Applied, Outcome, Refused
from adapters.azure_devops.refusals import is_of_token
from adapters.portions import portions
from bot.candidate_list import ListState
from bot.change import Change, Edit, Field
from bot.defect import Kind, State
from bot.history import remembered
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark
from bot.rfc import RfcState
from bot.written import Written, signature
from jobs.raise_under_fence import raise_under_fence
from jobs.world import World

BATCH = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What one action came to."""

    action: Action
    outcome: Outcome


def carry_out(plan: Plan, world: World, run: str) -> tuple[Result, ...]:
    """Updates together, creations one by one. After a lost sign-in, a token that may not write, or a throttling
    nothing more is tried, nor is after a list that may not be created: whatever else is new would come into the same
    area."""
    results: list[Result] = []
    for portion in _portions(plan):
        if any(_stops(result) for result in results) or world.stopping.is_set():
            break
        results += _carried_out(portion, world, run)
    return tuple(results)


def _portions(plan: Plan) -> list[Sequence[Action]]:
    updates = [a for a in plan if a.change.id is not None]
    creations = [[a] for a in plan if a.change.id is None]
    return [*portions(updates, BATCH), *creations]


def _carried_out(actions: Sequence[Action], world: World, run: str) -> list[Result]:
    ledger = world.store.ledger
    now = world.boards.server_time()
    intents = ledger.intend(run, actions, now)
    if actions[0].kind is ActionKind.RAISE_RFC:
        outcomes: Sequence[Outcome] = [raise_under_fence(actions[0], intents[0], world, run)]
    elif actions[0].change.id is None:
        outcomes = [world.boards.create(marked(actions[0], run))]
    else:
        outcomes = world.boards.update([marked(action, run) for action in actions])
    ledger.conclude(dict(zip(intents, outcomes, strict=True)), world.boards.server_time())
    for action, outcome in zip(actions, outcomes, strict=True):
        _extend_history(action, outcome, world)
    world.store.mirror.absorb([o.item for o in outcomes if isinstance(o, Applied) and o.item is not None])
    return [Result(action, outcome) for action, outcome in zip(actions, outcomes, strict=True)]


def _extend_history(action: Action, outcome: Outcome, world: World) -> None:
    """Our own revision needs no reading: what it does not change stands as it stood in the one before."""
    change = action.change
    kept = world.store.mirror.history(change.id) if change.id is not None else None
    if (
        kept is None
        or not kept[1]
        or not isinstance(outcome, Applied)
        or (kept[0], kept[0] + 1) != (change.rev, outcome.rev)
    ):
        return
    last = kept[1][-1]
    state, seal = change.new(Field.STATE), change.new(Field.SEAL)
    step = replace(
        last,
        rev=outcome.rev,
        at=world.boards.server_time(),
        by=world.boards.signed_in_as(),
        state=state if isinstance(state, State | ListState | RfcState) else None,
        seal=seal if isinstance(seal, str) else last.seal,
        wrote=remembered(change.edits),
        rule=action.rule,
    )
    world.store.mirror.keep_history(outcome.id, outcome.rev, (*kept[1], step))


def _stops(result: Result) -> bool:
    if isinstance(result.outcome, Applied):
        return False
    is_new_list = result.action.change.id is None and result.action.kind is not ActionKind.RAISE_RFC
    cause = result.outcome.cause
    return isinstance(cause, Throttled) or is_of_token(cause) or (is_new_list and is_barred(result))


def is_barred(result: Result) -> bool:
    """Refused because of who asks, not of what is asked."""
    cause = None if isinstance(result.outcome, Applied) else result.outcome.cause
    return isinstance(cause, Declined) and cause.status == 403


def marked(action: Action, run: str) -> Change:
    """The change with the bot's mark: in a field of lists and RFCs, in the history of a defect."""
    change = action.change
    if change.kind in (Kind.LIST, Kind.RFC):
        mark = Written(run, action.rule, action.reason, action.digest, action.number)
        return replace(change, edits=(*change.edits, Edit(Field.WRITTEN, None, str(mark))))
    return replace(change, edits=tuple(_signed(edit, signature(run, action.rule)) for edit in change.edits))


def _signed(edit: Edit, mark: str) -> Edit:
    if not isinstance(edit.new, Remark):
        return edit
    return replace(edit, new=replace(edit.new, sentences=(*edit.new.sentences, mark)))


def refusals(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(result for result in results if isinstance(result.outcome, Refused))
