"""The ten control points of an RFC: their state, who answers for them, and the evidence [M12.7]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One control point. `blocks`: what cannot happen before it is met (approval, deployment, closure, nothing)."""

    number: int
    what: str
    owner: str
    state: str
    evidence: str
    blocks: str


@dataclass(frozen=True, slots=True)
class ControlPoints:
    """All control points of one RFC, who is expected to do what next, and what went otherwise than agreed."""

    points: tuple[ControlPoint, ...]
    next_step: str
    deviations: tuple[str, ...] = ()
