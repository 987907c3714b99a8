"""Undoing a run: judged work item by work item, shown, permitted, written together, and told one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from adapters.azure_devops.answers import Failure, SignedOut
from adapters.azure_devops.outcomes import Applied, Outcome, Unknown
from adapters.azure_devops.rows import ItemRow
from adapters.terminal.talk import Output, Talk, plain
from bot.act import Act, AlreadySo, Objection, Verdict
from bot.as_before import Undoing, work_of
from bot.change import LinkKind
from bot.rfc import Rfc
from bot.undo import undo
from jobs.find_run import in_ledger, items_of, traces, unknown
from jobs.person import Person
from jobs.run import Ending
from jobs.write_act import Told, asked

Verdicts = Mapping[int, Verdict]


def undo_run(person: Person, said: Talk, run: str, why: str, *, yes: bool) -> int:
    """0 where nothing of it is left, 3 where something is, for people."""
    try:
        verdicts = _judged(person, run, why)
        if not verdicts:
            said.say(unknown(run))
            return Ending.FAILED.value
        acts = {id: verdict for id, verdict in verdicts.items() if isinstance(verdict, Act)}
        shown = tuple(_shown(run, verdicts))
        if acts and not yes and (refused := asked(said, shown, f"Undo {_counted(acts)} of run {run}?")):
            return refused
        outcomes = dict(zip(acts, person.boards.update([act.change for act in acts.values()]), strict=True))
        _tell(said, [_told(id, verdict, outcomes.get(id)) for id, verdict in verdicts.items()])
        for words in _notes(act for id, act in acts.items() if isinstance(outcomes[id], Applied)):
            said.say(words)
        return _ending(verdicts, outcomes)
    except Failure as failure:
        said.say(str(failure))
        return Ending.of(failure).value


def _judged(person: Person, run: str, why: str) -> Verdicts:
    """In the order of their ids; empty where no work item tells of the run."""
    configuration = person.configuration
    asked_for = Undoing(run, person.name, configuration.sign_in.account, configuration.programme.zone, why)
    ids = items_of(run, in_ledger(run, configuration), person.boards, configuration)
    rows = person.rows(ids)
    rfcs = _rfcs_of(rows, person)
    unseen = ids - {row.id for row in rows}
    verdicts: dict[int, Verdict] = {
        id: Objection(f"{id} is deleted, or out of the sight of {person.name}") for id in unseen
    }
    for trace in traces(rows, person.boards, configuration.spelling):
        work = work_of(trace, asked_for)
        if work is not None:
            verdicts[trace.id] = undo(work, rfcs.get(trace.id))
    return dict(sorted(verdicts.items()))


def _rfcs_of(rows: Iterable[ItemRow], person: Person) -> Mapping[int, Rfc]:
    """By the id of their list."""
    child = person.configuration.spelling.links[LinkKind.RFC]
    linked = {r.target for row in rows for r in row.relations or () if r.rel == child and r.target is not None}
    found = person.items(person.rows(linked)).rfcs if linked else {}
    return {rfc.list_id: rfc for _, rfc in sorted(found.items(), reverse=True) if rfc.list_id is not None}


def _shown(run: str, verdicts: Verdicts) -> Iterator[str]:
    groups = (
        (Act, f"Run {run} would be undone:"),
        (Objection, "Left alone:"),
        (AlreadySo, "Nothing to undo:"),
    )
    for kind, title in groups:
        found = [verdict.words for verdict in verdicts.values() if isinstance(verdict, kind)]
        yield from (title, *(f"  {words}" for words in found)) if found else ()
    yield from _notes(verdict for verdict in verdicts.values() if isinstance(verdict, Act))


def _notes(acts: Iterable[Act]) -> Sequence[str]:
    """What follows from them, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(act.shown for act in acts)))


def _told(id: int, verdict: Verdict, outcome: Outcome | None) -> Told:
    match verdict:
        case AlreadySo():
            return Told("nothing to do", id, verdict.words)
        case Objection():
            return Told("left alone", id, verdict.words)
    match outcome:
        case Applied():
            return Told("done", id, verdict.words)
        case Unknown():
            return Told("unknown", id, f"{verdict.words}: look at it before you repeat it: {outcome.why}")
        case _:
            return Told("not done", id, f"{verdict.words}: {outcome.why if outcome else 'not tried'}")


def _tell(said: Talk, told: Sequence[Told]) -> None:
    if said.output is Output.JSON:
        said.json([plain(one) for one in told])
    for one in told:
        said.line(f"{one.outcome:13} {one.words}")


def _ending(verdicts: Verdicts, outcomes: Mapping[int, Outcome]) -> int:
    missed = [outcome for outcome in outcomes.values() if not isinstance(outcome, Applied)]
    if any(isinstance(outcome.cause, SignedOut) for outcome in missed):
        return Ending.SIGNED_OUT.value
    if missed and len(missed) == len(outcomes):
        return Ending.FAILED.value
    is_left = missed or any(isinstance(verdict, Objection) for verdict in verdicts.values())
    return Ending.PARTLY_DONE.value if is_left else Ending.DONE.value


def _counted(acts: Mapping[int, Act]) -> str:
    return "1 work item" if len(acts) == 1 else f"{len(acts)} work items"
