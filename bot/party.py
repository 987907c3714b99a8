"""Parties: the companies that resolve defects and deliver numbered builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.number import Number


class WayBack(Enum):
    """What a party does when a deployment fails [M12.10]."""

    ROLLBACK = "rollback"
    FIX_FORWARD = "fix_forward"


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
    baseline: Mapping[str, Number] = field(default_factory=dict)
