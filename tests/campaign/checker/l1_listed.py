"""L1: what could be released is on a list, soon after it was resolved."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.work_item import Fields
from bot.number import Number, read_number
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of
from tests.campaign.checker.history import History, text_of
from tests.campaign.checker.named import listed, names, waits_at
from tests.campaign.checker.violation import Violation


def l1_listed(history: History) -> Iterator[Violation]:
    """Once all is quiet. Only those are asked for of which nobody has said or linked anything that may keep them out;
    and what the text of a proposed list names is told, with a reason."""
    proposed = (fields for _, fields in history.items(f.LIST, history.end) if fields.get(f.STATE) == f.PROPOSED)
    bodies = [text_of(fields, f.BODY) for fields in proposed]
    for id, fields in history.items(f.DEFECT, history.end):
        version = read_number(text_of(fields, f.VERSION))
        is_told = any(names(body, id) for body in bodies)
        if version is None or is_told or (id, version) in listed(*waits_at(fields, history), history):
            continue
        if _is_plainly_eligible(id, version, fields, history):
            yield Violation("L1", history.now, id, f"resolved with {version}, and on no list")


def _is_plainly_eligible(id: int, version: Number, fields: Fields, history: History) -> bool:
    place, party = waits_at(fields, history)
    known = history.programme.parties.get(party)
    if fields.get(f.STATE) != f.RESOLVED or known is None or place not in known.environments:
        return False
    is_plain = not (fields.get(f.TAGS) or fields.get(f.PLANNED_FOR))
    is_linked = any(relation.rel.startswith("System.LinkTypes.De") for relation in history.azure.item(id).relations)
    return is_plain and not is_linked and version.is_regular and all(version > n for n in _taken(party, history))


def _taken(party: str, history: History) -> Iterator[Number]:
    """The numbers that the party has used up, or runs."""
    yield from history.programme.parties[party].baseline.values()
    for type in (f.LIST, f.RFC):
        for _, fields in history.items(type, history.end):
            _, whose, number = key_of(fields)
            if whose == party and number is not None and fields.get(f.STATE) != f.PROPOSED:
                yield number
