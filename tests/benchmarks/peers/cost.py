"""The cost of one work: what the server counted, and what the contender's own process took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Sizes are of bodies; `compressed` is what would be received of a server that compresses. `cpu`: seconds of the
    contender's own processor time; `peak`: of its memory.
    """

    requests: int
    received: int
    compressed: int
    sent: int
    connections: int
    done: int
    seconds: float
    cpu: float
    peak: int


def typical(costs: Sequence[Cost]) -> Cost:
    """Of several runs: the median of time and memory. All else has to be the same each time."""
    counted = {astuple(replace(cost, seconds=0.0, cpu=0.0, peak=0, compressed=0)) for cost in costs}
    if len(counted) > 1:
        raise RuntimeError(f"the same work had different costs: {sorted(counted)}")
    return replace(
        costs[0],
        seconds=median(cost.seconds for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        peak=int(median(cost.peak for cost in costs)),
    )
