"""Blocks: what keeps an agreed list from being sealed or raised, in words for those who can lift it."""

from __future__ import annotations

from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.contents import NOTHING
from bot.debt import debt
from bot.defect import State
from bot.left_out import Reason
from bot.list_check import lacks
from bot.misfit import misfit
from bot.named_ids import named_ids
from bot.number import Number
from bot.number_race import words_of
from bot.picture import Picture
from bot.postponed import postponed, why_not
from bot.waiver import counting_waiver


def blocks(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """A hold cannot take a fix out of a build that contains it; and no release may remove an emergency's fix."""
    number = candidate_list.number
    ids = sorted({entry.fix.defect for entry in candidate_list.entries})
    held = picture.held_in(candidate_list.environment, ids)
    words = (f"{id} is held, but {number} contains it: unhold it, or agree a build without it" for id in held)
    return (
        *words,
        *_changed_since(candidate_list, picture),
        *_follows_more(candidate_list, picture),
        *_number_of_another(candidate_list, picture),
        *would_remove(candidate_list, picture),
    )


def _changed_since(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """A raised list is not put back by itself: that a link is gone may only mean that its defect was deleted."""
    rfc = picture.rfc_of_list.get(candidate_list.id)
    if candidate_list.state is not ListState.RAISED or rfc is None:
        return ()
    moved = postponed(candidate_list, rfc, picture.facts)
    if moved is not None:
        return tuple(words for words in (why_not(moved, candidate_list, rfc, picture.facts),) if words)
    if wrong := misfit(rfc, candidate_list):
        return (f"{wrong}: set it back, or reject the RFC to agree it anew",)
    if still_sealed(candidate_list):
        return ()
    return ("its list was changed after it was sealed: what was added does not count; reject the RFC to agree it anew",)


def _follows_more(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """A lower release was agreed, or given up, after this one was raised: by its number it contains that too [M7.4].
    What its RFC names all the same was taken off the list since."""
    rfc = picture.rfc_of_list.get(candidate_list.id)
    if candidate_list.state is not ListState.RAISED:
        return ()
    told = rfc.fixes if rfc is not None else frozenset()
    missing = ", ".join(str(id) for id in lacks(candidate_list, picture) if id not in told)
    words = f"it would bring {missing} too, and its list does not name them: reject the RFC to agree it anew"
    return (words,) if missing else ()


def _number_of_another(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """Two lists that were sealed at the same moment with one number that Shunter gave: this one has to leave it."""
    holder = picture.holder_of(candidate_list) if candidate_list.is_sealed else None
    return (words_of(holder),) if holder is not None else ()


def held_but_contained(party: str, number: Number, picture: Picture) -> tuple[str, ...]:
    """The held defects that are off the list, and that the build contains all the same, by their version."""
    held = (out.defect for out in picture.drafts[party].left_out if out.reason is Reason.HELD)
    versions = ((id, picture.facts.defects[id].version) for id in held)
    floor = picture.releases[party].floor
    return tuple(
        f"{id} is held and not on this list, but its version {version} says that the build has its fix: "
        f"{party} takes it out of {number}, and names a later version"
        for id, version in versions
        if version is not None and version <= number and (floor is None or version > floor)
    )


def open_again(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """What people should know before the release goes: a fix on it did not hold. It stays in the build all the same."""
    number = candidate_list.number
    found = (picture.facts.defects.get(id) for id in sorted({e.fix.defect for e in candidate_list.entries}))
    return tuple(
        f"{d.id} is {d.state_text or d.state.value} again; its fix stays in {number}: hold it to stop that"
        for d in found
        if d is not None and d.state in (State.OPEN, State.OTHER)
    )


def would_remove(candidate_list: CandidateList, picture: Picture) -> tuple[str, ...]:
    """The emergency fixes that this release lacks; a person may waive each by naming it in the waiver [M12.8].

    The waiver of the list, or of its RFC: whoever reads the block on the RFC can lift it there.
    """
    number, party = candidate_list.number, candidate_list.party
    if number is None or not number.is_regular or party not in picture.releases:
        return ()
    known = picture.releases[party]
    fixes = known.brought.get(number, NOTHING) | {entry.fix for entry in candidate_list.entries}
    contents = known.with_release(number, fixes).contents(number)
    owed = sorted(debt(number, contents, picture.emergency_fixes(party)))
    waived = _named_in_waivers(candidate_list, picture)
    remedy = "agree a new edition with the fix, or waive it by name"
    return tuple(f"would remove {f.defect} ({f.number}): {remedy}" for f in owed if f.defect not in waived)


def _named_in_waivers(candidate_list: CandidateList, picture: Picture) -> set[int]:
    rfc = picture.rfc_of_list.get(candidate_list.id)
    items = (candidate_list,) if rfc is None else (candidate_list, rfc)
    return {id for item in items for id in named_ids(counting_waiver(item, picture.facts))}
