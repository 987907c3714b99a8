"""Parties: the companies that resolve defects and deliver numbered builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.defect import Defect
from bot.number import Number


class WayBack(Enum):
    """What a party does when a deployment fails [M12.10]."""

    ROLLBACK = "rollback"
    FIX_FORWARD = "fix_forward"


class Numbers(Enum):
    """Who numbers the releases of a party [M11]."""

    PARTY = "party"
    SHUNTER = "shunter"


@dataclass(frozen=True, slots=True)
class Party:
    """One resolving party: its components, its people, the environments that it deploys to.

    `baseline` says, for each environment, which number ran there before Shunter knew of any deployment.
    """

    name: str
    components: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    release_managers: frozenset[str] = frozenset()
    way_back: WayBack = WayBack.ROLLBACK
    numbers: Numbers = Numbers.PARTY
    baseline: Mapping[str, Number] = field(default_factory=dict)

    def takes_without_version(self, defect: Defect) -> bool:
        """Whether its fix travels under the number of the release that takes it: configuration always, and any
        other that names no readable build where Shunter gives the numbers."""
        is_numbered_here = self.numbers is Numbers.SHUNTER and defect.version is None
        return defect.is_configuration or is_numbered_here
