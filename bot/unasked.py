"""Unasked: what evidence shows that was deployed, and that no RFC asks for [M13]."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import Key
from bot.outcome import Outcome
from bot.picture import Picture
from bot.seen import seen_deployments
from bot.sighting import told


def unasked(picture: Picture) -> Iterator[str]:
    """In words, the environment first; not what is no later than the configured baseline."""
    asked = {rfc.key for rfc in picture.facts.rfcs.values()}
    seen = ((key, found[-1]) for key, found in picture.once(seen_deployments).items())
    for key, sighting in sorted(seen, key=lambda one: str(one[0])):
        if key not in asked and sighting.outcome is Outcome.SUCCEEDED and _is_after_the_baseline(key, picture):
            yield f"{key} was deployed, and no RFC asks for it: {told(sighting, picture.facts.programme.zone)}"


def _is_after_the_baseline(key: Key, picture: Picture) -> bool:
    party = picture.facts.programme.parties.get(key.party)
    before = party.baseline.get(key.environment) if party is not None else None
    return before is None or key.number is None or key.number > before
