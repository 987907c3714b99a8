"""The draft: a party's next regular release, and for each resolved fix whether it joins it or why it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.defect import Defect, Fix, State
from bot.left_out import LeftOut, Reason
from bot.number import Number
from bot.party import Party
from bot.readiness import Prospect, judge


@dataclass(frozen=True, slots=True)
class Draft:
    """What a party's next regular release would bring. `number` is None while no fix names a build for it."""

    party: Party
    number: Number | None
    fixes: frozenset[Fix]
    left_out: tuple[LeftOut, ...]


def draft_of(prospect: Prospect, resolved: Iterable[Defect]) -> Draft:
    """Stage one: each resolved defect and change request of the party once, for every environment [C6], [M14]."""
    ready: dict[int, Defect] = {}
    left_out: dict[int, LeftOut] = {}
    for defect in resolved:
        verdict = judge(defect, prospect) or _later_than_chosen(defect, prospect)
        if verdict is None:
            ready[defect.id] = defect
        else:
            left_out[defect.id] = verdict
    _leave_out_dependents(ready, left_out, prospect)
    number = prospect.chosen or _highest(ready.values())
    if number is None:
        left_out |= {id: _without_build(defect, prospect) for id, defect in ready.items()}
        return Draft(prospect.party, None, frozenset(), _ordered(left_out))
    fixes = frozenset(Fix(d.id, d.version or number) for d in ready.values())
    return Draft(prospect.party, number if fixes else None, fixes, _ordered(left_out))


def _ordered(left_out: Mapping[int, LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(left_out[id] for id in sorted(left_out))


def _highest(defects: Iterable[Defect]) -> Number | None:
    return max((d.version for d in defects if d.version is not None), default=None)


def _later_than_chosen(defect: Defect, prospect: Prospect) -> LeftOut | None:
    chosen = prospect.chosen
    if chosen is None or defect.version is None or defect.version <= chosen:
        return None
    words = f"its version {defect.version} is later than the release {chosen} that a person chose"
    condition = f"the list's number is set to {defect.version}"
    rather = f"it joins the list of {defect.version}"
    return prospect.out(defect, Reason.LATER_THAN_DRAFT, words, condition, rather=rather)


def _without_build(defect: Defect, prospect: Prospect) -> LeftOut:
    words = "it travels with the party's next build, and no fix names that build yet"
    return prospect.out(defect, Reason.NO_DRAFT, words, "a fix of its party names that build as its version")


def _leave_out_dependents(fixes: dict[int, Defect], left_out: dict[int, LeftOut], prospect: Prospect) -> None:
    """A fix waits for what it depends on; and what depends on that fix then waits too, so until nothing changes."""
    while waiting := {id: other for id in fixes if (other := _unmet(id, fixes, prospect)) is not None}:
        for id, other in waiting.items():
            words = f"it depends on {other}, which {_standing(other, prospect)}"
            condition = f"{other} is in it too or has arrived, or the link is removed,"
            left_out[id] = prospect.out(fixes.pop(id), Reason.DEPENDENCY, words, condition)


def _unmet(id: int, fixes: Mapping[int, Defect], prospect: Prospect) -> int | None:
    needs = sorted(prospect.defects[id].depends_on)
    return next((n for n in needs if n not in fixes and not _is_delivered(n, prospect)), None)


def _is_delivered(id: int, prospect: Prospect) -> bool:
    defect = prospect.defects.get(id)
    if defect is None:
        return False
    if defect.state in (State.READY_FOR_RETEST, State.CLOSED):
        return True
    return defect.version is not None and Fix(id, defect.version) in prospect.sealed


def _standing(id: int, prospect: Prospect) -> str:
    defect = prospect.defects.get(id)
    if defect is None:
        return "cannot be found in this project"
    if defect.state is State.RESOLVED:
        return "is resolved but not in the release"
    return f"is {defect.state_text or defect.state.value}"
