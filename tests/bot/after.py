"""What the work items hold once a plan was carried out on them, as Azure DevOps would keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.change import Change, Field, LinkKind
from bot.defect import Fix, Kind
from bot.facts import Facts
from bot.history import Histories, Step, remembered
from bot.number import read_number
from bot.plan import Action, ActionKind, Plan
from bot.rfc import Rfc, RfcState
from bot.window import Window
from bot.written import Written, read_mark

RUN = "0c5f1e"
KEPT = {
    Field.TITLE: "title",
    Field.STATE: "state",
    Field.DELIVERED_BY: "delivered_by",
    Field.ENVIRONMENT: "environment",
    Field.PARTY: "party",
    Field.SEQUENCE: "sequence",
    Field.NUMBER: "number",
    Field.TYPE: "type",
    Field.EDITION: "edition",
    Field.SEAL: "seal",
    Field.LIST: "list_id",
    Field.ATTEMPT: "attempt",
    Field.WAY_BACK: "way_back",
    Field.DOWNTIME: "downtime",
    Field.DEPLOYED_AT: "deployed_at",
    Field.OUTCOME: "outcome",
    Field.EVIDENCE: "evidence",
    Field.ROADMAP: "roadmap",
    Field.SMOKE: "smoke",
}


def after(plan: Plan, facts: Facts) -> Facts:
    """Every action applied, each as one revision by the bot."""
    for action in plan:
        facts = _applied(action, facts)
    return facts


def _applied(action: Action, facts: Facts) -> Facts:
    change = action.change
    match change.kind:
        case Kind.LIST:
            kept = _list_after(action, facts)
            return replace(facts, lists={**facts.lists, kept.id: kept}, histories=_told(facts, kept, action))
        case Kind.RFC:
            raised = _rfc_after(action, facts)
            return replace(facts, rfcs={**facts.rfcs, raised.id: raised}, histories=_told(facts, raised, action))
        case _:
            assert change.id is not None
            defect = facts.defects[change.id]
            assert change.rev == defect.rev
            assigned_to = change.assignees[0] if change.assignees else defect.assigned_to
            values: dict[str, Any] = {"assigned_to": assigned_to, "changed_by": facts.bot, **_values(change)}
            moved = replace(defect, rev=defect.rev + 1, **values)
            former = {**facts.former_assignees, moved.id: defect.assigned_to}
            return replace(facts, defects={**facts.defects, moved.id: moved}, former_assignees=former)


def _list_after(action: Action, facts: Facts) -> CandidateList:
    change = action.change
    if change.id is None:
        window = Window(*(change.new(f) for f in (Field.WINDOW_START, Field.WINDOW_END, Field.TYPE)))  # type: ignore[arg-type]
        values = _values(change)
        before = CandidateList(_new_id(facts), 0, ListState.PROPOSED, window=window, entries=frozenset(), **values)
    else:
        before = facts.lists[change.id]
        assert change.rev == before.rev
    gone = {link.target for link in change.unlinks}
    came = {_entry(link.target, link.comment) for link in change.links if link.kind is LinkKind.ENTRY}
    kept = replace(before, window=_window(change, before.window), **_values(change))
    return replace(
        kept,
        rev=before.rev + 1,
        entries=frozenset(e for e in before.entries if e.fix.defect not in gone) | came,
        written=_mark(action),
        changed_at=facts.now,
        changed_by=facts.bot,
    )


def _rfc_after(action: Action, facts: Facts) -> Rfc:
    change = action.change
    if action.kind is ActionKind.RAISE_RFC:
        assert action.fence is not None
        sealed = facts.lists[action.fence.list_id]
        assert sealed.rev == action.fence.list_rev
        before = Rfc(_new_id(facts), 0, RfcState.RAISED, window=sealed.window, **_values(change))
    else:
        assert change.id is not None
        before = facts.rfcs[change.id]
        assert change.rev == before.rev
    came = {link.target for link in change.links if link.kind is LinkKind.FIX}
    gone = {link.target for link in change.unlinks}
    kept = replace(before, window=_window(change, before.window), **_values(change))
    fixes = (before.fixes - gone) | came
    return replace(kept, rev=before.rev + 1, fixes=fixes, written=_mark(action), changed_at=facts.now)


def _values(change: Change) -> dict[str, Any]:
    return {KEPT[edit.field]: edit.new for edit in change.edits if edit.field in KEPT}


def _window(change: Change, before: Window) -> Window:
    told = {edit.field: edit.new for edit in change.edits}
    start, end = told.get(Field.WINDOW_START, before.start), told.get(Field.WINDOW_END, before.end)
    return Window(start, end, told.get(Field.TYPE, before.type))  # type: ignore[arg-type]


def _mark(action: Action) -> Written:
    mark = read_mark(str(Written(RUN, action.rule, action.reason, action.digest, action.number)))
    assert mark is not None
    return mark


def _entry(target: int, comment: str) -> Entry:
    spelt, _, role = comment.partition(", ")
    number = read_number(spelt)
    assert number is not None
    return Entry(Fix(target, number), Role(role))


def _told(facts: Facts, item: CandidateList | Rfc, action: Action) -> Histories:
    before = facts.lists.get(item.id) if isinstance(item, CandidateList) else facts.rfcs.get(item.id)
    if before is not None and not facts.histories.get(item.id):
        return facts.histories  # of a history that was not read one step tells nothing
    state = item.state if before is None or before.state is not item.state else None
    return by_somebody(facts.histories, item, facts, state, facts.bot, remembered(action.change.edits), action.rule)


def by_somebody(
    histories: Histories,
    item: CandidateList | Rfc,
    facts: Facts,
    state: ListState | RfcState | None,
    by: str,
    wrote: Mapping[Field, str] | None = None,
    rule: str = "",
) -> Mapping[int, tuple[Step, ...]]:
    """The histories with one step more, of this item."""
    told = {id: tuple(steps) for id, steps in histories.items()}
    answers = item.answers if isinstance(item, Rfc) else ""
    linked = item.fixes if isinstance(item, Rfc) else frozenset(entry.fix.defect for entry in item.entries)
    step = Step(item.rev, facts.now, by, state, item.seal, answers, wrote or {}, linked, rule)
    return {**told, item.id: (*told.get(item.id, ()), step)}


def _new_id(facts: Facts) -> int:
    return max([1000, *facts.defects, *facts.lists, *facts.rfcs]) + 1


def edited(action: Action) -> dict[Field, Any]:
    """What the action writes, by field."""
    return {edit.field: edit.new for edit in action.change.edits}
