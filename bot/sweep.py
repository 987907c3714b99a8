"""Sweeping: a second RFC for one key that no person has touched is closed as a duplicate, and both name each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark
from bot.rfc import DUPLICATE, Rfc, RfcState
from bot.second_rfcs import originals, why_left

RULE = "sweep"


def plan_sweep(picture: Picture) -> Plan:
    """At most one live RFC for each environment, party and number [M13]; what a person has touched is theirs."""
    ours = {id: first for id, first in picture.second_rfcs.items() if _is_ours(id, picture)}
    closed = (_close(picture.facts.rfcs[id], first) for id, first in ours.items())
    return Plan((*closed, *_tell_those_that_stand(ours, picture)))


def _is_ours(id: int, picture: Picture) -> bool:
    return not why_left(picture.facts.rfcs[id], picture.facts)


def _close(second: Rfc, first: Rfc) -> Action:
    words = f"RFC {first.id} was raised before it for {first.key}"
    edits = (
        Edit(Field.STATE, second.state, RfcState.CLOSED),
        Edit(Field.OUTCOME, second.outcome or None, f"{DUPLICATE}{first.id}"),
        Edit(Field.REMARK, None, Remark((f"Closed as a duplicate: {words}.",), (first.id,))),
    )
    change = Change(Kind.RFC, second.id, second.rev, edits)
    digest = second.written.digest if second.written else ""
    return Action(ActionKind.CLOSE_RFC, RULE, words, f"RFC {second.id}", change, digest, str(second.number))


def _tell_those_that_stand(ours: Mapping[int, Rfc], picture: Picture) -> Iterator[Action]:
    """Of each duplicate once: the history of what stands says of how many it has been told."""
    duplicates = {id: [d.id for d in closed] for id, closed in originals(picture.facts).items()}
    for id, first in ours.items():
        duplicates.setdefault(first.id, []).append(id)
    for id, seconds in sorted(duplicates.items()):
        steps = picture.facts.histories.get(id, ())
        told = sum(step.by == picture.facts.bot and step.rule == RULE for step in steps)
        if steps and told < len(seconds):
            yield _tell(picture.facts.rfcs[id], sorted(seconds)[told])


def _tell(first: Rfc, second: int) -> Action:
    words = f"RFC {second} is a second one for {first.key}: this one stands"
    change = Change(Kind.RFC, first.id, first.rev, (Edit(Field.REMARK, None, Remark((f"{words}.",), (second,))),))
    digest, number = (first.written.digest, first.written.number) if first.written else ("", "")
    return Action(ActionKind.REVISE_RFC, RULE, words, f"RFC {first.id}", change, digest, number)
