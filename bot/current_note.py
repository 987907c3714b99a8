"""The current note of a list or an RFC: provisional until an RFC stands for it, and then what that RFC asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.candidate_list import CandidateList
from bot.compose_note import UNTOLD, compose_note
from bot.dates import spoken
from bot.deployment import Deployment
from bot.outcome import FAILURES, Outcome
from bot.picture import Picture
from bot.release_note import ReleaseNote
from bot.rfc import Rfc, RfcState
from bot.window import agree_by

_OVER = (RfcState.REJECTED, RfcState.WITHDRAWN, RfcState.ROLLED_BACK, RfcState.OTHER)


@dataclass(frozen=True, slots=True)
class NoNote:
    """Why there is no note, in words."""

    words: str


def current_note(id: int, picture: Picture) -> ReleaseNote | NoNote:
    """`id` is a list's or an RFC's; a list that has an RFC has the RFC's note [C5.2], [M12.10]."""
    facts = picture.facts
    rfc = facts.rfcs.get(id) or picture.rfc_of_list.get(id)
    noted = facts.lists.get(id) or (facts.lists.get(rfc.list_id or 0) if rfc is not None else None)
    if noted is None and rfc is None:
        return NoNote(f"{id} is neither a candidate list nor an RFC")
    if noted is None:
        return NoNote(f"RFC {id} was not raised from a list: its note is what stands on it")
    if not facts.programme.knows(noted.environment, noted.party):
        return NoNote(f"{noted.party} or {noted.environment} is not configured")
    if noted.number is None:
        return NoNote(f"list {noted.id} has no release number yet")
    if rfc is None or (rfc.seal != noted.seal and id == noted.id):
        return _provisional(noted, picture)
    if rfc.seal != noted.seal:
        return NoNote(f"RFC {rfc.id} is being agreed anew: its next note is that of list {noted.id}")
    return _confirmed(rfc, noted, picture)


def quoted_in_note(id: int, picture: Picture) -> frozenset[int]:
    """The work items that its note quotes at length: their long texts come only by reading them by id."""
    noted = current_note(id, picture)
    if isinstance(noted, NoNote):
        return frozenset()
    rfcs = {rfc.id for rfc in picture.facts.rfcs.values() if rfc.list_id == noted.candidate_list}
    named = {line.id for line in noted.changes} | {issue.id for issue in noted.known_issues}
    return frozenset(named & picture.facts.defects.keys()) | rfcs


def _provisional(noted: CandidateList, picture: Picture) -> ReleaseNote:
    note = compose_note(noted, picture)
    return replace(
        note,
        title=f"Provisional: {noted.key}: {note.reason}",
        reason=f"Provisional: {_until(noted, picture)}. {note.reason}.",
    )


def _until(noted: CandidateList, picture: Picture) -> str:
    programme = picture.facts.programme
    rfc = picture.rfc_of_list.get(noted.id)
    if rfc is not None and rfc.is_by_hand:
        return f"list {noted.id} is agreed, and RFC {rfc.id} was raised by hand, with a note of its own"
    if noted.is_sealed:
        return f"list {noted.id} is agreed, and its RFC has not been raised yet"
    roles = " or ".join(programme.environments[noted.environment].agrees)
    deadline = spoken(agree_by(noted.window, programme), programme.zone)
    return f"it may change until the {roles} has agreed list {noted.id}, by {deadline}"


def _confirmed(rfc: Rfc, sealed: CandidateList, picture: Picture) -> ReleaseNote:
    note = compose_note(sealed, picture)
    failed = _failed(rfc, picture)
    before, but = rfc.state.value if rfc.state in _OVER else "", ""
    if failed is not None:
        before, but = failed.outcome.value, f", but {failed.incomplete}"
    title = f"RFC {rfc.id}: {sealed.key}: {note.reason}"
    return replace(
        note,
        title=f"{before.capitalize()}: {title}" if before else title,
        reason=f"RFC {rfc.id} is {rfc.state.value}{but}. {note.reason}.",
        downtime=rfc.downtime.strip() or UNTOLD,
        instructions=rfc.instructions.strip() or UNTOLD,
        way_back=rfc.way_back.strip() or note.way_back,
        roadmap=rfc.roadmap.strip() or note.roadmap,
    )


def _failed(rfc: Rfc, picture: Picture) -> Deployment | None:
    """Its last attempt, where that brought nothing, or not all, or was taken back, which a closed RFC says no more."""
    deployment = picture.deployment_of(rfc)
    over = (*FAILURES, Outcome.ROLLED_BACK) if rfc.state is RfcState.CLOSED else FAILURES
    return deployment if deployment is not None and deployment.outcome in over else None
