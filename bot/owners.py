"""Owners: who answers for each control point, and for the readiness of each group concerned [M12.7], [M9.2]."""

from __future__ import annotations

from dataclasses import dataclass

from bot.environment import Environment
from bot.party import Party
from bot.programme import Programme
from bot.rfc import Rfc

GOVERNANCE = 2


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose answer counts: `people` by sign-in name; where nobody is named, anybody but those in `but`."""

    role: str
    people: frozenset[str]
    but: frozenset[str]

    def objection(self, by: str, bot: str) -> str:
        """Why an answer of `by` does not count; empty where it does."""
        if not by:
            return "its author has not been read yet"
        if by == bot:
            return f"{by} is Shunter itself, which answers nothing"
        if by in self.but:
            return f"{by} belongs to the party whose release this is"
        if self.people and by not in self.people:
            return f"{by} is not among those named as {self.role}"
        return ""


def owner_of(point: int, rfc: Rfc, programme: Programme) -> Owner:
    """Governance and the release manager do not answer for their own company's release (ours)."""
    environment = programme.environments[rfc.environment]
    insiders = _insiders(programme.parties.get(rfc.party))
    match point:
        case 1:
            return Owner(f"release manager of {rfc.party}", frozenset(), frozenset())
        case 2:
            return Owner("governance forum", programme.governance, insiders)
        case 3:
            people = environment.environments_managers
            return Owner(f"environments manager of {environment.name}", people, frozenset())
        case 4:
            return Owner(f"build manager of {environment.name}", environment.build_managers, frozenset())
        case _:
            return Owner(approver_of(environment), frozenset().union(*environment.approvals.values()), insiders)


def owner_of_group(name: str, programme: Programme) -> Owner:
    return Owner(name, programme.concerned[name], frozenset())


def approver_of(environment: Environment) -> str:
    return " or ".join(environment.approvals)


def _insiders(party: Party | None) -> frozenset[str]:
    return party.people | party.release_managers if party is not None else frozenset()
