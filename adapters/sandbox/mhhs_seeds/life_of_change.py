"""The life of a change request before the story starts: raised, approved, resolved, as far as it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from adapters.sandbox.mhhs_seeds import moments
from adapters.sandbox.mhhs_seeds.act import Act
from adapters.sandbox.mhhs_seeds.parties import PARTIES
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from adapters.sandbox.mhhs_seeds.seed import ChangeSeed


def life_of_change(seed: ChangeSeed, rng: Random) -> Iterator[Act]:
    """In the order of time; the same for the same state of `rng`."""
    raised = moments.raised(seed.id)
    texts = {"System.Title": seed.title, "System.Description": seed.description, "Custom.ResolvingParty": seed.party}
    yield Act(raised, seed.raised_by, seed.id, texts, type="Change Request")
    if seed.state == "New":
        return
    release_manager = PARTIES[seed.party].release_manager
    approved = moments.after(raised, rng, least=timedelta(hours=16), most=timedelta(hours=64))
    fields = {"System.State": "Approved", "System.AssignedTo": release_manager}
    yield Act(approved, SIT_RELEASE_MANAGER, seed.id, fields)
    if seed.state == "Resolved":
        at = moments.between(moments.LATE_NOVEMBER, rng)
        yield Act(at, release_manager, seed.id, {"System.State": "Resolved", "Custom.FixVersion": seed.version})
