"""The sums of a rehearsal: how much was the same in each environment, and how much was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from bot.difference import What, span
from bot.rehearsed_lists import RehearsedList
from bot.rehearsed_moves import RehearsedMove


@dataclass(frozen=True, slots=True)
class ListSum:
    """The windows of one environment in which a party had something to release, and their fixes.

    `share`: of the fixes that either of the two named, those that both did.
    """

    environment: str
    windows: int
    windows_alike: int
    same: int
    missing: int
    extra: int
    share: str


@dataclass(frozen=True, slots=True)
class MoveSum:
    """The hand-overs of one environment. `share`: of those that either of the two made, what both made in time."""

    environment: str
    same: int
    late: int
    median_delay: str
    missing: int
    extra: int
    wrong_environment: int
    share: str


def list_sum(environment: str, lists: Sequence[RehearsedList]) -> ListSum:
    counted = Counter(difference.what for found in lists for difference in found.differences)
    same = sum(len(found.same) for found in lists)
    return ListSum(
        environment=environment,
        windows=len(lists),
        windows_alike=sum(not found.differences and not found.still_missing for found in lists),
        same=same,
        missing=counted[What.MISSING],
        extra=counted[What.EXTRA],
        share=_share(same, same + counted.total()),
    )


def move_sum(environment: str, moves: Sequence[RehearsedMove]) -> MoveSum:
    counted = Counter(move.difference.what for move in moves if move.difference is not None)
    same = sum(move.difference is None for move in moves)
    delays = [move.delay for move in moves if move.delay is not None]
    return MoveSum(
        environment=environment,
        same=same,
        late=counted[What.LATE],
        median_delay=span(timedelta(seconds=median(d.total_seconds() for d in delays))) if delays else "",
        missing=counted[What.MISSING],
        extra=counted[What.EXTRA],
        wrong_environment=counted[What.WRONG_ENVIRONMENT],
        share=_share(same, len(moves)),
    )


def _share(part: int, whole: int) -> str:
    """Rounded down: what is not all the same is never 100 %."""
    return f"{100 * part // whole} %" if whole else ""
