"""Deviations: what happened to an RFC although the process does not allow it, told and never hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.answers import Says
from bot.approval import Deviation
from bot.candidate_list import still_sealed
from bot.dates import spoken
from bot.deployment import Deployment, Outcome
from bot.history import latest
from bot.picture import Picture
from bot.put_back import touched
from bot.rfc import Rfc, RfcState
from bot.window import agree_by


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One deviation: of which rule, where, by whom and since when."""

    rule: str
    rfc: int
    environment: str
    by: str
    since: datetime | None
    words: str


def deviations_of(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """From the RFC's history, which has to be among the facts; nothing of an environment that is not configured."""
    if rfc.environment not in picture.facts.programme.environments:
        return
    deployment = picture.deployment_of(rfc)
    yield from _approval(rfc, deployment, picture)
    yield from tuple(_notice(rfc, picture)) or _waiver(rfc)
    yield from _waived_points(rfc, picture)
    if deployment is not None:
        yield from _window(deployment, picture)
        yield from _not_as_promised(deployment)
        yield from _taken_further(deployment, picture)


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
    if not steps or steps[0].at <= deadline:
        return
    sealed = picture.facts.lists.get(rfc.list_id or 0)
    waiver = rfc.waiver.strip() or (sealed.waiver.strip() if sealed is not None else "")
    excuse = f"waived: {waiver}" if waiver else "no waiver is recorded"
    words = f"raised after its notice ran out on {spoken(deadline, programme.zone)}; {excuse}"
    yield DeviationRow("notice", rfc.id, rfc.environment, steps[0].by, steps[0].at, words)


def _waiver(rfc: Rfc) -> Iterator[DeviationRow]:
    if rfc.waiver.strip():
        yield DeviationRow("waiver", rfc.id, rfc.environment, "", None, f"waiver: {rfc.waiver.strip()}")


def _waived_points(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Each control point that its owner let go [M12.7]."""
    for about, found in picture.answers_of(rfc).items():
        if found.said is not None and found.counts and found.said.answer.says is Says.WAIVED:
            by, words = found.said.by, f"point {about} was waived by {found.said.by}: {found.said.answer.words}"
            yield DeviationRow("control point", rfc.id, rfc.environment, by, found.said.at, words)


def _window(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """Outside the window that was agreed, whatever somebody has made of the RFC's since."""
    sealed = picture.facts.lists.get(deployment.rfc.list_id or 0)
    is_agreed = sealed is not None and still_sealed(sealed) and sealed.seal == deployment.rfc.seal
    window = sealed.window if sealed is not None and is_agreed else deployment.rfc.window
    if window.start <= deployment.at <= window.end:
        return
    zone = picture.facts.programme.zone
    stretch = f"{spoken(window.start, zone)} to {spoken(window.end, zone)}"
    words = f"deployed on {spoken(deployment.at, zone)}, outside its window, {stretch}"
    yield _row("window", deployment, words)


def _not_as_promised(deployment: Deployment) -> Iterator[DeviationRow]:
    """Where the party gave its list of what it delivered [M14]."""
    rfc = deployment.rfc
    if rfc.delivered is None:
        return
    missing = sorted(id for id in rfc.fixes if not deployment.delivers(id))
    extra = sorted(rfc.delivered - rfc.fixes)
    if missing:
        yield _row("delivery", deployment, f"promised and not delivered: {', '.join(map(str, missing))}")
    if extra:
        yield _row("delivery", deployment, f"delivered and not promised: {', '.join(map(str, extra))}")


def _taken_further(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    if deployment.outcome is not Outcome.ROLLED_BACK:
        return
    left = ", ".join(f"{d.id} ({d.state_text or d.state.value})" for d in touched(deployment, picture.facts))
    if left:
        words = f"rolled back; people had taken these further, and the defect manager decides on them: {left}"
        yield _row("rollback", deployment, words)


def _row(rule: str, deployment: Deployment, words: str) -> DeviationRow:
    rfc = deployment.rfc
    return DeviationRow(rule, rfc.id, rfc.environment, deployment.by, deployment.at, words)
