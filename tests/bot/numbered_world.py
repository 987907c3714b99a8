"""A world in which Shunter numbers the releases of DCC."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.defect import Defect
from bot.facts import Facts
from bot.party import Numbers
from tests.bot.world import DCC, SIT_A, SIT_B, UIT, a_defect, a_programme, facts

BY_SHUNTER = replace(DCC, numbers=Numbers.SHUNTER)


def numbered(*items: Any, party: Any = BY_SHUNTER, **other: Any) -> Facts:
    return facts(*items, programme=a_programme([SIT_A, SIT_B, UIT], [party]), **other)


def without_version(id: int = 123, **other: Any) -> Defect:
    return a_defect(id, version="", **other)
