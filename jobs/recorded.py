"""Recorded writes: each is an intent before it is sent, carries the bot's mark, and is an outcome after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adapters.azure_devops.outcomes import Applied, Outcome
from bot.candidate_list import ListState
from bot.change import Change, Edit, Field
from bot.defect import Kind, State
from bot.fence import SEND_WITHIN
from bot.history import remembered
from bot.plan import Action
from bot.remark import Remark
from bot.rfc import RfcState
from bot.written import Written, signature
from jobs.world import World


def update_recorded(actions: Sequence[Action], world: World, run: str) -> Sequence[Outcome]:
    """One revision for each action that is applied, and one record for each of those revisions.

    Whoever stood still in between sends nothing any more: another process may have concluded that it never will.
    """
    until = world.boards.elapsed() + SEND_WITHIN.total_seconds()
    intents = world.store.ledger.intend(run, actions, world.boards.server_time())
    outcomes = world.boards.update([marked(action.change, action, run, world) for action in actions], until=until)
    return record(actions, intents, outcomes, world)


def record(
    actions: Sequence[Action], intents: Sequence[str], outcomes: Sequence[Outcome], world: World
) -> Sequence[Outcome]:
    """What came of each, on the disk; and what now stands, in the mirror."""
    world.store.ledger.conclude(dict(zip(intents, outcomes, strict=True)), world.boards.server_time())
    for action, outcome in zip(actions, outcomes, strict=True):
        _extend_history(action, outcome, world)
    world.store.mirror.absorb([o.item for o in outcomes if isinstance(o, Applied) and o.item is not None])
    return outcomes


def marked(change: Change, action: Action, run: str, world: World) -> Change:
    """The change with the bot's mark: in a field of lists and RFCs, in the history of a defect.

    What is sealed, and each edition of an RFC, carries the ledger's head too, in which its own intent is.
    """
    if change.kind in (Kind.LIST, Kind.RFC):
        head = world.store.ledger.head() if change.new(Field.SEAL) else ""
        mark = Written(run, action.rule, action.reason, action.digest, action.number, head)
        return replace(change, edits=(*change.edits, Edit(Field.WRITTEN, None, str(mark))))
    return replace(change, edits=tuple(_signed(edit, signature(run, action.rule)) for edit in change.edits))


def _signed(edit: Edit, mark: str) -> Edit:
    if not isinstance(edit.new, Remark):
        return edit
    return replace(edit, new=replace(edit.new, sentences=(*edit.new.sentences, mark)))


def _extend_history(action: Action, outcome: Outcome, world: World) -> None:
    """Our own revision needs no reading: what it does not change stands as it stood in the one before. But one that
    changes links, or seals what an RFC is linked to: people may have changed links since, which makes no revision."""
    change = action.change
    if change.links or change.unlinks or (change.kind is Kind.RFC and change.new(Field.SEAL)):
        return
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
