"""What was seen of an RFC: the latest deployment and smoke test that evidence shows, as far as the RFC lacks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.candidate_list import Key
from bot.change import Field
from bot.deployment import AHEAD, Deployment
from bot.history import Step
from bot.outcome import Outcome
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of
from bot.sighting import EVIDENCE, Shows, Sighting, by_key
from bot.testimony import shows_deployment

SECOND = timedelta(seconds=1)
"""Azure DevOps keeps times more coarsely than it tells them."""


def seen_deployments(picture: Picture) -> Mapping[Key, tuple[Sighting, ...]]:
    """By what they are about, oldest first: what is dated ahead of the server's clock proves nothing."""
    return by_key(_past(picture), Shows.DEPLOYMENT)


def seen_smoke_tests(picture: Picture) -> Mapping[Key, tuple[Sighting, ...]]:
    return by_key(_past(picture), Shows.SMOKE_TEST)


def latest_seen(rfc: Rfc, picture: Picture) -> Sighting | None:
    """The last deployment of its release to its environment that evidence shows."""
    return next(reversed(picture.once(seen_deployments).get(rfc.key, ())), None)


def news_of(rfc: Rfc, picture: Picture) -> Sighting | None:
    """What is to be written on an RFC that waits for its deployment: the last one, if it can be of this RFC [M4.4].

    Not what was over before the RFC was raised, nor before its present attempt was asked for: that was of another
    request, though the number is the same. Not what was over when a person told of an outcome: they knew of it. And
    nothing twice, whatever people have made of it since.
    """
    sighting, steps = latest_seen(rfc, picture), picture.facts.histories.get(rfc.id, ())
    if sighting is None or not steps or not rfc.is_under_way or not stands_for_its_key(rfc, picture):
        return None
    told = attempts_of(rfc, picture.facts)[-1].told
    was_known = told is not None and told.by != picture.facts.bot and sighting.at <= told.at
    written = last_written(Field.DEPLOYED_AT, steps, picture.facts.bot)
    is_new = written is None or sighting.at >= written + SECOND
    return sighting if sighting.at >= _asked_at(rfc, steps, picture) and is_new and not was_known else None


def confirmation_of(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Sighting | None:
    """What confirms a deployment of which only people have told whose word does not count."""
    sighting = latest_seen(rfc, picture)
    if sighting is None or sighting.outcome is not Outcome.SUCCEEDED or deployment is None:
        return None
    is_doubted = rfc.state is RfcState.DEPLOYED and deployment.unconfirmed is not None
    if not is_doubted or deployment.outcome is not Outcome.SUCCEEDED:
        return None
    steps = picture.facts.histories.get(rfc.id, ())
    own = attempts_of(rfc, picture.facts)[-1].steps
    was_confirmed = any(shows_deployment(step, picture.facts.bot) for step in own)
    return sighting if sighting.at >= _asked_at(rfc, steps, picture) and not was_confirmed else None


def smoke_news_of(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Sighting | None:
    """The last smoke test after the deployment, unless a person has said how it went, or it was written already."""
    environment = picture.facts.programme.environments.get(rfc.environment)
    if environment is None or not environment.smoke_test or rfc.state is not RfcState.DEPLOYED or deployment is None:
        return None
    sighting = next(reversed(picture.once(seen_smoke_tests).get(rfc.key, ())), None)
    if sighting is None or sighting.at < deployment.at or deployment.outcome is not Outcome.SUCCEEDED:
        return None
    own = attempts_of(rfc, picture.facts)[-1].steps
    author = next((step for step in reversed(own) if Field.SMOKE in step.wrote), None)
    return sighting if author is None or _is_open_to(sighting, author, picture.facts.bot) else None


def _is_open_to(sighting: Sighting, author: Step, bot: str) -> bool:
    """A person's word stands; once they have emptied it, and after evidence, what was tested later counts."""
    is_empty = not author.wrote[Field.SMOKE]
    if author.by == bot and author.rule != EVIDENCE:
        return is_empty
    return sighting.at > author.at and (is_empty or author.by == bot)


def last_written(field: Field, steps: Sequence[Step], bot: str) -> datetime | None:
    """The latest instant that Shunter wrote there by evidence, whatever has become of it."""
    ours = (step for step in steps if step.by == bot and step.rule == EVIDENCE)
    told = [datetime.fromisoformat(step.wrote[field]) for step in ours if step.wrote.get(field)]
    return max(told, default=None)


def stands_for_its_key(rfc: Rfc, picture: Picture) -> bool:
    """Whether it, and no other RFC, is the one for its environment, party and number."""
    first = picture.rfc_of_key.get(rfc.key)
    return first is not None and first.id == rfc.id


def _asked_at(rfc: Rfc, steps: Sequence[Step], picture: Picture) -> datetime:
    """When the RFC was raised; or when a person asked for the present attempt."""
    current = attempts_of(rfc, picture.facts)[-1]
    begun = current.steps if current.number > 1 and current.steps else steps
    return begun[0].at if begun else picture.facts.now


def _past(picture: Picture) -> tuple[Sighting, ...]:
    return tuple(s for s in picture.facts.sightings if s.at <= picture.facts.now + AHEAD)
