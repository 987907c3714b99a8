"""Carrying out a plan: updates together, creations one by one, and nothing more once the server has had enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.azure_devops.answers import Declined, Throttled
from adapters.azure_devops.outcomes import Applied, Outcome, Refused
from adapters.azure_devops.refusals import is_of_token
from adapters.portions import portions
from bot.fence import SEND_WITHIN
from bot.plan import Action, ActionKind, Plan
from jobs.raise_under_fence import raise_under_fence
from jobs.recorded import marked, record, update_recorded
from jobs.world import World

BATCH = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What one action came to."""

    action: Action
    outcome: Outcome


def carry_out(plan: Plan, world: World, run: str) -> tuple[Result, ...]:
    """After a lost sign-in, a token that may not write, or a throttling nothing more is tried, nor is anything after a
    list that may not be created: whatever else is new would come into the same area.

    To be called as soon as it is decided. What is created depends on more than the revision of one item: somebody who
    stands still, or has too much to do, creates nothing any more.
    """
    until = world.boards.elapsed() + SEND_WITHIN.total_seconds()
    results: list[Result] = []
    for portion in _portions(plan):
        if any(_stops(result) for result in results) or world.stopping.is_set():
            break
        results += _carried_out(portion, world, run, until)
    return tuple(results)


def _portions(plan: Plan) -> list[Sequence[Action]]:
    updates = [a for a in plan if a.change.id is not None]
    creations = [[a] for a in plan if a.change.id is None]
    return [*portions(updates, BATCH), *creations]


def _carried_out(actions: Sequence[Action], world: World, run: str, until: float) -> list[Result]:
    if actions[0].change.id is not None:
        outcomes = update_recorded(actions, world, run)
    else:
        outcomes = _created(actions[0], world, run, until)
    return [Result(action, outcome) for action, outcome in zip(actions, outcomes, strict=True)]


def _created(action: Action, world: World, run: str, until: float) -> Sequence[Outcome]:
    (intent,) = world.store.ledger.intend(run, [action], world.boards.server_time())
    if action.kind is ActionKind.RAISE_RFC:
        outcome = raise_under_fence(action, intent, world, run, until=until)
    else:
        outcome = world.boards.create(marked(action.change, action, run, world), until=until)
    return record([action], [intent], [outcome], world)


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


def refusals(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(result for result in results if isinstance(result.outcome, Refused))
