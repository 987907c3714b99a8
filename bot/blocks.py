"""Blocks: what keeps an agreed list from being sealed or raised, in words for those who can lift it."""

from __future__ import annotations

import re

from bot.candidate_list import CandidateList
from bot.contents import NOTHING
from bot.debt import debt
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
    return (*words, *would_remove(candidate_list, picture))


def would_remove(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """The emergency fixes that this release lacks; a person may waive each by naming it in the waiver [M12.8]."""
    number, party = candidate_list.number, candidate_list.party
    if number is None or not number.is_regular or party not in picture.releases:
        return ()
    known = picture.releases[party]
    fixes = known.brought.get(number, NOTHING) | {entry.fix for entry in candidate_list.entries}
    contents = known.with_release(number, fixes).contents(number)
    owed = sorted(debt(number, contents, picture.emergency_fixes(party)))
    waived = {int(id) for id in re.findall(r"\d{1,9}", candidate_list.waiver)}
    remedy = "agree a new edition with the fix, or waive it by name"
    return tuple(f"would remove {f.defect} ({f.number}): {remedy}" for f in owed if f.defect not in waived)
