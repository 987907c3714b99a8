"""The passport of a defect: where its fix is, what it waits for, who is next, and what has been on the way."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dates import spoken
from bot.defect import Defect, State
from bot.picture import Picture
from bot.standing import standings


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that is known of one defect's way, in words."""

    defect: int
    title: str
    state: str
    found_in: str
    party: str
    version: str
    where: str
    why: str
    next_step: str
    lists: tuple[str, ...]
    rfcs: tuple[str, ...]
    running: tuple[str, ...]


def passport_of(id: int, picture: Picture) -> Passport | None:
    """None where no such defect or change request is known."""
    defect = picture.facts.defects.get(id)
    if defect is None:
        return None
    where, why, next_step = _standing(defect, picture)
    return Passport(
        defect=defect.id,
        title=defect.title,
        state=defect.state_text or defect.state.value,
        found_in=defect.found_in_text or "not named",
        party=defect.party or "not named",
        version=defect.version_text or "not named",
        where=where,
        why=why,
        next_step=next_step,
        lists=_lists(id, picture),
        rfcs=_rfcs(id, picture),
        running=_running(defect, picture),
    )


def _standing(defect: Defect, picture: Picture) -> tuple[str, str, str]:
    standing = standings(picture).get(defect.id)
    if standing is not None:
        return standing.where.value, standing.words, standing.next_step
    match defect.state:
        case State.READY_FOR_RETEST:
            brought = f"RFC {defect.delivered_by} brought its fix" if defect.delivered_by else "a person moved it there"
            return "with its tester", brought, f"{defect.assigned_to or 'nobody yet'} retests it"
        case State.CLOSED:
            return "closed", "it is closed", "nothing"
        case State.RESOLVED:
            return "change request", "it travels with its party's next release", "it is on the lists of that release"
        case _:
            return "not resolved", "no fix has been delivered yet", f"{defect.assigned_to or 'nobody yet'} resolves it"


def _lists(id: int, picture: Picture) -> tuple[str, ...]:
    zone = picture.facts.programme.zone
    return tuple(
        f"list {c.id} ({c.state.value}): {c.key}, {e}, window {spoken(c.window.start, zone)}"
        for _, c in sorted(picture.facts.lists.items())
        for e in sorted(c.entries)
        if e.fix.defect == id
    )


def _rfcs(id: int, picture: Picture) -> tuple[str, ...]:
    named = {id_ for id_, c in picture.list_of_rfc.items() if any(e.fix.defect == id for e in c.entries)}
    zone = picture.facts.programme.zone
    return tuple(
        f"RFC {r.id} ({r.state.value}): {r.key}"
        + (f", deployed {spoken(r.deployed_at, zone)}" if r.deployed_at else "")
        for _, r in sorted(picture.facts.rfcs.items())
        if r.id in named or id in r.accepted
    )


def _running(defect: Defect, picture: Picture) -> tuple[str, ...]:
    party = picture.facts.programme.parties.get(defect.party)
    if party is None:
        return ()
    return tuple(f"{e} runs {picture.running(e, party.name) or 'nothing known'}" for e in party.environments)
