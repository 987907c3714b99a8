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
class Readiness:
    """Whether one group of those concerned is ready for the release [M13]."""

    group: str
    state: str
    evidence: str
    blocks: str


@dataclass(frozen=True, slots=True)
class Particular:
    """What else the RFC's readers should know, under a name of two or three words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ControlPoints:
    """All control points of one RFC, who is expected to do what next, and what went otherwise than agreed.

    `also_asked`: what is open and holds nothing up, by who answers it.
    `rollout` tells what came of its deployment: each attempt, and what people are asked to write about it.
    """

    points: tuple[ControlPoint, ...]
    next_step: str
    deviations: tuple[str, ...] = ()
    readiness: tuple[Readiness, ...] = ()
    also_asked: str = ""
    particulars: tuple[Particular, ...] = ()
    rollout: tuple[str, ...] = ()
