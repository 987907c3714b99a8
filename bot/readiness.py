"""Readiness: the rules that leave a resolved fix out of its party's next release, each with what would change it."""

from __future__ import annotations

from collections.abc import Callable

from bot.dates import spoken, spoken_day
from bot.defect import Defect, Fix, Kind
from bot.left_out import LeftOut, Reason
from bot.number import Number
from bot.original import original_of, why_duplicate
from bot.party import Numbers
from bot.prospect import Prospect
from bot.window import agree_by


def judge(defect: Defect, prospect: Prospect) -> LeftOut | None:
    """The first rule that leaves the defect out whatever the draft's number is; None where none does."""
    return next((verdict for rule in _RULES if (verdict := rule(defect, prospect)) is not None), None)


def _by(defect: Defect, prospect: Prospect) -> str:
    windows, programme = prospect.windows_for(defect), prospect.programme
    window = next((windows[e] for e in defect.found_in if e in windows), None)
    return f" by {spoken(agree_by(window, programme), programme.zone)}" if window is not None else ""


def _two_environments(defect: Defect, _: Prospect) -> LeftOut | None:
    if len(defect.found_in) < 2 or defect.kind is not Kind.DEFECT:
        return None
    words = f"it names {len(defect.found_in)} environments that found it: {', '.join(defect.found_in)}"
    return LeftOut(defect.id, Reason.TWO_ENVIRONMENTS, words, "name the one that found it, on the defect")


def _environment_unknown(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if defect.kind is not Kind.DEFECT:
        return None
    if not defect.found_in:
        words = "no environment is named as the one that found it"
        remedy = f"in the list if one is named on the defect{_by(defect, prospect)}"
        return LeftOut(defect.id, Reason.NOWHERE_FOUND, words, remedy)
    name = defect.found_in[0]
    if name not in prospect.programme.environments:
        known = ", ".join(prospect.programme.environments)
        words = f"it was found in {name}, which is none of the environments"
        return LeftOut(defect.id, Reason.UNKNOWN_ENVIRONMENT, words, f"name one of {known} on the defect")
    if name not in prospect.party.environments:
        words = f"it was found in {name}, where {prospect.party.name} does not deploy"
        remedy = "correct the environment or the party on the defect"
        return LeftOut(defect.id, Reason.NOT_THEIR_ENVIRONMENT, words, remedy)
    return None


def _duplicate(defect: Defect, prospect: Prospect) -> LeftOut | None:
    original = original_of(defect, prospect.defects)
    if original is None:
        return None
    return LeftOut(defect.id, Reason.DUPLICATE, *why_duplicate(original, prospect.defects))


def _held(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if not defect.is_held:
        return None
    remedy = f"in the list if the tag Hold is removed{_by(defect, prospect)}"
    return LeftOut(defect.id, Reason.HELD, "a person holds it (tag Hold)", remedy)


def _no_version(defect: Defect, prospect: Prospect) -> LeftOut | None:
    if defect.version is not None or prospect.party.takes_without_version(defect):
        return None
    if not defect.version_text.strip():
        words = "no fix version is named"
    else:
        words = f"its fix version reads “{defect.version_text.strip()}”, which is no release number"
    remedy = f"in the list if a version such as 1.2.3.0 is named{_by(defect, prospect)}"
    return LeftOut(defect.id, Reason.NO_VERSION, words, remedy)


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
    remedy = "the test manager asks for it with the tag Emergency; or name a regular version"
    return LeftOut(defect.id, Reason.OTHER_TYPE, words, remedy)


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
    remedy = f"name a later version; or, if {version} carries it, the release manager accepts it on its RFC"
    return LeftOut(defect.id, Reason.ALREADY_SEALED, words, remedy)


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
    remedy = f"name a later version; or, if {version} carries it, the release manager hands it to retest"
    return LeftOut(defect.id, Reason.ALREADY_SEALED, words, remedy)


def _internal_test_missing(defect: Defect, prospect: Prospect) -> LeftOut | None:
    place = prospect.programme.internal_test
    if not place or place.casefold() in {name.casefold() for name in defect.tested_in}:
        return None
    remedy = f"in the list if {place} is named as tested in{_by(defect, prospect)}"
    return LeftOut(defect.id, Reason.INTERNAL_TEST, f"its internal test in {place} has not passed", remedy)


def _planned_later(defect: Defect, prospect: Prospect) -> LeftOut | None:
    zone = prospect.programme.zone
    day_of = {e: w.start.astimezone(zone).date() for e, w in prospect.windows_for(defect).items()}
    days = [day_of[e] for e in defect.found_in if e in day_of] or list(day_of.values())
    if defect.planned_for is None or not days or defect.planned_for <= max(days):
        return None
    words = f"it is planned for {spoken_day(defect.planned_for)}, after the window of {spoken_day(max(days))}"
    remedy = f"in the list of that date's window; earlier if the date is moved{_by(defect, prospect)}"
    return LeftOut(defect.id, Reason.PLANNED_LATER, words, remedy)


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
