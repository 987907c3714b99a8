"""The passport of a defect: where its fix is, what it waits for, who is next, and what has been on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.defect import Defect, State
from bot.journey import Milestone, journey_of
from bot.picture import Picture
from bot.standing import standings
from bot.turns import BOUNCES, Taken, fixes_in, turns_of
from bot.whereabouts import Whereabout, whereabouts

NOT_NAMED = "not named"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A turn after which a fix has to travel, or to be made, again."""

    at: datetime
    what: str
    by: str
    version: str


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that is known of the way of one defect or change request.

    `fixes` are the versions that it was resolved with, in that order; `by_when` the last moment
    for `next_step`, where there is one.
    """

    defect: int
    kind: str
    title: str
    severity: str
    state: str
    found_in: str
    party: str
    version: str
    where: str
    why: str
    next_step: str
    by_when: datetime | None
    fixes: tuple[str, ...]
    bounced: int
    where_its_fix_is: tuple[Whereabout, ...]
    how_it_came_here: tuple[Milestone, ...]
    bounces: tuple[Bounce, ...]


def passport_of(id: int, picture: Picture) -> Passport | None:
    """None where no such defect or change request is known. Its history has to be among the facts [C4.3]."""
    defect = picture.facts.defects.get(id)
    if defect is None:
        return None
    where, why, next_step, by_when = _standing(defect, picture)
    turns = turns_of(picture.facts.histories.get(id, ()), picture.facts.bot)
    bounces = tuple(_bounce(taken) for taken in turns if taken.turn in BOUNCES)
    return Passport(
        defect=defect.id,
        kind=defect.kind.value,
        title=defect.title,
        severity=defect.severity,
        state=defect.state_text or defect.state.value,
        found_in=defect.found_in_text or NOT_NAMED,
        party=defect.party or NOT_NAMED,
        version=defect.version_text.strip() or NOT_NAMED,
        where=where,
        why=why,
        next_step=next_step,
        by_when=by_when,
        fixes=fixes_in(turns),
        bounced=len(bounces),
        where_its_fix_is=whereabouts(defect, picture),
        how_it_came_here=journey_of(defect, picture),
        bounces=bounces,
    )


def _bounce(taken: Taken) -> Bounce:
    return Bounce(taken.at, taken.turn.value, taken.by, taken.version.strip())


def _standing(defect: Defect, picture: Picture) -> tuple[str, str, str, datetime | None]:
    standing = standings(picture).get(defect.id)
    if standing is not None:
        return standing.where.value, standing.words, standing.next_step, standing.by
    match defect.state:
        case State.READY_FOR_RETEST:
            brought = f"RFC {defect.delivered_by} brought its fix" if defect.delivered_by else "a person moved it there"
            return "with its tester", brought, _who(defect, "retests"), None
        case State.CLOSED:
            return "closed", "it is closed", "nothing", None
        case State.RESOLVED:
            return _change_request(defect, picture)
        case _:
            return "not resolved", "no fix has been delivered yet", _who(defect, "resolves"), None


def _who(defect: Defect, does: str) -> str:
    return f"{defect.assigned_to} {does} it" if defect.assigned_to else f"somebody {does} it: nobody is assigned yet"


def _change_request(defect: Defect, picture: Picture) -> tuple[str, str, str, datetime | None]:
    """It travels as a fix does, and nobody retests it: so it is in no bucket, and the draft may leave it out."""
    drafts = (picture.drafts[defect.party],) if defect.party in picture.drafts else ()
    for verdict in (out for known in drafts for out in known.left_out if out.defect == defect.id):
        return "left out", verdict.words, verdict.remedy, verdict.by
    words = "it travels with its party's next release" if drafts else f"its party “{defect.party}” is unknown"
    return "change request", words, "it is on the lists of that release" if drafts else "name its party", None
