"""Passing: which fixes have not been in the environment that comes first, and whether that keeps a release waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.candidate_list import Entry, Role
from bot.contents import Fixes, Releases
from bot.defect import Defect, Fix
from bot.environment import MustPass, PassedBy
from bot.number import Number
from bot.picture import Picture
from bot.place import required_first

MOST_NAMED = 10


def not_passed(
    environment: str, party: str, releases: Releases, number: Number, picture: Picture, entries: Collection[Entry]
) -> str:
    """Why the release may not go here yet, in words; empty where it may [C4.4], [M8.1]."""
    for required in _required(environment, party, picture):
        if required.is_mandatory and (
            words := _refusal(required, environment, party, releases, number, picture, entries)
        ):
            return words
    return ""


def preferences(
    environment: str, party: str, number: Number, picture: Picture, entries: Collection[Entry]
) -> tuple[str, ...]:
    """Where a preferred order is not kept, for people to know: it keeps no release waiting, and no emergency has any
    [M8.1], [M12.8]."""
    if not number.is_regular:
        return ()
    owner = picture.facts.programme.parties[party]
    preferred = (r for r in _required(environment, party, picture) if not r.is_mandatory)
    lacking = ((r, _unpassed(r, environment, party, _fixes(entries), picture)) for r in preferred)
    return tuple(_preferred(r, fixes) for r, fixes in lacking if fixes and r.environment in owner.environments)


def emergency_waits(required: MustPass, environment: str, defect: Defect, number: Number, picture: Picture) -> bool:
    """Whether the emergency has to go to the other environment first, as a build of this number or a later one."""
    if not required.is_mandatory or _is_exempt(required, environment, defect):
        return False
    if required.by is PassedBy.TESTED_IN:
        return not _is_tested(required, defect, picture)
    passed = picture.passed(required.environment, defect.party)
    return passed is None or passed < number


def _refusal(
    required: MustPass,
    environment: str,
    party: str,
    releases: Releases,
    number: Number,
    picture: Picture,
    entries: Collection[Entry],
) -> str:
    first = required.environment
    if required.by is PassedBy.TESTED_IN:
        untested = _unpassed(required, environment, party, _fixes(entries), picture)
        return f"{number} brings {_named(untested)}, to be tested in {first} before" if untested else ""
    passed = picture.passed(first, party)
    if not releases.brings(number) and (passed is None or passed < number):
        return f"{number} has to be deployed to {first} first"
    contents = releases.contents(number)
    lacking = _unpassed(required, environment, party, contents, picture)
    if lacking and lacking <= picture.contents_running(first, party):
        return f"{number} has to pass its smoke test in {first} first"
    return f"{number} has to be deployed to {first} first" if lacking else ""


def _preferred(required: MustPass, fixes: Fixes) -> str:
    if required.by is PassedBy.TESTED_IN:
        return f"preferred: tested in {required.environment} first, which is not said of {_named(fixes)}"
    return f"preferred: {required.environment} first, which lacks {_named(fixes)}"


def _required(environment: str, party: str, picture: Picture) -> Iterator[MustPass]:
    programme = picture.facts.programme
    return required_first(environment, programme.parties[party], programme)


def _unpassed(required: MustPass, environment: str, party: str, fixes: Fixes, picture: Picture) -> Fixes:
    defects = picture.facts.defects
    counted = frozenset(f for f in fixes if not _is_exempt(required, environment, defects.get(f.defect)))
    if required.by is PassedBy.TESTED_IN:
        return frozenset(f for f in counted if not _is_tested(required, defects.get(f.defect), picture))
    return counted - picture.contents_passed(required.environment, party)


def _is_exempt(required: MustPass, environment: str, defect: Defect | None) -> bool:
    """What only this environment found goes here first, so as not to slow its testing [M8.1]."""
    return required.except_found_here and defect is not None and defect.was_found_in(environment)


def _is_tested(required: MustPass, defect: Defect | None, picture: Picture) -> bool:
    names = {name.casefold() for name in picture.facts.programme.environments[required.environment].covers}
    return defect is not None and not names.isdisjoint(name.casefold() for name in defect.tested_in)


def _fixes(entries: Collection[Entry]) -> Fixes:
    return frozenset(entry.fix for entry in entries if entry.role is not Role.CARRIED)


def _named(fixes: Collection[Fix]) -> str:
    ids = sorted({fix.defect for fix in fixes})
    shown = ", ".join(map(str, ids[:MOST_NAMED]))
    return f"{shown} and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else shown
