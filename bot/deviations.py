"""Deviations: what happened to an RFC although the process does not allow it, told and never hidden."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers import Says
from bot.approval import Deviation
from bot.attempt_deviations import attempt_deviations
from bot.changed_builds import changed_builds
from bot.contradictions import contradictions
from bot.dates import spoken
from bot.deployment import Deployment
from bot.deviation_row import DeviationRow
from bot.environment import Closes
from bot.history import last_set, latest
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.testimony import Jury
from bot.waiver import Waiver, waiver_of
from bot.window import agree_by


def deviations_of(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """From the RFC's history, which has to be among the facts; nothing of an environment that is not configured."""
    if rfc.environment not in picture.facts.programme.environments:
        return
    yield from _approval(rfc, picture.deployment_of(rfc), picture)
    yield from tuple(_notice(rfc, picture)) or _waiver(rfc, picture)
    yield from _waived_points(rfc, picture)
    yield from (
        DeviationRow("build", rfc.id, rfc.environment, "", None, words) for words in changed_builds(rfc, picture)
    )
    yield from _contradictions(rfc, picture.deployment_of(rfc), picture)
    for deployment in picture.deployments_of(rfc):
        yield from attempt_deviations(deployment, picture)
    yield from _closure(rfc, picture)


def _approval(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Iterator[DeviationRow]:
    """Approved by somebody who could not, or deployed without [M13]."""
    judged = picture.approval_of(rfc)
    if not isinstance(judged, Deviation):
        return
    approved = latest(RfcState.APPROVED, picture.facts.histories.get(rfc.id, ()))
    if deployment is not None:
        words = f"deployed without a valid approval: {judged.words}"
        yield DeviationRow("approval", rfc.id, rfc.environment, deployment.by, deployment.at, words)
    elif approved is not None:
        words = f"the approval does not count: {judged.words}"
        yield DeviationRow("approval", rfc.id, rfc.environment, approved.by, approved.at, words)


def _notice(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Raised when the notice of its window had run out [M10]."""
    steps, programme = picture.facts.histories.get(rfc.id, ()), picture.facts.programme
    deadline = agree_by(rfc.window, programme)
    if not steps or not rfc.window.is_named or steps[0].at <= deadline:
        return
    told = [found for found in _waivers(rfc, picture) if not found.why_not] or _waivers(rfc, picture)
    excuse = f"waived: {told[0]}" if told else "no waiver is recorded"
    words = f"raised after its notice ran out on {spoken(deadline, programme.zone)}; {excuse}"
    yield DeviationRow("notice", rfc.id, rfc.environment, steps[0].by, steps[0].at, words)


def _contradictions(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Iterator[DeviationRow]:
    by, at = (deployment.by, deployment.at) if deployment is not None else ("", None)
    for words in contradictions(rfc, deployment, picture):
        yield DeviationRow("contradiction", rfc.id, rfc.environment, by, at, words)


def _waivers(rfc: Rfc, picture: Picture) -> list[Waiver]:
    """That of the RFC, then that of its list."""
    items = (rfc, picture.list_of_rfc.get(rfc.id))
    found = (waiver_of(item, picture.facts) for item in items if item is not None)
    return [waiver for waiver in found if waiver is not None]


def _waiver(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    found = waiver_of(rfc, picture.facts)
    if found is not None:
        yield DeviationRow("waiver", rfc.id, rfc.environment, found.by, None, f"waiver: {found}")


def _waived_points(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Each control point that its owner let go [M12.7]."""
    for about, found in picture.answers_of(rfc).items():
        if found.said is not None and found.counts and found.said.answer.says is Says.WAIVED:
            by, words = found.said.by, f"point {about} was waived by {found.said.by}: {found.said.answer.words}"
            yield DeviationRow("control point", rfc.id, rfc.environment, by, found.said.at, words)


def _closure(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Closed by somebody who may not approve closure, where that is the release manager's [M Table 9]."""
    facts = picture.facts
    environment = facts.programme.environments[rfc.environment]
    step = last_set(RfcState.CLOSED, facts.histories.get(rfc.id, ()))
    if step is None or rfc.state is not RfcState.CLOSED or environment.closes is not Closes.RELEASE_MANAGER:
        return
    why = Jury(environment, facts.programme.parties.get(rfc.party), facts.bot).why_no_approver(step.by)
    if why:
        words = f"closed by somebody who does not approve closure: {why}"
        yield DeviationRow("closure", rfc.id, rfc.environment, step.by, step.at, words)
