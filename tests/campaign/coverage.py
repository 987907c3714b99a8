"""Coverage: how often each kind of fault struck at each moment, and which never can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.campaign.kinds import CELLS, KINDS
from tests.campaign.moment import EVERY, Moment

Struck = Counter[tuple[str, str]]
COLUMNS = {
    Moment.BETWEEN: "betw.",
    Moment.READ: "read",
    Moment.KEEPING: "kept",
    Moment.BEFORE_INTENT: "a",
    Moment.INTENT_KEPT: "b",
    Moment.SENT: "c",
    Moment.APPLIED: "d",
    Moment.ANSWERED: "e",
    Moment.RESULT_KEPT: "f",
}


def missing(struck: Mapping[tuple[str, str], int]) -> list[str]:
    """Where a fault can strike and never did."""
    return [f"{kind.name}, {moment.value}" for kind, moment in CELLS if not struck.get((kind.name, moment.value))]


def table(struck: Mapping[tuple[str, str], int]) -> Iterable[str]:
    """A dot is where a fault cannot strike: the reasons stand below."""
    yield f"{'':28}" + "".join(f"{COLUMNS[moment]:>7}" for moment in EVERY)
    for kind in KINDS:
        cells = kind.cells()
        told = (str(struck.get((kind.name, m.value), 0)) if not cells[m] and m in kind.moments else "." for m in EVERY)
        yield f"{kind.name:28}" + "".join(f"{cell:>7}" for cell in told)
    yield (
        "moments: "
        + "; ".join(f"{COLUMNS[m]} = {m.value}" for m in EVERY if len(COLUMNS[m]) > 1)
        + "; "
        + "; ".join(m.value for m in EVERY if len(COLUMNS[m]) == 1)
    )
    for kind in KINDS:
        if len(kind.moments) < len(EVERY):
            yield f". {kind.name}: {kind.elsewhere}"
