"""Telling what an undoing came to: a line for each work item of the run, and one exit code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from adapters.azure_devops.answers import SignedOut
from adapters.azure_devops.outcomes import Applied, Outcome, Unknown
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.spelling import Spelling
from adapters.terminal.talk import Output, Talk, plain
from bot.act import AlreadySo, Objection, Verdict
from bot.change import Change, Field
from jobs.run import Ending
from jobs.write_act import Told


def told(id: int, verdict: Verdict, outcome: Outcome | None, spelling: Spelling) -> Told:
    match verdict:
        case AlreadySo():
            return Told("nothing to do", id, verdict.words)
        case Objection():
            return Told("left alone", id, verdict.words)
    match outcome:
        case Applied():
            return Told("done", id, f"{verdict.words}{_not_taken(verdict.change, outcome, spelling)}")
        case Unknown():
            return Told("unknown", id, f"{verdict.words}: look at it before you repeat it: {outcome.why}")
        case _:
            return Told("not done", id, f"{verdict.words}: {outcome.why if outcome else 'not tried'}")


def _not_taken(change: Change, applied: Applied, spelling: Spelling) -> str:
    """The state does not wait for a name: somebody who has left since has the item no more."""
    name = spelling.field(change.kind, Field.ASSIGNED_TO) or ""
    there = sign_in_of(str(applied.item.fields.get(name, ""))) if applied.item is not None else ""
    refused = next((wanted for wanted in change.assignees if wanted != there), "")
    return f"; Azure DevOps did not take {refused}, so it stays with {there or 'nobody'}" if refused else ""


def tell(said: Talk, lines: Sequence[Told]) -> None:
    if said.output is Output.JSON:
        said.json([plain(one) for one in lines])
    for one in lines:
        said.line(f"{one.outcome}: {one.words}")


def ending(verdicts: Iterable[Verdict], outcomes: Collection[Outcome]) -> int:
    """3 where something of the run is left for people, and where a part could not be written."""
    missed = [outcome for outcome in outcomes if not isinstance(outcome, Applied)]
    if any(isinstance(outcome.cause, SignedOut) for outcome in missed):
        return Ending.SIGNED_OUT.value
    if missed and len(missed) == len(outcomes):
        return Ending.FAILED.value
    is_left = missed or any(isinstance(verdict, Objection) for verdict in verdicts)
    return Ending.PARTLY_DONE.value if is_left else Ending.DONE.value
