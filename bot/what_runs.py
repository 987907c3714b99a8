"""What runs where: the deployments of every RFC, and what each environment has of them by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.deployment import Deployment, arrivals
from bot.deployments import deployments
from bot.number import Number
from bot.register import Register
from bot.rfc import Rfc


@dataclass(frozen=True)
class WhatRuns(Register):
    """The register, and what has been deployed."""

    @cached_property
    def deployments(self) -> tuple[Deployment, ...]:
        return deployments(self.facts)

    def deployment_of(self, rfc: Rfc) -> Deployment | None:
        """That of its present attempt, whatever came of it; None before there is one."""
        return next((d for d in self.deployments_of(rfc) if d.is_current), None)

    def deployments_of(self, rfc: Rfc) -> tuple[Deployment, ...]:
        """Those of all its attempts, oldest first."""
        return tuple(self._of_rfc.get(rfc.id, ()))

    @cached_property
    def _of_rfc(self) -> Mapping[int, list[Deployment]]:
        found: dict[int, list[Deployment]] = {}
        for deployment in self.deployments:
            found.setdefault(deployment.rfc.id, []).append(deployment)
        return {id: sorted(told, key=lambda d: d.attempt) for id, told in found.items()}

    @cached_property
    def arrivals(self) -> Mapping[tuple[str, str], list[Deployment]]:
        return arrivals(self.deployments, self.facts.now)

    def running(self, environment: str, party: str) -> Number | None:
        """The number that arrived last; before any arrival, the configured baseline."""
        return self._last(self.arrivals.get((environment, party), ()), environment, party)

    def passed(self, environment: str, party: str) -> Number | None:
        """The same, of what has passed its smoke test, where the environment asks for one [C5.5]."""
        arrived = [d for d in self.arrivals.get((environment, party), ()) if d.smoke is None]
        return self._last(arrived, environment, party)

    def _last(self, arrived: Sequence[Deployment], environment: str, party: str) -> Number | None:
        owner = self.facts.programme.parties.get(party)
        before = owner.baseline.get(environment) if owner else None
        return arrived[-1].number if arrived else before
