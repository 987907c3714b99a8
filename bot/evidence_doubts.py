"""Doubts that evidence raises: what it shows of an RFC that does not go with what stands there, in words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.deployment import Deployment
from bot.outcome import FAILURES, Outcome
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.seen import latest_seen, seen_deployments, stands_for_its_key
from bot.sighting import Sighting, told


def evidence_doubts(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Iterator[str]:
    """Each with what would settle it: a person does, since evidence alone cannot tell who is right."""
    sighting = latest_seen(rfc, picture)
    if sighting is not None and stands_for_its_key(rfc, picture):
        yield from _too_early(rfc, sighting, picture)
        yield from _refused(rfc, deployment, sighting, picture)
        if deployment is not None:
            yield from _later(deployment, sighting, picture)
    if deployment is not None and deployment.outcome is Outcome.SUCCEEDED and deployment.is_current:
        yield from _overtaken(deployment, picture)


def _too_early(rfc: Rfc, sighting: Sighting, picture: Picture) -> Iterator[str]:
    steps = picture.facts.histories.get(rfc.id, ())
    if rfc.is_under_way and steps and sighting.at < steps[0].at and sighting.outcome is Outcome.SUCCEEDED:
        words = "before this RFC was raised: if that is its deployment, confirm it"
        yield f"seen: {told(sighting, picture.facts.programme.zone)}, {words}"


def _refused(rfc: Rfc, deployment: Deployment | None, sighting: Sighting, picture: Picture) -> Iterator[str]:
    is_news = deployment is None and sighting.outcome is Outcome.SUCCEEDED
    if is_news and rfc.state is RfcState.REJECTED:
        yield f"deployed although it was rejected: {told(sighting, picture.facts.programme.zone)}"


def _later(deployment: Deployment, sighting: Sighting, picture: Picture) -> Iterator[str]:
    if deployment.outcome is Outcome.SUCCEEDED and sighting.outcome in FAILURES and sighting.at > deployment.at:
        words = "if the environment suffered from it, set its outcome or its state"
        yield f"a later deployment of it did not succeed: {told(sighting, picture.facts.programme.zone)}; {words}"
    undone = deployment.undone_at
    if undone is not None and sighting.outcome is Outcome.SUCCEEDED and sighting.at > undone:
        words = "set it to approved, then to deployed, if that is to count"
        yield f"deployed again after it was rolled back: {told(sighting, picture.facts.programme.zone)}; {words}"


def _overtaken(deployment: Deployment, picture: Picture) -> Iterator[str]:
    """A former number that is deployed over it takes it away; only a person knows whether it was rolled back."""
    rfc = deployment.rfc
    if picture.running(rfc.environment, rfc.party) != deployment.number or rfc.state is RfcState.ROLLED_BACK:
        return
    former = (
        seen[-1]
        for key, seen in picture.once(seen_deployments).items()
        if (key.environment, key.party) == (rfc.environment, rfc.party) and seen[-1].number < deployment.number
    )
    later = [s for s in former if s.outcome is Outcome.SUCCEEDED and s.at > deployment.at]
    for sighting in later[:1]:
        words = f"if {deployment.number} was rolled back, set its state to that"
        yield f"{sighting.number} was deployed after it: {told(sighting, picture.facts.programme.zone)}; {words}"
