"""Readiness: the rules that leave a resolved fix out of its party's next release, each with what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.contents import Fixes, Releases
from bot.dates import spoken_day
from bot.defect import Defect, Fix, Kind
from bot.left_out import LeftOut, Reason
from bot.next_list import NextList
from bot.number import Number, ReleaseType
from bot.party import Party
from bot.programme import Programme


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a fix is judged against. `sealed` is all that the party's last agreed release contains, `chosen` the
    number that a person set on one of its lists; `next_lists` are by environment."""

    programme: Programme
    party: Party
    releases: Releases
    sealed: Fixes
    defects: Mapping[int, Defect]
    chosen: Number | None = None
    next_lists: Mapping[str, NextList] = field(default_factory=dict)

    @property
    def regular_types(self) -> frozenset[ReleaseType]:
        environments = self.programme.environments
        return frozenset(environments[e].regular_type for e in self.party.environments if e in environments)

    def next_list(self, defect: Defect) -> NextList | None:
        """That of the environment which found it; the first of its party, where none of its environments did."""
        here = [self.next_lists[e] for e in defect.found_in if e in self.next_lists]
        return min(here or self.next_lists.values(), key=lambda coming: coming.agree_by, default=None)

    def out(self, defect: Defect, reason: Reason, words: str, condition: str, *, rather: str = "") -> LeftOut:
        """Left out unless something is done in time; `rather`: what else may be done, or need not."""
        coming = self.next_list(defect)
        first = f"{rather}; or in" if rather else "in"
        if coming is None:
            return LeftOut(defect.id, reason, words, f"{first} the next list if {condition}")
        remedy = f"{first} {coming} if {condition} by {coming.deadline}"
        return LeftOut(defect.id, reason, words, remedy, coming.agree_by)


