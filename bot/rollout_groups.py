"""What became of each fix that an RFC was to bring, for its rollout report."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import Role
from bot.compose_list import NO_SEVERITY, UNKNOWN_TITLE
from bot.defect import Defect, State
from bot.deployment import Deployment
from bot.outcome import Outcome
from bot.picture import Picture
from bot.put_back import touched
from bot.rfc import Rfc
from bot.rollout_report import ReportGroup, ReportLine
from bot.standing import standings
from bot.where import Standing

READY, CLOSED, BOUNCED = "Ready for retest", "Retested and closed", "Failed their retest"
WAITING, NOT_DELIVERED = "Not handed to retest", "Promised and not delivered"
BACK, TAKEN_FURTHER = "Rolled back", "Rolled back, and taken further by people before"
ELSEWHERE, CARRIED, CHANGES = "Delivered here, retested elsewhere", "Carried over", "Change requests"
_ORDER = (READY, BOUNCED, CLOSED, WAITING, NOT_DELIVERED, TAKEN_FURTHER, BACK, ELSEWHERE, CARRIED, CHANGES)
_ROLES = {Role.RETEST_ELSEWHERE: ELSEWHERE, Role.CARRIED: CARRIED, Role.CHANGE: CHANGES}


def rollout_groups(rfc: Rfc, picture: Picture) -> tuple[ReportGroup, ...]:
    """Of the sealed list, and what was accepted by name: each once, worst first."""
    found: dict[str, list[ReportLine]] = {}
    for heading, line in _lines(rfc, picture):
        found.setdefault(heading, []).append(line)
    ordered = (name for name in _ORDER if name in found)
    return tuple(ReportGroup(n, tuple(sorted(found[n], key=lambda line: (line.severity, line.id)))) for n in ordered)


def bounced(rfc: Rfc, picture: Picture) -> tuple[Defect, ...]:
    """The defects that it handed to their testers, and that are open again."""
    defects = (d for _, d in sorted(picture.facts.defects.items()) if d.delivered_by == rfc.id)
    return tuple(d for d in defects if d.state in (State.OPEN, State.OTHER))


def _lines(rfc: Rfc, picture: Picture) -> Iterator[tuple[str, ReportLine]]:
    deployment, places = picture.deployment_of(rfc), standings(picture)
    for id, role in _roles(rfc, deployment, picture).items():
        defect = picture.facts.defects.get(id)
        waits = _waits(defect, places.get(id))
        heading, words = _place(id, role, defect, deployment, waits, picture)
        severity = (defect.severity if defect is not None else "") or NO_SEVERITY
        yield heading, ReportLine(id, severity, defect.title if defect is not None else UNKNOWN_TITLE, words)


def _roles(rfc: Rfc, deployment: Deployment | None, picture: Picture) -> dict[int, Role]:
    sealed = picture.list_of_rfc.get(rfc.id)
    entries = sealed.entries if sealed is not None else ()
    accepted = deployment.accepted if deployment is not None else ()
    return dict.fromkeys(accepted, Role.RETEST_HERE) | {entry.fix.defect: entry.role for entry in entries}


def _place(
    id: int, role: Role, defect: Defect | None, deployment: Deployment | None, waits: str, picture: Picture
) -> tuple[str, str]:
    """Under which heading it stands, and what is said of it there; `waits` says where it is if it is not delivered."""
    if deployment is None or defect is None:
        return WAITING, waits
    if not deployment.delivers(id):
        return NOT_DELIVERED, waits
    if deployment.outcome is Outcome.ROLLED_BACK:
        is_taken = defect in touched(deployment, picture)
        return (TAKEN_FURTHER if is_taken else BACK), defect.state_text or defect.state.value
    if deployment.outcome is not Outcome.SUCCEEDED:
        return WAITING, waits
    if role in _ROLES:
        return _ROLES[role], ", ".join(defect.found_in) or defect.state_text or defect.state.value
    return _retest(defect, deployment.rfc.id, waits)


def _retest(defect: Defect, rfc: int, waits: str) -> tuple[str, str]:
    who = defect.assigned_to or "nobody yet"
    match defect.state:
        case State.READY_FOR_RETEST:
            return READY, f"with {who}"
        case State.CLOSED:
            return CLOSED, ""
        case State.OPEN | State.OTHER if defect.delivered_by == rfc:
            return BOUNCED, f"{defect.state_text or defect.state.value}, with {who}"
        case _:
            return WAITING, waits


def _waits(defect: Defect | None, standing: Standing | None) -> str:
    if defect is None:
        return "it cannot be read any more"
    return standing.words if standing is not None else defect.state_text or defect.state.value
