"""The drafts: a party's next release of each type, and for each resolved fix which one it joins or why none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.defect import Defect, Fix
from bot.dependencies import leave_out_dependents
from bot.left_out import LeftOut, Reason
from bot.number import REGULAR_TYPES, Number, ReleaseType
from bot.prospect import By, Prospect, by_window, first_start
from bot.readiness import judge


@dataclass(frozen=True, slots=True)
class Draft:
    """What a party's next release of one type would bring. `number` is None while nothing tells it.

    A major release goes ahead with nothing new on it [M10], so that its number may stand without a fix.
    """

    type: ReleaseType
    number: Number | None
    fixes: frozenset[Fix] = frozenset()


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one party; each of its resolved fixes is in one of them, or left out."""

    by_type: Mapping[ReleaseType, Draft]
    left_out: tuple[LeftOut, ...]

    @property
    def fixes(self) -> frozenset[Fix]:
        return frozenset(fix for draft in self.by_type.values() for fix in draft.fixes)

    def number_of(self, type_: ReleaseType) -> Number | None:
        draft = self.by_type.get(type_)
        return draft.number if draft is not None else None

    def joined_by(self, defect: int) -> Draft | None:
        return next((d for d in self.by_type.values() if any(fix.defect == defect for fix in d.fixes)), None)


def drafts_of(prospect: Prospect, resolved: Iterable[Defect]) -> Drafts:
    """Stage one: each resolved defect and change request of the party once, for every environment [C6], [M14]."""
    ready: dict[int, Defect] = {}
    left_out: dict[int, LeftOut] = {}
    for defect in resolved:
        verdict = judge(defect, prospect) or _later_than_settled(defect, prospect)
        if verdict is None:
            ready[defect.id] = defect
        else:
            left_out[defect.id] = verdict
    leave_out_dependents(ready, left_out, prospect)
    _leave_out_what_follows(ready, left_out, prospect)
    leave_out_dependents(ready, left_out, prospect)
    return _drafted(ready, left_out, prospect)


def _drafted(ready: Mapping[int, Defect], left_out: dict[int, LeftOut], prospect: Prospect) -> Drafts:
    numbers = {type_: _number(type_, ready.values(), prospect) for type_ in prospect.windows}
    first = next((type_ for type_ in by_window(prospect.windows) if numbers[type_] is not None), None)
    fixes: dict[ReleaseType, set[Fix]] = {type_: set() for type_ in numbers}
    for defect in ready.values():
        type_ = defect.version.type if defect.version is not None else first
        number = defect.version or (numbers[type_] if type_ is not None else None)
        if type_ is None or number is None:
            left_out[defect.id] = _without_build(defect, prospect)
        elif numbers[type_] is None:
            left_out[defect.id] = _below_taken(defect, number, prospect)
        else:
            fixes[type_].add(Fix(defect.id, number))
    kept = {type_: n if fixes[type_] or _goes_ahead(type_, prospect) else None for type_, n in numbers.items()}
    drafts = {type_: Draft(type_, number, frozenset(fixes[type_])) for type_, number in kept.items()}
    return Drafts(drafts, tuple(left_out[id] for id in sorted(left_out)))


def _goes_ahead(type_: ReleaseType, prospect: Prospect) -> bool:
    """Without any fix: a major release for which people have named the number."""
    settled = prospect.settled.get(type_)
    return type_ is ReleaseType.MAJOR and settled is not None and settled.by is not By.SHUNTER


def _number(type_: ReleaseType, ready: Iterable[Defect], prospect: Prospect) -> Number | None:
    """The one that is settled; else the highest version of its type that a ready fix names, and that is not below one
    that was taken before [M11]."""
    settled = prospect.settled.get(type_)
    if settled is not None:
        return settled.number
    highest = max((d.version for d in ready if d.version is not None and d.version.type is type_), default=None)
    return highest if highest is None or prospect.releases.taken_above(highest) is None else None


def _later_than_settled(defect: Defect, prospect: Prospect) -> LeftOut | None:
    version, settled = defect.version, prospect.settled.get(prospect.type_of(defect))
    if settled is None or version is None or version <= settled.number:
        return None
    words = f"its version {version} is later than the release {settled.number} that {settled.by.value}"
    rather = f"it joins the list of {version}"
    if settled.by is By.SETTINGS:
        return LeftOut(defect.id, Reason.LATER_THAN_DRAFT, words, rather)
    condition = "its version is cleared" if settled.by is By.SHUNTER else f"the list's number is set to {version}"
    return prospect.out(defect, Reason.LATER_THAN_DRAFT, words, condition, rather=rather)


def _without_build(defect: Defect, prospect: Prospect) -> LeftOut:
    words = "it travels with the party's next build, and no fix names that build yet"
    return prospect.out(defect, Reason.NO_DRAFT, words, "a fix of its party names that build as its version")


def _below_taken(defect: Defect, version: Number, prospect: Prospect) -> LeftOut:
    taken = prospect.releases.taken_above(version)
    words = f"its version {version} is below {taken}, which was agreed before and given up: numbers increase"
    return prospect.out(defect, Reason.NO_DRAFT, words, f"a fix of its party names a build above {taken}")


def _leave_out_what_follows(fixes: dict[int, Defect], left_out: dict[int, LeftOut], prospect: Prospect) -> None:
    """A fix whose version is above a larger release waits while the window of that release is the later one: of one
    code line it would bring all of it along [M7.4]."""
    for type_ in REGULAR_TYPES:
        for id, larger in _following(type_, fixes, prospect).items():
            version = fixes.pop(id).version
            words = f"its version {version} follows {larger}, whose window comes later"
            remedy = f"it joins the first list after {larger}; or correct the version"
            left_out[id] = LeftOut(id, Reason.LATER_THAN_DRAFT, words, remedy)


def _following(type_: ReleaseType, fixes: Mapping[int, Defect], prospect: Prospect) -> dict[int, Number]:
    """By fix of this type, the first larger release that comes before it by number and after it by window."""
    own = first_start(prospect.windows, type_)
    later = [n for n, start in prospect.ahead.items() if n.type.is_larger_than(type_) and start > own]
    for larger in (t for t in prospect.windows if t.is_larger_than(type_)):
        number = _number(larger, fixes.values(), prospect)
        if number is not None and first_start(prospect.windows, larger) > own:
            later.append(number)
    versions = {id: d.version for id, d in fixes.items() if d.version is not None and d.version.type is type_}
    found = {id: min((n for n in later if n < version), default=None) for id, version in versions.items()}
    return {id: number for id, number in found.items() if number is not None}
