"""Composing the rollout report of an RFC, from its history, which has to be among the facts [M12.7]."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dates import spoken
from bot.deviations import deviations_of
from bot.picture import Picture
from bot.rfc import Rfc
from bot.rfc_story import approval_words
from bot.rollout import attempt_words, lessons_asked
from bot.rollout_groups import rollout_groups
from bot.rollout_report import RolloutReport
from bot.superseded import superseded_by
from bot.work_off import work_off

NOTHING_CAPTURED = "None were written down."
NO_LESSONS = "None are asked for: it went as agreed."
NO_LESSONS_YET = "None are asked for yet: it has not been deployed by this attempt."


@dataclass(frozen=True, slots=True)
class NoReport:
    """Why there is no report, in words."""

    words: str


def rollout_report(id: int, picture: Picture) -> RolloutReport | NoReport:
    """`id` is an RFC's."""
    rfc, programme = picture.facts.rfcs.get(id), picture.facts.programme
    if rfc is None:
        return NoReport(f"{id} is no RFC")
    if rfc.environment not in programme.environments:
        return NoReport(f"{rfc.environment} is not configured")
    zone = programme.zone
    return RolloutReport(
        title=f"Rollout report: RFC {rfc.id}: {rfc.key}",
        summary=_summary(rfc, picture),
        programme=programme.name,
        environment=rfc.environment,
        party=rfc.party,
        number=str(rfc.number),
        type=programme.name_of(rfc.type),
        roadmap=rfc.roadmap,
        window=f"{spoken(rfc.window.start, zone)} to {spoken(rfc.window.end, zone)}",
        approval=approval_words(rfc, picture),
        rfc=rfc.id,
        attempts=attempt_words(rfc, picture) or ("Nobody has tried to deploy it yet",),
        deviations=tuple(row.words for row in deviations_of(rfc, picture)),
        groups=rollout_groups(rfc, picture),
        issues=rfc.issues.strip() or NOTHING_CAPTURED,
        actions=work_off(rfc, picture),
        lessons=lessons_asked(rfc, picture),
        no_lessons=NO_LESSONS if picture.deployment_of(rfc) is not None else NO_LESSONS_YET,
    )


def _summary(rfc: Rfc, picture: Picture) -> str:
    deployment = picture.deployment_of(rfc)
    state = f"RFC {rfc.id} is {rfc.state.value}"
    if deployment is None:
        return f"{state}; its release has not arrived by this attempt."
    if later := superseded_by(rfc, picture):
        return f"{state}: {deployment.incomplete}; {later}."
    if deployment.incomplete:
        return f"{state}: {deployment.incomplete}."
    tries = f", at attempt {deployment.attempt}" if deployment.attempt > 1 else ""
    return f"{state}: {rfc.party} {rfc.number} is deployed and complete in {rfc.environment}{tries}."
