"""The report of many kills: how many at which operation and moment, what they broke, and what getting well cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from tests.processes.kills import Came
from tests.processes.line import Moment


def told(came: Sequence[Came]) -> Iterator[str]:
    hit = [one for one in came if one.is_hit]
    yield f"{len(hit)} processes killed at a request; of {sum(one.aim.forgets for one in hit)} the store was lost too,"
    yield f"and of {sum(one.aim.healing > 0 for one in hit)} the next process was killed as well"
    yield ""
    yield from _table(hit)
    yield ""
    if hit:
        yield _spread("seconds until all was well", [one.seconds for one in hit])
        yield _spread("requests until all was well", [float(one.requests) for one in hit])
        yield f"runs until all was well: {dict(sorted(Counter(one.looks for one in hit).items()))}"
        yield f"writes whose end the ledger does not know: {sum(one.uncertain for one in hit)}"
    complaints = [f"{one.aim}: {words}" for one in came for words in one.complaints]
    yield f"violations: {len(complaints)}"
    yield from complaints


def _table(hit: Sequence[Came]) -> Iterator[str]:
    cells = Counter((one.aim.operation, one.aim.moment) for one in hit)
    width = max((len(operation) for operation, _ in cells), default=0)
    yield " " * width + "  " + "  ".join(moment.value for moment in Moment)
    for operation in sorted({operation for operation, _ in cells}):
        counts = "  ".join(f"{cells[operation, moment]:>{len(moment.value)}}" for moment in Moment)
        yield f"{operation:<{width}}  {counts}"


def _spread(what: str, figures: Sequence[float]) -> str:
    return f"{what}: median {median(figures):.1f}, worst {max(figures):.1f}"
