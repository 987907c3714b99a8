"""Contradictions: what stands on an RFC and cannot all be true, in words, with what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.accepted import why_not_accepted
from bot.dates import spoken
from bot.deployment import Deployment, doubt
from bot.evidence_doubts import evidence_doubts
from bot.picture import Picture
from bot.rfc import Rfc
from bot.second_rfcs import words_of


def contradictions(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Iterator[str]:
    if words := _second(rfc, picture):
        yield words
    if words := doubt(rfc, picture.facts):
        yield words
    if not rfc.window.is_named:
        yield "no window stands on it: write its start and its end"
    if deployment is not None:
        yield from _before_it_was_raised(deployment, picture)
    yield from _wrongly_accepted(rfc, picture)
    yield from evidence_doubts(rfc, deployment, picture)


def _second(rfc: Rfc, picture: Picture) -> str:
    """Of two that stand for the same thing the lower id does, as long as it is not withdrawn."""
    by_key = picture.rfc_of_key.get(rfc.key) if rfc.number is not None else None
    rivals = (by_key, picture.first_linked.get(rfc.list_id or 0))
    first = min((r for r in rivals if r is not None and r.id < rfc.id), key=lambda r: r.id, default=None)
    if first is None or not rfc.is_live:
        return ""
    return words_of(first)


def _before_it_was_raised(deployment: Deployment, picture: Picture) -> Iterator[str]:
    steps, zone = picture.facts.histories.get(deployment.rfc.id, ()), picture.facts.programme.zone
    if steps and deployment.at < steps[0].at:
        yield f"deployed on {spoken(deployment.at, zone)}, before it was raised on {spoken(steps[0].at, zone)}"


def _wrongly_accepted(rfc: Rfc, picture: Picture) -> Iterator[str]:
    for id in sorted(rfc.accepted):
        if why := why_not_accepted(id, rfc, picture.facts.defects):
            yield f"accepted, and not handed over by it: {why}"
