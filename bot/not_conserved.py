"""Not conserved: a sum over all fixes that does not add up, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Sum(Enum):
    """What is counted: each resolved fix of a party; each fix of its newest release, for each of its environments."""

    RETEST = "retest"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class NotConserved:
    """A fix stands nowhere, or in two places: nothing that rests on this sum may be done for these.

    `environment` is empty where it is every one of the party's.
    """

    sum: Sum
    party: str
    environment: str
    words: str

    @property
    def whom(self) -> str:
        return f"{self.party} in {self.environment}" if self.environment else self.party

    def concerns(self, environment: str, party: str) -> bool:
        return self.party == party and self.environment in ("", environment)
