"""The race for a number: of two lists that were agreed with the same one for different content, who keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.candidate_list import CandidateList, still_sealed
from bot.defect import Fix
from bot.first_sealed import turn_of
from bot.history import Histories
from bot.number import Number
from bot.rfc import Rfc


def holder_of_number(
    candidate_list: CandidateList,
    sealed: Iterable[CandidateList],
    rfc_of_list: Mapping[int, Rfc],
    without_list: Iterable[Number] = (),
    told_since: Collection[tuple[Number, int]] = (),
    *,
    histories: Histories | None = None,
) -> CandidateList | None:
    """Among the `sealed` lists of its party, the one to which this list leaves its number; None where it keeps it.

    The number is kept by the list that has an RFC, then by the one that is sealed; in one environment by the one that
    was sealed first, as the `histories` tell, else by the one that is claimed for an RFC, then by the lower id. Another
    environment's list of the same release is no rival: what differs only by what runs there is older than the
    release. `without_list` is what ran before any list, or came without one; `told_since` what people said of a
    release once it was deployed: the defects that it lacks, or brought beside those of its list.
    """
    number = candidate_list.number
    if number is None:
        return None
    mine = list(sealed)
    rivals = [c for c in mine if c.id != candidate_list.id and c.number == number and not _is_changed(c)]
    if not rivals or _is_changed(candidate_list):
        return None
    older = max((n for n in (*without_list, *(c.number for c in mine)) if n is not None and n < number), default=None)
    aside = frozenset(id for release, id in told_since if release == number)
    own = _content(candidate_list, number, older, aside)
    others = (c for c in rivals if _content(c, number, older, aside) != own)
    winners = (c for c in others if _comes_before(c, candidate_list, rfc_of_list, histories or {}))
    return min(winners, key=lambda c: (c.id not in rfc_of_list, not c.is_sealed, c.id), default=None)


def words_of(holder: CandidateList) -> str:
    return (
        f"{holder.number} stands for what list {holder.id} of {holder.environment} names, and this list names "
        f"something else: it is proposed anew, with that content or with the next number"
    )


def _is_changed(candidate_list: CandidateList) -> bool:
    """What it holds is not what it was sealed with: that is another matter, and told as such."""
    return candidate_list.is_sealed and not still_sealed(candidate_list)


def _comes_before(
    one: CandidateList, other: CandidateList, rfc_of_list: Mapping[int, Rfc], histories: Histories
) -> bool:
    has_more = [(c.id not in rfc_of_list, not c.is_sealed) for c in (one, other)]
    if has_more[0] != has_more[1]:
        return has_more[0] < has_more[1]
    if one.key == other.key:
        first, second = (turn_of(c, histories.get(c.id, ())) for c in (one, other))
        return first < second
    return (not one.claim, one.id) < (not other.claim, other.id)


def _content(
    candidate_list: CandidateList, number: Number, older: Number | None, aside: Collection[int]
) -> frozenset[Fix]:
    """What the release itself brings: an emergency's fix comes and goes with what its environment runs."""
    fixes = (entry.fix for entry in candidate_list.entries if entry.fix.defect not in aside)
    new = (fix for fix in fixes if older is None or fix.number > older)
    return frozenset(fix for fix in new if fix.number.is_regular is number.is_regular)