def judge(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """The first rule that leaves the defect out whatever the draft's number is; None where none does."""
    return next((verdict for rule in _RULES if (verdict := rule(defect, prospect)) is not None), None)


def _two_environments(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if len(defect.found_in) < 2 or defect.kind is not Kind.DEFECT:
        return None
    words = f"it names {len(defect.found_in)} environments that found it: {', '.join(defect.found_in)}"
    return prospect.out(defect, Reason.TWO_ENVIRONMENTS, words, "only the one that found it is named on the defect")


def _environment_unknown(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if defect.kind is not Kind.DEFECT:
        return None
    *others, last = prospect.party.environments
    theirs = f"{', '.join(others)} or {last}" if others else last
    if not defect.found_in:
        words = "no environment is named as the one that found it"
        return prospect.out(defect, Reason.NOWHERE_FOUND, words, f"{theirs} is named on the defect")
    name = defect.found_in[0]
    if name not in prospect.programme.environments:
        words = f"it was found in {name}, which is none of the environments"
        return prospect.out(defect, Reason.UNKNOWN_ENVIRONMENT, words, f"{theirs} is named on the defect")
    if name not in prospect.party.environments:
        words = f"it was found in {name}, where {prospect.party.name} does not deploy"
        condition = "the environment or the party is corrected on the defect"
        return prospect.out(defect, Reason.NOT_THEIR_ENVIRONMENT, words, condition)
    return None


def _duplicate(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if not defect.duplicate_of:
        return None
    original = min(defect.duplicate_of)
    rather = f"nothing to do: {original} is delivered in its place"
    words = f"it is a duplicate of {original}"
    return prospect.out(defect, Reason.DUPLICATE, words, "the link is removed", rather=rather)


def _held(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if not defect.is_held:
        return None
    return prospect.out(defect, Reason.HELD, "a person holds it (tag Hold)", "the tag Hold is removed")


def _no_version(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if defect.version is not None or defect.is_configuration:
        return None
    if not defect.version_text.strip():
        words = "no fix version is named"
    else:
        words = f"its fix version reads “{defect.version_text.strip()}”, which is no release number"
    return prospect.out(defect, Reason.NO_VERSION, words, "a version such as 1.2.3.0 is named")


def _emergency(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """An emergency has a list of its own; it joins the regular release by its debt, not by its version [M12.8]."""
    version = defect.version
    if version is None or version.is_regular:
        return None
    if defect.is_emergency:
        words = f"it travels as emergency {version}, on a list of its own"
        return LeftOut(defect.id, Reason.OTHER_TYPE, words, "nothing to do: the next regular release carries it too")
    words = f"its version {version} is an emergency's, and nobody has asked for one (tag Emergency)"
    rather = "the test manager asks for it with the tag Emergency"
    return prospect.out(defect, Reason.OTHER_TYPE, words, "a regular version is named", rather=rather)


def _version_of_another_type(defect: Defect, prospect: Prospect) -> LeftOut | None:
    version = defect.version
    if version is None or version.type in prospect.regular_types:
        return None
    expected = " or ".join(sorted(prospect.programme.name_of(t) for t in prospect.regular_types))
    words = (
        f"its version {version} is of type {prospect.programme.name_of(version.type)}, and the list takes {expected}"
    )
    rather = "it travels with a release of that type"
    return prospect.out(defect, Reason.OTHER_TYPE, words, f"a {expected} version is named", rather=rather)


def _already_sealed(defect: Defect, prospect: Prospect) -> LeftOut | None:
    version, last = defect.version, prospect.releases.last_regular
    if version is None or last is None or version > last:
        return None
    if Fix(defect.id, version) in prospect.sealed:
        return _brought_by(version, defect)
    words = f"its version {version} is not above {last}, which was agreed without it"
    rather = f"if {version} carries it, the release manager accepts it on its RFC"
    return prospect.out(defect, Reason.ALREADY_SEALED, words, "a later version is named", rather=rather)


def _configuration_sealed(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """Such a fix has the number of the release that took it; delivered and resolved again, it is another fix."""
    if not defect.is_configuration or defect.delivered_by is not None:
        return None
    taken = [fix.number for fix in prospect.sealed if fix.defect == defect.id]
    return _brought_by(max(taken), defect) if taken else None


def _brought_by(release: Number, defect: Defect) -> LeftOut:
    words = f"release {release} brings it already"
    return LeftOut(defect.id, Reason.ALREADY_BROUGHT, words, "nothing to do: it is on that release's lists")


def _below_baseline(defect: Defect, prospect: Prospect) -> LeftOut | None:
    version, floor = defect.version, prospect.releases.floor
    if version is None or floor is None or version > floor:
        return None
    words = f"its version {version} is not above {floor}, which ran before any list was made"
    rather = f"if {version} carries it, the release manager hands it to retest"
    return prospect.out(defect, Reason.ALREADY_SEALED, words, "a later version is named", rather=rather)


def _internal_test_missing(defect: Defect, prospect: Prospect) -> LeftOut | None:
    place = prospect.programme.internal_test
    if not place or place.casefold() in {name.casefold() for name in defect.tested_in}:
        return None
    words = f"its internal test in {place} has not passed"
    return prospect.out(defect, Reason.INTERNAL_TEST, words, f"its tested-in field names {place}")


def _planned_later(defect: Defect, prospect: Prospect) -> LeftOut | None:
    found = [prospect.next_lists[e] for e in defect.found_in if e in prospect.next_lists]
    latest = max(found or prospect.next_lists.values(), key=lambda coming: coming.day, default=None)
    if defect.planned_for is None or latest is None or defect.planned_for <= latest.day:
        return None
    words = f"it is planned for {spoken_day(defect.planned_for)}, after the window of {spoken_day(latest.day)}"
    planned = latest.on(defect.planned_for)
    rather = f"in {planned}" if planned is not None else "in the list for the first window from then on"
    return prospect.out(defect, Reason.PLANNED_LATER, words, "its planned-for date is moved", rather=rather)


_RULES: tuple[Callable[[Defect, Prospect], LeftOut | None], ...] = (
    _duplicate,
    _two_environments,
    _environment_unknown,
    _held,
    _no_version,
    _emergency,
    _already_sealed,
    _configuration_sealed,
    _below_baseline,
    _version_of_another_type,
    _internal_test_missing,
    _planned_later,
)
