"""Dependencies: a fix waits for the fixes that it needs, unless they come with it or have come before."""

from __future__ import annotations

from collections.abc import Mapping

from bot.defect import Defect, Fix, State
from bot.left_out import LeftOut, Reason
from bot.prospect import Prospect


def leave_out_dependents(fixes: dict[int, Defect], left_out: dict[int, LeftOut], prospect: Prospect) -> None:
    """A fix waits for what it depends on; and what depends on that fix then waits too, so until nothing changes."""
    while waiting := {id: other for id in fixes if (other := _unmet(id, fixes, prospect)) is not None}:
        for id, other in waiting.items():
            words = f"it depends on {other}, which {_standing(other, prospect)}"
            condition = f"{other} is in it too or has arrived, or the link is removed,"
            left_out[id] = prospect.out(fixes.pop(id), Reason.DEPENDENCY, words, condition)


def _unmet(id: int, fixes: Mapping[int, Defect], prospect: Prospect) -> int | None:
    needs = sorted(prospect.defects[id].depends_on)
    defect = fixes[id]
    return next((n for n in needs if not (_comes_with(n, defect, fixes) or _is_before(n, defect, prospect))), None)


def _comes_with(id: int, defect: Defect, fixes: Mapping[int, Defect]) -> bool:
    """In the same release, or in a smaller one that it is built on; the larger of two comes later."""
    other = fixes.get(id)
    if other is None or other.version is None or defect.version is None:
        return other is not None
    return other.version.type is defect.version.type or other.version < defect.version


def _is_before(id: int, defect: Defect, prospect: Prospect) -> bool:
    """Delivered, or in a release that was agreed before."""
    other = prospect.defects.get(id)
    if other is None:
        return False
    if other.state in (State.READY_FOR_RETEST, State.CLOSED):
        return True
    return other.version is not None and Fix(id, other.version) in prospect.sealed_for(defect)


def _standing(id: int, prospect: Prospect) -> str:
    defect = prospect.defects.get(id)
    if defect is None:
        return "cannot be found in this project"
    if defect.state is State.RESOLVED:
        return "is resolved but not in the release"
    return f"is {defect.state_text or defect.state.value}"
