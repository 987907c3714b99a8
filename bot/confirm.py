"""Confirming: a person says on an RFC that its release is deployed, how its smoke test went, what else it brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.accepted import why_not_accepted
from bot.act import Act, AlreadySo, Objection, Verdict
from bot.change import Change, Edit, Field, Value
from bot.dates import spoken
from bot.defect import Kind
from bot.deviations import deviations_of
from bot.history import Step
from bot.picture import Picture
from bot.rfc import Rfc, RfcState

_DEPLOYABLE = (RfcState.RAISED, RfcState.APPROVED)
_DEPLOYED = (RfcState.DEPLOYED, RfcState.CLOSED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person says. `at` is None where they do not say when; `smoke` is empty, `passed` or `failed`."""

    at: datetime | None = None
    smoke: str = ""
    accepted: frozenset[int] = frozenset()


def confirm(rfc: Rfc, said: Confirmation, by: str, picture: Picture) -> Verdict:
    """Deployed [M4.4], smoke-tested [C5.5], and brought although no note names it [M14]: whatever is new of it."""
    objection = next(_objections(rfc, said, picture), "")
    if objection:
        return Objection(objection)
    after = _after(rfc, said, picture.facts.now)
    edits = tuple(Edit(field, old, new) for field, old, new in _differences(rfc, after) if old != new)
    if not edits:
        return AlreadySo(f"RFC {rfc.id} says so already")
    is_news = after.state is not rfc.state or after.deployed_at != rfc.deployed_at
    deviations = tuple(_deviations(rfc, after, by, picture)) if is_news else ()
    change = Change(Kind.RFC, rfc.id, rfc.rev, edits)
    return Act(change, f"RFC {rfc.id} ({rfc.key}): {'; '.join(_told(after, edits, picture))}", deviations=deviations)


def _objections(rfc: Rfc, said: Confirmation, picture: Picture) -> Iterator[str]:
    if rfc.state not in (*_DEPLOYABLE, *_DEPLOYED):
        yield f"RFC {rfc.id} is {rfc.state.value}: there is no deployment to confirm"
    if said.at is not None and said.at > picture.facts.now:
        yield f"{spoken(said.at, picture.facts.programme.zone)} has not come yet"
    for id in sorted(said.accepted):
        if words := why_not_accepted(id, rfc, picture.facts.defects):
            yield words


def _after(rfc: Rfc, said: Confirmation, now: datetime) -> Rfc:
    """The time is that of the confirmation where nobody says or said another."""
    deployed_at = said.at or (rfc.deployed_at if rfc.state in _DEPLOYED else now)
    return replace(
        rfc,
        state=RfcState.DEPLOYED if rfc.state in _DEPLOYABLE else rfc.state,
        deployed_at=deployed_at,
        smoke=said.smoke or rfc.smoke,
        accepted=rfc.accepted | said.accepted,
    )


def _differences(rfc: Rfc, after: Rfc) -> Iterator[tuple[Field, Value, Value]]:
    yield Field.STATE, rfc.state, after.state
    yield Field.DEPLOYED_AT, rfc.deployed_at, after.deployed_at
    yield Field.SMOKE, rfc.smoke, after.smoke
    yield Field.ACCEPTED, _ids(rfc.accepted), _ids(after.accepted)


def _told(after: Rfc, edits: tuple[Edit, ...], picture: Picture) -> Iterator[str]:
    fields = {edit.field for edit in edits}
    if fields & {Field.STATE, Field.DEPLOYED_AT} and after.deployed_at is not None:
        yield f"deployed {spoken(after.deployed_at, picture.facts.programme.zone)}"
    if Field.SMOKE in fields:
        yield f"smoke test {after.smoke}"
    if Field.ACCEPTED in fields:
        yield f"accepted {_ids(after.accepted)}"


def _deviations(rfc: Rfc, after: Rfc, by: str, picture: Picture) -> Iterator[str]:
    """Those that would be told of it afterwards, and are not told already."""
    known = {found.words for found in deviations_of(rfc, picture)}
    facts = picture.facts
    steps = tuple(facts.histories.get(rfc.id, ()))
    deployed = Step(rfc.rev + 1, facts.now, by, RfcState.DEPLOYED, rfc.seal, rfc.answers)
    then = replace(facts, rfcs={**facts.rfcs, rfc.id: after}, histories={**facts.histories, rfc.id: (*steps, deployed)})
    found = (deviation.words for deviation in deviations_of(after, Picture(then)))
    yield from (words for words in found if words not in known)


def _ids(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
