"""Deviations of one attempt to deploy: by whose word, when, and with what other than was promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.approval import Approval
from bot.candidate_list import still_sealed
from bot.change import Field
from bot.dates import spoken
from bot.deployment import AHEAD, Deployment
from bot.deviation_row import DeviationRow
from bot.history import last_wrote
from bot.outcome import Outcome
from bot.picture import Picture
from bot.put_back import touched
from bot.testimony import SMOKE_PASSED

_WHAT = {Outcome.SUCCEEDED: "set to deployed", Outcome.ROLLED_BACK: "set to rolled back"}


def attempt_deviations(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """Which attempt it was is said where there are several."""
    is_only = len(picture.deployments_of(deployment.rfc)) == 1
    told = (_confirmation, _approved_late, _smoke, _window, _taken_further)
    current = (_not_as_promised, _accepted) if deployment.is_current else ()
    for row in (row for deviation in (*told, *current) for row in deviation(deployment, picture)):
        yield row if is_only else replace(row, words=f"attempt {deployment.attempt}: {row.words}")


def _confirmation(deployment: Deployment, _: Picture) -> Iterator[DeviationRow]:
    """Reported by somebody whose word does not count [M4.4]."""
    if deployment.unconfirmed is not None:
        words = f"{_WHAT[deployment.outcome]}, and nobody whose word counts says so: {deployment.unconfirmed.words}"
        yield _row("confirmation", deployment, words)


def _approved_late(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """An approval in retrospect counts, and is told as that [M13]."""
    approval, zone = deployment.approval, picture.facts.programme.zone
    if isinstance(approval, Approval) and approval.at > deployment.at + AHEAD:
        words = f"deployed on {spoken(deployment.at, zone)}, before it was approved on {spoken(approval.at, zone)}"
        yield _row("approval", deployment, words)


def _smoke(deployment: Deployment, _: Picture) -> Iterator[DeviationRow]:
    """Not that it is awaited or failed: that somebody passed it who may not [C6]."""
    if deployment.smoke is not None and deployment.rfc.smoke.strip().casefold() == SMOKE_PASSED:
        yield _row("smoke test", deployment, deployment.smoke.words)


def _window(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """Outside the window that was agreed, whatever somebody has made of the RFC's since."""
    sealed = picture.list_of_rfc.get(deployment.rfc.id)
    is_agreed = sealed is not None and still_sealed(sealed) and sealed.seal == deployment.rfc.seal
    window = sealed.window if sealed is not None and is_agreed else deployment.rfc.window
    if not window.is_named or window.start <= deployment.at <= window.end:
        return
    zone = picture.facts.programme.zone
    stretch = f"{spoken(window.start, zone)} to {spoken(window.end, zone)}"
    words = f"deployed on {spoken(deployment.at, zone)}, outside its window, {stretch}"
    yield _row("window", deployment, words)


def _not_as_promised(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """Where the party gave its list of what it delivered [M14]."""
    rfc = deployment.rfc
    if rfc.delivered is None:
        return
    author = last_wrote(Field.DELIVERED, picture.facts.histories.get(rfc.id, ()))
    by = f", by the list of {author.by}" if author is not None else ""
    missing = sorted(id for id in rfc.fixes if not deployment.delivers(id))
    extra = sorted(rfc.delivered - rfc.fixes)
    if missing:
        yield _row("delivery", deployment, f"promised and not delivered{by}: {', '.join(map(str, missing))}")
    if extra:
        yield _row("delivery", deployment, f"delivered and not promised{by}: {', '.join(map(str, extra))}")


def _accepted(deployment: Deployment, _: Picture) -> Iterator[DeviationRow]:
    """Accepted by name, by somebody who could not [M14]."""
    for id, why in deployment.refused.items():
        yield _row("acceptance", deployment, f"accepted {id}: it does not count, because {why}")


def _taken_further(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    if deployment.outcome is not Outcome.ROLLED_BACK:
        return
    left = ", ".join(f"{d.id} ({d.state_text or d.state.value})" for d in touched(deployment, picture))
    if left:
        words = f"rolled back; people had taken these further, and the defect manager decides on them: {left}"
        yield _row("rollback", deployment, words)


def _row(rule: str, deployment: Deployment, words: str) -> DeviationRow:
    rfc = deployment.rfc
    return DeviationRow(rule, rfc.id, rfc.environment, deployment.by, deployment.at, words)
