"""Suspicious emptiness: a reading without what stood there so far is more likely out of sight than gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

FEW = 3
"""So many of one kind may vanish from one reading to the next: destroyed, moved away, made into something else."""
SHARE = 10
"""And where there are many, one in so many."""


def is_suspicious(gone: int, stood: int) -> bool:
    """All that there was, of more than one; or more than people take away between two looks."""
    return gone >= 2 and (gone == stood or gone > max(FEW, stood // SHARE))


def suspicious_losses(stood: Mapping[int, str], gone: Collection[int]) -> tuple[str, ...]:
    """In words, by kind: a permission that was taken away hides one area, or one type, and leaves the rest in sight.

    `stood`: what there was, by id, with its kind.
    """
    return tuple(_losses(stood, gone))


def _losses(stood: Mapping[int, str], gone: Collection[int]) -> Iterator[str]:
    for kind in sorted(set(stood.values())):
        of_kind = {id for id, its in stood.items() if its == kind}
        lost = sorted(of_kind & set(gone))
        if is_suspicious(len(lost), len(of_kind)):
            named = f"{', '.join(map(str, lost[:FEW]))}{', ...' if len(lost) > FEW else ''}"
            yield f"of {len(of_kind)} work items of type '{kind}' {len(lost)} did not come ({named})"
