"""Standing: where each resolved defect is, in exactly one bucket, and what happens to it next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.buckets import Buckets
from bot.defect import State
from bot.delivery_sum import conserve_deliveries
from bot.not_conserved import NotConserved
from bot.picture import Picture
from bot.where import Standing


def standings(picture: Picture) -> Mapping[int, Standing]:
    """Every resolved defect, in exactly one bucket, for the environment that found it [M7.4], [M14].

    NotConserved where the sum is wrong: a defect has been lost on the way.
    """
    return picture.once(_standings)


def _standings(picture: Picture) -> Mapping[int, Standing]:
    for party, draft in picture.drafts.items():
        resolved = {d.id for d in picture.of_party.get(party, ()) if d.state is State.RESOLVED}
        _conserve(party, resolved, {fix.defect for fix in draft.fixes}, {out.defect for out in draft.left_out})
    conserve_deliveries(picture)
    places = Buckets(picture)
    return {d.id: places.standing(d) for d in picture.facts.resolved_defects}


def _conserve(party: str, resolved: set[int], joined: set[int], left_out: set[int]) -> None:
    """Each resolved fix either joins the draft or is left out of it, with a reason; never both, never neither."""
    if wrong := (resolved ^ (joined | left_out)) | (joined & left_out):
        named = ", ".join(map(str, sorted(wrong)[:10]))
        raise NotConserved(f"the resolved fixes of {party} do not add up ({named}): nothing is decided in this run")
