"""Answered: which control points and groups concerned an RFC asks, and whether what was said of each counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import SETTLING, Said, Says, said
from bot.history import Step
from bot.number import ReleaseType
from bot.owners import GOVERNANCE, Owner, owner_of, owner_of_group
from bot.programme import Programme
from bot.rfc import Rfc

ASKED_POINTS = (GOVERNANCE, 3, 4, 5, 6, 8, 10)
_NOT_YET = {
    GOVERNANCE: "governance has not approved it yet",
    3: "the environment is not confirmed to be at its baseline yet",
    4: "the release package is not approved yet",
    5: "known issues and fixes are not agreed and sent yet",
    6: "the release plan is not approved yet",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What is asked of `owner`, what stands as the answer, and why that does not count (empty where it does)."""

    owner: Owner
    said: Said | None = None
    objection: str = ""

    @property
    def counts(self) -> bool:
        return self.said is not None and not self.objection

    @property
    def is_settled(self) -> bool:
        return self.said is not None and self.counts and self.said.answer.says in SETTLING


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What keeps an approval from counting, in words, and whose it is to settle."""

    owner: str
    words: str


Answers = Mapping[str, Answered]


def answered(rfc: Rfc, steps: Sequence[Step], programme: Programme, bot: str) -> Answers:
    """By the number of each control point that people answer, and by the name of each group, in small letters."""
    stands = said(rfc.answers, steps)
    owners = {str(point): owner_of(point, rfc, programme) for point in asked_points(rfc)}
    owners |= {group.casefold(): owner_of_group(group, programme) for group in programme.concerned}
    return {about: _judged(owner, stands.get(about), rfc, bot) for about, owner in owners.items()}


def asked_points(rfc: Rfc) -> tuple[int, ...]:
    """Governance has its say on a major release only [M12.6]: by its number too, whatever its type is called by now."""
    numbered = rfc.number.type if rfc.number is not None else None
    is_major = ReleaseType.MAJOR in (rfc.type, numbered)
    return tuple(n for n in ASKED_POINTS if n != GOVERNANCE or is_major)


def unsettled(rfc: Rfc, answers: Answers, programme: Programme) -> Iterator[Unsettled]:
    """The control points that this environment's approval needs [M12.7]; readiness, where that holds it too [M13]."""
    for point in sorted(programme.environments[rfc.environment].approval_needs):
        found = answers.get(str(point))
        if found is not None and not found.is_settled:
            yield Unsettled(found.owner.role, f"{_NOT_YET[point]} (point {point})")
    for group in programme.concerned if programme.readiness_blocks else ():
        found = answers[group.casefold()]
        if not found.is_settled:
            yield Unsettled(group, f"{group} {_unready(found)}")


def _unready(found: Answered) -> str:
    return "is not ready" if found.counts else "has not said that it is ready yet"


def _judged(owner: Owner, stands: Said | None, rfc: Rfc, bot: str) -> Answered:
    return Answered(owner, stands, _objection(owner, stands, rfc, bot) if stands is not None else "")


def _objection(owner: Owner, stands: Said, rfc: Rfc, bot: str) -> str:
    """As with an approval, it matters who said it and what the RFC held then."""
    if words := owner.objection(stands.by, bot):
        return words
    if stands.seal != rfc.seal:
        return "it was said of other content: the RFC was changed afterwards"
    if stands.answer.says is Says.WAIVED and not stands.answer.words:
        return "a point is waived with a reason"
    return ""
