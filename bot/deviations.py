"""Deviations: what happened to an RFC although the process does not allow it, told and never hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers import Says
from bot.approval import Deviation
from bot.candidate_list import still_sealed
from bot.change import Field
from bot.contradictions import contradictions
from bot.dates import spoken
from bot.deployment import Deployment
from bot.environment import Closes
from bot.history import Step, last_set, last_wrote, latest
from bot.outcome import Outcome
from bot.picture import Picture
from bot.put_back import touched
from bot.rfc import Rfc, RfcState
from bot.testimony import SMOKE_PASSED, Jury
from bot.waiver import Waiver, waiver_of
from bot.window import agree_by

_WHAT = {Outcome.SUCCEEDED: "set to deployed", Outcome.ROLLED_BACK: "set to rolled back"}


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
    yield from _approval(rfc, picture.deployment_of(rfc), picture)
    yield from tuple(_notice(rfc, picture)) or _waiver(rfc, picture)
    yield from _waived_points(rfc, picture)
    yield from _contradictions(rfc, picture.deployment_of(rfc), picture)
    for deployment in picture.deployments_of(rfc):
        yield from _of_attempt(deployment, picture)
    yield from _closure(rfc, picture)


def _of_attempt(deployment: Deployment, picture: Picture) -> Iterator[DeviationRow]:
    """Which attempt it was is said where there are several."""
    is_only = len(picture.deployments_of(deployment.rfc)) == 1
    told = (_confirmation, _smoke, _window, _taken_further)
    current = (_not_as_promised, _accepted) if deployment.is_current else ()
    for row in (row for deviation in (*told, *current) for row in deviation(deployment, picture)):
        yield row if is_only else replace(row, words=f"attempt {deployment.attempt}: {row.words}")


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


def _confirmation(deployment: Deployment, _: Picture) -> Iterator[DeviationRow]:
    """Reported by somebody whose word does not count [M4.4]."""
    if deployment.unconfirmed is not None:
        words = f"{_WHAT[deployment.outcome]}, and nobody whose word counts says so: {deployment.unconfirmed.words}"
        yield _row("confirmation", deployment, words)


def _smoke(deployment: Deployment, _: Picture) -> Iterator[DeviationRow]:
    """Not that it is awaited or failed: that somebody passed it who may not [C6]."""
    if deployment.smoke is not None and deployment.rfc.smoke.strip().casefold() == SMOKE_PASSED:
        yield _row("smoke test", deployment, deployment.smoke.words)


def _waived_points(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Each control point that its owner let go [M12.7]."""
    for about, found in picture.answers_of(rfc).items():
        if found.said is not None and found.counts and found.said.answer.says is Says.WAIVED:
            by, words = found.said.by, f"point {about} was waived by {found.said.by}: {found.said.answer.words}"
            yield DeviationRow("control point", rfc.id, rfc.environment, by, found.said.at, words)


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


def _closure(rfc: Rfc, picture: Picture) -> Iterator[DeviationRow]:
    """Closed by somebody who may not approve closure, where that is the release manager's [M Table 9]."""
    facts = picture.facts
    environment, step = facts.programme.environments[rfc.environment], last_set(RfcState.CLOSED, _steps(rfc, picture))
    if step is None or rfc.state is not RfcState.CLOSED or environment.closes is not Closes.RELEASE_MANAGER:
        return
    why = Jury(environment, facts.programme.parties.get(rfc.party), facts.bot).why_no_approver(step.by)
    if why:
        words = f"closed by somebody who does not approve closure: {why}"
        yield DeviationRow("closure", rfc.id, rfc.environment, step.by, step.at, words)


def _steps(rfc: Rfc, picture: Picture) -> Sequence[Step]:
    return picture.facts.histories.get(rfc.id, ())


def _row(rule: str, deployment: Deployment, words: str) -> DeviationRow:
    rfc = deployment.rfc
    return DeviationRow(rule, rfc.id, rfc.environment, deployment.by, deployment.at, words)
