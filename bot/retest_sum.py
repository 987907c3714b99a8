"""The retest sum: each resolved fix of a party either joins its draft or is left out of it, with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from bot.defect import State
from bot.not_conserved import NotConserved, Sum
from bot.picture import Picture


def retest_sum(party: str, picture: Picture) -> Iterator[NotConserved]:
    """Where a fix is in both, or in neither, a defect has been lost on the way [M14]."""
    draft = picture.drafts[party]
    resolved = {d.id for d in picture.of_party.get(party, ()) if d.state is State.RESOLVED}
    joined, left_out = {fix.defect for fix in draft.fixes}, {out.defect for out in draft.left_out}
    if wrong := (resolved ^ (joined | left_out)) | (joined & left_out):
        named = ", ".join(map(str, sorted(wrong)[:10]))
        yield NotConserved(Sum.RETEST, party, "", f"the resolved fixes of {party} do not add up ({named})")
