"""Outcomes: what a write came to, as a value, because the next step depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.rows import ItemRow


@dataclass(frozen=True, slots=True)
class Applied:
    """It stands in Azure DevOps, as revision `rev`. `item` is what was read after it, perhaps later than `rev`."""

    id: int
    rev: int
    item: ItemRow | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done, and will not be. `is_lasting`: the same write on the same revision would be refused again.

    `cause` is the failure behind it, where there was one: after `SignedOut` or `Throttled` no other write will pass.
    """

    why: str
    is_lasting: bool = False
    cause: Failure | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been done, or still be: to be settled by reading, later."""

    why: str
    cause: Failure | None = None


Outcome: TypeAlias = Applied | Refused | Unknown
