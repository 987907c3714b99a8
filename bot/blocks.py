"""Blocks: what keeps an agreed list from being sealed or raised, in words for those who can lift it."""

from __future__ import annotations

from bot.candidate_list import CandidateList
from bot.defect import State
from bot.picture import Picture


def blocks(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """A hold, or a defect that was reopened, cannot take a fix out of a build that contains it."""
    number = candidate_list.number
    ids = sorted({entry.fix.defect for entry in candidate_list.entries})
    held = picture.held_in(candidate_list.environment, ids)
    words = [f"{id} is held, but {number} contains it: unhold it, or agree a build without it" for id in held]
    for id in ids:
        defect = picture.facts.defects.get(id)
        if defect is not None and defect.state in (State.OPEN, State.OTHER):
            state = defect.state_text or defect.state.value
            words.append(f"{id} is {state} again, but {number} contains it: resolve it, or agree a build without it")
    return tuple(words)
