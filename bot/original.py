"""Originals: of which defect another is the duplicate, also where people linked a chain or a circle of them."""

from __future__ import annotations

from bot.defect import Defect, Defects, State


def original_of(defect: Defect, defects: Defects) -> int | None:
    """The last of its chain; None where the defect is no duplicate, or stands for the others of its circle.

    In a circle each is a duplicate of another: the lowest id is taken for the original, so that one is delivered.
    """
    way = [defect.id]
    while (next_id := _duplicated(way[-1], defects)) is not None:
        if next_id in way:
            way = [min(way[way.index(next_id) :])]
            break
        way.append(next_id)
    return way[-1] if way[-1] != defect.id else None


def _duplicated(id: int, defects: Defects) -> int | None:
    """A link to itself says nothing."""
    defect = defects.get(id)
    return min(defect.duplicate_of - {id}, default=None) if defect is not None else None


def why_duplicate(original: int, defects: Defects) -> tuple[str, str, str]:
    """What is said of a duplicate, what may be done instead of delivering it, and on which condition it travels itself:
    that depends on what became of the original."""
    known, words, removed = defects.get(original), f"it is a duplicate of {original}", "the link is removed"
    if known is None:
        return f"{words}, which cannot be read", "", "the link is removed, or leads to another,"
    if known.state is State.CLOSED:
        words = f"{words}, which is {known.state_text or known.state.value}"
        return words, f"nothing to do if {original} was fixed", removed
    return words, f"nothing to do: {original} is delivered in its place", removed
