"""Deviations: what happened to an RFC although the process does not allow it, told and never hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.approval import Deviation
from bot.compose_control_points import approval_of
from bot.dates import spoken
from bot.history import latest
from bot.picture import Picture
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
    yield from _approval(rfc, picture)
    yield from _notice(rfc, picture)
    yield from _window(rfc, picture)


def _approval(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Approved by somebody who could not, or deployed without [M13]."""
    judged = approval_of(rfc, picture)
    if not isinstance(judged, Deviation):
        return
    deployment = next((d for d in picture.deployments if d.rfc.id == rfc.id), None)
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


def _window(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    deployment = next((d for d in picture.deployments if d.rfc.id == rfc.id), None)
    if deployment is None or rfc.window.start <= deployment.at <= rfc.window.end:
        return
    zone = picture.facts.programme.zone
    words = f"deployed outside its window, {spoken(rfc.window.start, zone)} to {spoken(rfc.window.end, zone)}"
    yield DeviationRow("window", rfc.id, rfc.environment, deployment.by, deployment.at, words)
