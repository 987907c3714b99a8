"""Readiness: the rules that leave a resolved fix out of its party's next release, each with what would change it."""

from __future__ import annotations

from collections.abc import Callable

from bot.dates import spoken_day
from bot.defect import Defect, Fix, Kind
from bot.left_out import LeftOut, Reason
from bot.number import Number
from bot.original import original_of, why_duplicate
from bot.party import Numbers
from bot.prospect import Prospect


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
    original = original_of(defect, prospect.defects)
    if original is None:
        return None
    words, rather, condition = why_duplicate(original, prospect.defects)
    return prospect.out(defect, Reason.DUPLICATE, words, condition, rather=rather)


def _held(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if not defect.is_held:
        return None
    return prospect.out(defect, Reason.HELD, "a person holds it (tag Hold)", "the tag Hold is removed")


def _no_version(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if defect.version is not None or prospect.party.takes_without_version(defect):
        return None
    if not defect.version_text.strip():
        words = "no fix version is named"
    else:
        words = f"its fix version reads “{defect.version_text.strip()}”, which is no release number"
    return prospect.out(defect, Reason.NO_VERSION, words, "a version such as 1.2.3.0 is named")


def _emergency(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """An emergency has a list of its own; it joins the regular release by its debt, not by its version [M12.8]."""
    version = defect.version
    if defect.is_emergency and version is None and prospect.party.numbers is Numbers.SHUNTER:
        words = "it travels as an emergency, on a list of its own"
        return LeftOut(defect.id, Reason.OTHER_TYPE, words, "nothing to do: the next regular release carries it too")
    if version is None or version.is_regular:
        return None
    if defect.is_emergency:
        words = f"it travels as emergency {version}, on a list of its own"
        return LeftOut(defect.id, Reason.OTHER_TYPE, words, "nothing to do: the next regular release carries it too")
    words = f"its version {version} is an emergency's, and nobody has asked for one (tag Emergency)"
    rather = "the test manager asks for it with the tag Emergency"
    return prospect.out(defect, Reason.OTHER_TYPE, words, "a regular version is named", rather=rather)


def _version_of_another_type(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """A fix travels with a release of the type that its version names, where the party has a window for one [M10]."""
    version = defect.version
    if version is None or version.type in prospect.windows:
        return None
    type_name, party = prospect.programme.name_of(version.type), prospect.party.name
    words = f"its version {version} is of type {type_name}, and no window for that type is planned"
    remedy = f"in a list once an environment of {party} has such a window by date; or correct the version"
    return LeftOut(defect.id, Reason.OTHER_TYPE, words, remedy)


def _already_sealed(defect: Defect, prospect: Prospect) -> LeftOut | None:
    version = defect.version
    last = prospect.releases.last_agreed(version.type) if version is not None else None
    if version is None or last is None or version > last:
        return None
    if Fix(defect.id, version) in prospect.sealed_for(defect):
        return _brought_by(version, defect)
    words = f"its version {version} is not above {last}, which was agreed without it"
    rather = f"if {version} carries it, the release manager accepts it on its RFC"
    return prospect.out(defect, Reason.ALREADY_SEALED, words, "a later version is named", rather=rather)


def _taken_without_version(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """Such a fix has the number of the release that took it; delivered and resolved again, it is another fix, and
    so it is once that release was rolled back: nobody can name a later version for it."""
    if not prospect.party.takes_without_version(defect) or defect.delivered_by is not None:
        return None
    brought = {fix.number for fixes in prospect.releases.brought.values() for fix in fixes if fix.defect == defect.id}
    taken = brought - {number for place, number in prospect.undone if place in defect.found_in}
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
    latest = max(prospect.lists_where_found(defect), key=lambda coming: coming.day, default=None)
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
    _taken_without_version,
    _below_baseline,
    _version_of_another_type,
    _internal_test_missing,
    _planned_later,
)
