"""Confirming: a person says on an RFC that its release is deployed, how its smoke test went, what else it brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.afterwards import afterwards
from bot.change import Change, Edit, Field
from bot.dates import spoken
from bot.defect import Kind
from bot.deviations import deviations_of
from bot.outcome import Outcome, told_outcome
from bot.outcome_edits import outcome_edits
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.why_not_confirmed import Confirmation, needs_word_of, why_not_confirmed
from bot.written import LIMIT


@dataclass(frozen=True, slots=True)
class _Page:
    """The fields of an RFC as the person leaves them."""

    rfc: Rfc
    accepted: str


def confirm(rfc: Rfc, said: Confirmation, by: str, picture: Picture) -> Verdict:
    """Deployed [M4.4], smoke-tested [C5.5], and brought although no note names it [M14]: whatever is new of it."""
    objection = next(why_not_confirmed(rfc, said, by, picture), "")
    if objection:
        return Objection(objection)
    after = _after(rfc, said, by, picture)
    edits = tuple(_edits(rfc, after))
    if not edits:
        return AlreadySo(f"RFC {rfc.id} says so already")
    is_news = after.rfc.state is not rfc.state or after.rfc.deployed_at != rfc.deployed_at
    deviations = tuple(_deviations(rfc, after.rfc, edits, by, picture)) if is_news else ()
    change = Change(Kind.RFC, rfc.id, rfc.rev, edits)
    return Act(change, f"RFC {rfc.id} ({rfc.key}): {'; '.join(_told(after, edits, picture))}", deviations=deviations)


def _after(rfc: Rfc, said: Confirmation, by: str, picture: Picture) -> _Page:
    """The time is that of the confirmation where nobody says or said another."""
    is_new = rfc.is_under_way
    outcome = Outcome.SUCCEEDED.value if is_new and rfc.outcome and told_outcome(rfc) is not Outcome.SUCCEEDED else ""
    after = replace(
        rfc,
        state=RfcState.DEPLOYED if is_new else rfc.state,
        deployed_at=said.at or (picture.facts.now if is_new else rfc.deployed_at),
        outcome=outcome or rfc.outcome,
        smoke=said.smoke or rfc.smoke,
        accepted=rfc.accepted | said.accepted,
        evidence=_evidence(rfc, by, picture) if needs_word_of(by, rfc, picture) else rfc.evidence,
    )
    return _Page(after, _accepted(rfc, said, picture))


def _evidence(rfc: Rfc, by: str, picture: Picture) -> str:
    """What makes a report count that somebody else made."""
    words = f"confirmed by {by} on {spoken(picture.facts.now, picture.facts.programme.zone)}"
    both = f"{rfc.evidence}; {words}" if rfc.evidence else words
    return both if len(both) <= LIMIT else words


def _accepted(rfc: Rfc, said: Confirmation, picture: Picture) -> str:
    """An id that does not count as it stands is written in another way: what is not changed, nobody has said."""
    deployment = picture.deployment_of(rfc)
    anew = said.accepted & deployment.refused.keys() if deployment is not None else frozenset()
    return ", ".join(f"#{id}" if id in anew else str(id) for id in sorted(rfc.accepted | said.accepted))


def _edits(rfc: Rfc, after: _Page) -> Iterator[Edit]:
    yield from outcome_edits(rfc, after.rfc)
    accepted = ", ".join(map(str, sorted(rfc.accepted)))
    if accepted != after.accepted:
        yield Edit(Field.ACCEPTED, accepted, after.accepted)


def _told(after: _Page, edits: tuple[Edit, ...], picture: Picture) -> Iterator[str]:
    fields = {edit.field for edit in edits}
    if fields & {Field.STATE, Field.DEPLOYED_AT} and after.rfc.deployed_at is not None:
        yield f"deployed {spoken(after.rfc.deployed_at, picture.facts.programme.zone)}"
    if Field.EVIDENCE in fields:
        yield after.rfc.evidence
    if Field.SMOKE in fields:
        yield f"smoke test {after.rfc.smoke}"
    if Field.ACCEPTED in fields:
        yield f"accepted {after.accepted}"


def _deviations(rfc: Rfc, after: Rfc, edits: tuple[Edit, ...], by: str, picture: Picture) -> Iterator[str]:
    """Those that would be told of it afterwards, and are not told already."""
    known = {found.words for found in deviations_of(rfc, picture)}
    then = Picture(afterwards(picture.facts, after, edits, by))
    found = (deviation.words for deviation in deviations_of(after, then))
    yield from (words for words in found if words not in known)
