"""Debt: the fixes of emergencies that a later release would take away where they run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.contents import Fixes, Releases
from bot.deployment import Deployment
from bot.number import Number


def emergency_fixes(releases: Releases, arrived: Iterable[Deployment]) -> Fixes:
    """The fixes of every emergency among the deployments that stand; `releases` are those of the same party."""
    numbers = {deployment.number for deployment in arrived if not deployment.number.is_regular}
    return frozenset(fix for number in numbers for fix in releases.brings(number))


def debt(number: Number, contents: Fixes, owed: Fixes) -> Fixes:
    """Those of the emergencies below this release whose defect it does not contain, equally or later fixed [M12.8]."""
    below = {fix for fix in owed if fix.number < number}
    again = {fix.defect for fix in below}
    kept: Mapping[int, Number] = {fix.defect: fix.number for fix in sorted(f for f in contents if f.defect in again)}
    return frozenset(fix for fix in below if fix.defect not in kept or kept[fix.defect] < fix.number)
