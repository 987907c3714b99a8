"""Deviations: what the process does not allow and happened all the same; told to people, never hidden."""

from __future__ import annotations

from collections.abc import Iterator

from bot.approval import Deviation
from bot.dates import spoken
from bot.deployment import Deployment, Outcome
from bot.picture import Picture
from bot.put_back import touched
from bot.rfc import Rfc


def deviations_of(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> Iterator[str]:
    """In sentences that stand for themselves; `deployment` is the RFC's own, None before there is one."""
    if rfc.waiver.strip():
        yield f"waiver: {rfc.waiver.strip()}"
    if deployment is None:
        return
    if isinstance(deployment.approval, Deviation):
        yield f"deployed without a valid approval: {deployment.approval.words}"
    yield from _outside_window(deployment, picture)
    yield from _not_as_promised(deployment)
    yield from _taken_further(deployment, picture)


def _outside_window(deployment: Deployment, picture: Picture) -> Iterator[str]:
    zone, window = picture.facts.programme.zone, deployment.rfc.window
    if deployment.is_outside_window:
        stretch = f"{spoken(window.start, zone)} to {spoken(window.end, zone)}"
        yield f"deployed on {spoken(deployment.at, zone)}, outside its window, {stretch}"


def _not_as_promised(deployment: Deployment) -> Iterator[str]:
    """Where the party gave its list of what it delivered [M14]."""
    rfc = deployment.rfc
    if rfc.delivered is None:
        return
    missing = sorted(id for id in rfc.fixes if not deployment.delivers(id))
    extra = sorted(rfc.delivered - rfc.fixes)
    if missing:
        yield f"promised and not delivered: {', '.join(map(str, missing))}"
    if extra:
        yield f"delivered and not promised: {', '.join(map(str, extra))}"


def _taken_further(deployment: Deployment, picture: Picture) -> Iterator[str]:
    if deployment.outcome is not Outcome.ROLLED_BACK:
        return
    left = ", ".join(f"{d.id} ({d.state_text or d.state.value})" for d in touched(deployment, picture.facts))
    if left:
        yield f"rolled back; people had taken these further, and the defect manager decides on them: {left}"
