"""Composing what people answered on an RFC: to its control points, and of their readiness [M12.7], [M13]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.answered import Answered, Answers
from bot.answers import Answer, Said, Says, read_answers, unreadable
from bot.control_points import ControlPoint, Particular, Readiness
from bot.dates import spoken
from bot.owners import owner_of
from bot.programme import Programme
from bot.rfc import Rfc

MET, OPEN, ASKED = "met", "open", "to be confirmed"
NOT_APPLICABLE, WAIVED = "not applicable", "waived"
READY, NOT_READY, AWAITED = "ready", "not ready", "awaited"
APPROVAL, NOTHING = "approval", "nothing"

WHAT = {
    2: "Governance approval",
    3: "Environment at the required configuration baseline",
    4: "Release package and installation instructions approved, if any",
    5: "Known issues, workarounds and fixes agreed and sent",
    6: "Release plan approved",
    8: "Issues and resolutions captured at deployment",
    10: "Rollout report delivered, lessons captured",
}
_STATES = {
    Says.MET: MET,
    Says.APPROVED: MET,
    Says.NOT_MET: OPEN,
    Says.NOT_APPLICABLE: NOT_APPLICABLE,
    Says.WAIVED: WAIVED,
}


def answered_point(number: int, rfc: Rfc, answers: Answers, programme: Programme) -> ControlPoint:
    """One that people answer, not Shunter."""
    needed = number in programme.environments[rfc.environment].approval_needs
    blocks = APPROVAL if needed else NOTHING
    found = answers.get(str(number))
    if found is None:
        owner = owner_of(number, rfc, programme).role
        return ControlPoint(number, WHAT[number], owner, NOT_APPLICABLE, "only a major release asks for it", blocks)
    state = OPEN if needed else ASKED
    if found.said is not None and found.counts:
        state = _STATES[found.said.answer.says]
    evidence = evidence_of(found, programme.zone)
    return ControlPoint(number, WHAT[number], found.owner.role, state, evidence, blocks)


def readiness_of(answers: Answers, programme: Programme) -> Iterator[Readiness]:
    blocks = APPROVAL if programme.readiness_blocks else NOTHING
    for group in programme.concerned:
        found = answers[group.casefold()]
        state = READY if found.is_settled else NOT_READY if found.counts else AWAITED
        yield Readiness(group, state, evidence_of(found, programme.zone), blocks)


def evidence_of(found: Answered, zone: ZoneInfo) -> str:
    """Who said it, when, and in which words; or why what was said does not count."""
    if found.said is None:
        return ""
    if found.objection:
        return f"“{found.said.answer.told}” does not count: {found.objection}"
    words = found.said.answer.words
    return f"{author_of(found.said, zone)}{f': {words}' if words else ''}"


def author_of(stands: Said, zone: ZoneInfo) -> str:
    return f"{stands.by}, {spoken(stands.at, zone)}" if stands.at is not None else stands.by


def also_asked(points: Iterable[ControlPoint], readiness: Iterable[Readiness]) -> str:
    """What is open and blocks nothing, by owner: `environments manager of SIT-A: 3; readiness of Participants`."""
    owed: dict[str, list[str]] = {}
    for point in points:
        if point.state in (ASKED, OPEN) and point.blocks == NOTHING:
            owed.setdefault(point.owner, []).append(str(point.number))
    told = [f"{owner}: {', '.join(numbers)}" for owner, numbers in owed.items()]
    groups = [one.group for one in readiness if one.state != READY and one.blocks == NOTHING]
    return "; ".join([*told, *([f"readiness of {', '.join(groups)}"] if groups else [])])


def not_taken(rfc: Rfc, answers: Answers) -> Iterator[Particular]:
    """Every line that answers nothing: it is shown, with what would make it one."""
    for answer in read_answers(rfc.answers).values():
        if answer.about not in answers:
            yield Particular("Not taken", f"“{answer}”: {why_not_asked(answer)}")
    for line in unreadable(rfc.answers):
        yield Particular("Not understood", f"“{line}”: write it as “3: met, in a few words” or “Participants: ready”")


def why_not_asked(answer: Answer) -> str:
    """Of an answer that no RFC of this type and programme asks for."""
    match answer.about:
        case "1" | "7" | "9":
            return f"Shunter sees point {answer.about} for itself"
        case "2":
            return "governance is asked for a major release only"
        case about if about.isdigit():
            return f"there is no point {about} that people answer; they answer 2 to 6, 8 and 10"
        case about:
            return f"nobody is concerned under the name {about}"
