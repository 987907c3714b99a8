"""The rollout of an RFC in short: each attempt, and whether lessons are asked for [M12.7]."""

from __future__ import annotations

from collections.abc import Iterator

from bot.change import Field
from bot.dates import spoken
from bot.deployment import Deployment
from bot.deviations import deviations_of
from bot.outcome import Outcome
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of


def rollout_words(rfc: Rfc, picture: Picture) -> tuple[str, ...]:
    """Nothing as long as nobody has tried to deploy it."""
    tried = attempt_words(rfc, picture)
    lessons = lessons_asked(rfc, picture) if tried else ()
    asked = (f"Lessons are asked for, because {'; '.join(lessons)}.",) if lessons else ()
    return (*tried, *asked)


def attempt_words(rfc: Rfc, picture: Picture) -> tuple[str, ...]:
    """One line for each attempt, such as `Attempt 1: failed, said by dora@si.example, Mon 07-Dec-2026 10:00 GMT`."""
    return tuple(_attempt_words(rfc, picture))


def lessons_asked(rfc: Rfc, picture: Picture) -> tuple[str, ...]:
    """Why this was no clean success, in words; empty where it was one, or where it is not over yet."""
    return tuple(_lessons(rfc, picture))


def _attempt_words(rfc: Rfc, picture: Picture) -> Iterator[str]:
    tried = picture.deployments_of(rfc)
    for deployment in tried:
        yield f"Attempt {deployment.attempt}: {_came_of(deployment, picture)}"
    next_one = attempts_of(rfc, picture.facts)[-1].number
    if tried and rfc.state is RfcState.APPROVED and next_one > tried[-1].attempt:
        yield f"Attempt {next_one}: asked for"


def _came_of(deployment: Deployment, picture: Picture) -> str:
    zone = picture.facts.programme.zone
    by = f", said by {deployment.by}" if deployment.by else ""
    told = f"{deployment.outcome.value}{by}, {spoken(deployment.at, zone)}"
    if deployment.outcome is Outcome.ROLLED_BACK:
        back = f" on {spoken(deployment.undone_at, zone)}" if deployment.undone_at is not None else ""
        return f"deployed{by}, {spoken(deployment.at, zone)}, and rolled back{back}"
    smoke = deployment.rfc.smoke.strip()
    return f"{told}; smoke test {smoke}" if smoke else told


def _lessons(rfc: Rfc, picture: Picture) -> Iterator[str]:
    for deployment in picture.deployments_of(rfc):
        if deployment.outcome is not Outcome.SUCCEEDED:
            yield f"attempt {deployment.attempt}: {deployment.incomplete}"
    for attempt in attempts_of(rfc, picture.facts):
        if any(step.wrote.get(Field.SMOKE, "").casefold() == "failed" for step in attempt.steps):
            yield f"attempt {attempt.number}: its smoke test failed"
    yield from (row.words for row in deviations_of(rfc, picture) if row.rule not in _NOTHING_TO_LEARN)


_NOTHING_TO_LEARN = ("waiver", "rollback")
"""A waiver is a decision, and a rollback is told by its attempt."""
