"""As before: the one write that undoes what a run made of a work item, unless anybody has gone on with it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import Enum

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.change import Change, Edit, Field, Value
from bot.dates import spoken, spoken_day
from bot.remark import Remark
from bot.revision import Revision, Trace, net

Before = Mapping[Field, Value]
_EMPTY = {Field.ASSIGNED_TO: "nobody"}


@dataclass(frozen=True, slots=True)
class Undoing:
    """Which run is undone, by whom, and why, where they say so. `bot` is Shunter's own account."""

    run: str
    by: str
    bot: str
    zone: tzinfo
    why: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What the run `made` of one work item, at least one revision; `edits` is what they came to."""

    trace: Trace
    made: tuple[Revision, ...]
    edits: Mapping[Field, Edit]
    asked: Undoing

    @property
    def name(self) -> str:
        return self.trace.name

    @property
    def is_new(self) -> bool:
        return self.made[0].rev == 1

    def value(self, field: Field) -> Value:
        return self.trace.value(field)

    def before(self, field: Field) -> Value:
        return self.edits[field].old


def work_of(trace: Trace, asked: Undoing) -> Work | None:
    """None where the run made nothing of the item."""
    made = trace.made_by(asked.run, asked.bot)
    return Work(trace, made, net(made), asked) if made else None


def as_before(work: Work, before: Before, *, guarded: frozenset[Field], then: str = "", shown: str = "") -> Verdict:
    """Any revision of a person since the run began with the item leaves it to them, whatever they changed.

    A later run of Shunter does so only where it changed one of the `guarded` fields: what it works out anew at every
    look goes on with nothing. `then` is what the history says of what follows, `shown` what a person should know.
    """
    if _stands(before, work):
        return AlreadySo(f"{work.name} is so already: {told(_telling(before))}")
    if touched := _touched(work, guarded | before.keys()):
        return Objection(f"{work.name}: {touched}")
    return Act(_change(work, before, then), f"{work.name}: {told(before)}", (shown,) if shown else ())


def told(before: Before) -> str:
    """`state resolved, assigned to nobody`."""
    return ", ".join(
        f"{field.value} {_spelled(value) or _EMPTY.get(field, 'empty')}" for field, value in before.items()
    )


def _stands(before: Before, work: Work) -> bool:
    return all((work.value(field) or None) == (value or None) for field, value in _telling(before).items())


def _telling(before: Before) -> Before:
    """Where a state is put back it alone tells whether that was done: who has the item since is for people."""
    return {Field.STATE: before[Field.STATE]} if Field.STATE in before else before


def _touched(work: Work, guarded: frozenset[Field]) -> str:
    """Who went on with it since, in words; empty where nobody did."""
    since = [r for r in work.trace.revisions if r.rev > work.made[0].rev and r not in work.made]
    people = [r for r in since if r.by != work.asked.bot]
    if people:
        last = people[-1]
        at = spoken(last.at, work.asked.zone)
        return f"{last.by} has changed it since ({_named(last.fields)}; {at}), so it is left to people"
    later = next((r for r in reversed(since) if r.fields & guarded), None)
    if later is None:
        return ""
    run = later.mark.run if later.mark is not None else "of another time"
    return f"Shunter's run {run} has gone on with it since ({_named(later.fields & guarded)}): undo that one first"


def _named(fields: frozenset[Field]) -> str:
    return ", ".join(sorted(field.value for field in fields)) or "nothing that Shunter reads"


def _change(work: Work, before: Before, then: str) -> Change:
    """The state does not wait for a name: a former assignee who is gone is left out."""
    brought_by = work.value(Field.DELIVERED_BY)
    about = (brought_by,) if isinstance(brought_by, int) else ()
    assignee = before.get(Field.ASSIGNED_TO)
    fields = (f for f in before if f is not Field.ASSIGNED_TO or not assignee)
    edits = (Edit(field, work.value(field), before[field]) for field in fields)
    remark = Edit(Field.REMARK, None, Remark(tuple(_sentences(work, then)), about))
    names = (str(assignee),) if assignee else ()
    return Change(work.trace.kind, work.trace.id, work.trace.rev, (*edits, remark), assignees=names)


def _sentences(work: Work, then: str) -> Iterator[str]:
    rules = ", ".join(dict.fromkeys(r.mark.rule for r in work.made if r.mark is not None))
    yield f"{work.asked.by} has undone what run {work.asked.run} of Shunter did here (rule {rules})."
    if work.asked.why.strip():
        yield f"The reason: {' '.join(work.asked.why.split())}"
    if then:
        yield then


def _spelled(value: Value) -> str:
    match value:
        case Enum():
            return str(value.value)
        case date():
            return spoken_day(value)
        case None:
            return ""
        case _:
            return str(value)
