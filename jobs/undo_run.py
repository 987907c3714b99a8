"""Undoing a run: judged work item by work item, shown, permitted, written together, and told one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.rows import ItemRow
from adapters.terminal.talk import Talk
from bot.act import Act, AlreadySo, Objection, Verdict
from bot.as_before import Undoing, work_of
from bot.change import LinkKind
from bot.rfc import Rfc
from bot.undo import undo
from jobs.find_run import in_ledger, items_of, named_in, traces, unknown
from jobs.person import Person
from jobs.run import Ending
from jobs.tell_undone import ending, tell, told
from jobs.write_act import asked

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
        spelling = person.configuration.spelling
        tell(said, [told(id, verdict, outcomes.get(id), spelling) for id, verdict in verdicts.items()])
        for words in _notes(act for id, act in acts.items() if isinstance(outcomes[id], Applied)):
            said.say(words)
        return ending(verdicts.values(), outcomes.values())
    except Failure as failure:
        said.say(str(failure))
        return Ending.of(failure).value


def _judged(person: Person, run: str, why: str) -> Verdicts:
    """In the order of their ids; empty where no work item tells of the run."""
    configuration = person.configuration
    asked_for = Undoing(run, person.name, configuration.sign_in.account, configuration.programme.zone, why)
    entries = in_ledger(run, configuration)
    rows = person.rows(items_of(run, entries, person.boards, configuration))
    rfcs = _rfcs_of(rows, person)
    unseen = named_in(entries) - {row.id for row in rows}
    verdicts: dict[int, Verdict] = {id: _out_of_sight(id, person.name) for id in unseen}
    for trace in traces(rows, person.boards, configuration.spelling):
        work = work_of(trace, asked_for)
        if work is not None:
            verdicts[trace.id] = undo(work, rfcs.get(trace.id))
    return dict(sorted(verdicts.items()))


def _out_of_sight(id: int, of: str) -> Objection:
    return Objection(f"{id} is deleted, or out of the sight of {of}")


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


def _counted(acts: Mapping[int, Act]) -> str:
    return "1 work item" if len(acts) == 1 else f"{len(acts)} work items"
