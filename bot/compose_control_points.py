"""Composing the control points of an RFC: what the bot can see it states, the rest it asks for [M12.7]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answered import ASKED_POINTS
from bot.approval import Approval, Deviation
from bot.blocks import blocks
from bot.compose_answers import APPROVAL, MET, OPEN, also_asked, answered_point, readiness_of
from bot.control_points import ControlPoint, ControlPoints, Readiness
from bot.dates import spoken
from bot.deviations import deviations_of
from bot.next_step import next_step_of
from bot.owners import approver_of, owner_of
from bot.particulars import particulars_of
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rollout import rollout_words

BEFORE_APPROVAL = (2, 3, 4, 5, 6)


def compose_control_points(rfc: Rfc, picture: Picture) -> ControlPoints:
    """The ten points of [M12.7] with their owners, who is next, and everything else that this RFC still needs."""
    programme, answers = picture.facts.programme, picture.answers_of(rfc)
    manager = owner_of(1, rfc, programme).role
    approver = approver_of(programme.environments[rfc.environment])
    asked = {n: answered_point(n, rfc, answers, programme) for n in ASKED_POINTS}
    points = (
        ControlPoint(1, "RFC raised", manager, MET, f"raised for list {rfc.list_id}", APPROVAL),
        *(asked[n] for n in BEFORE_APPROVAL),
        _approved(rfc, picture.approval_of(rfc), approver, picture),
        asked[8],
        _closed(rfc, approver),
        asked[10],
        *_ours(rfc, picture),
    )
    readiness = tuple(readiness_of(answers, programme))
    return ControlPoints(
        points=points,
        next_step=next_step_of(rfc, picture),
        deviations=tuple(row.words for row in deviations_of(rfc, picture)),
        readiness=readiness,
        also_asked=_also_asked(rfc, asked, readiness),
        particulars=tuple(particulars_of(rfc, answers, picture)),
        rollout=rollout_words(rfc, picture),
    )


def _also_asked(rfc: Rfc, asked: Mapping[int, ControlPoint], readiness: tuple[Readiness, ...]) -> str:
    """Before a deployment what has to be settled first, after it what is to be captured."""
    match rfc.state:
        case RfcState.RAISED | RfcState.APPROVED:
            return also_asked((asked[n] for n in BEFORE_APPROVAL), readiness)
        case RfcState.DEPLOYED | RfcState.ROLLED_BACK:
            return also_asked((asked[8], asked[10]), ())
        case _:
            return ""


def _ours(rfc: Rfc, picture: Picture) -> Iterator[ControlPoint]:
    """What no document numbers: an emergency's fix that would be lost, a fix that is held or open again."""
    sealed = picture.facts.lists.get(rfc.list_id or 0)
    if sealed is None or not rfc.is_under_way:
        return
    for number, words in enumerate(blocks(sealed, picture), start=11):
        yield ControlPoint(number, "Nothing stands against the release", "defect manager", OPEN, words, "deployment")


def _approved(rfc: Rfc, approval: Approval | Deviation | None, owner: str, picture: Picture) -> ControlPoint:
    match approval:
        case Approval():
            at = spoken(approval.at, picture.facts.programme.zone)
            evidence = f"{approval.by}, {approval.role}, {at}, edition {rfc.edition}"
            return ControlPoint(7, "RFC approved", owner, MET, evidence, "deployment")
        case Deviation():
            return ControlPoint(7, "RFC approved", owner, OPEN, f"does not count: {approval.words}", "deployment")
        case None:
            return ControlPoint(7, "RFC approved", owner, OPEN, "", "deployment")


def _closed(rfc: Rfc, owner: str) -> ControlPoint:
    state = MET if rfc.state is RfcState.CLOSED else OPEN
    return ControlPoint(9, "Rollout closure approved", owner, state, "", "closure")
