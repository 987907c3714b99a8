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


def why_duplicate(original: int, defects: Defects) -> tuple[str, str]:
    """What is said of a duplicate, and what would change it: that depends on what became of the original."""
    known = defects.get(original)
    if known is None:
        return f"it is a duplicate of {original}, which cannot be read", "remove the link, or link it to another"
    if known.state is State.CLOSED:
        words = f"it is a duplicate of {original}, which is {known.state_text or known.state.value}"
        return words, f"nothing to do if {original} was fixed; else remove the link"
    words = f"it is a duplicate of {original}"
    return words, f"nothing to do: {original} is delivered in its place; or remove the link"
