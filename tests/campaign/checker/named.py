"""Named: where a person finds a defect on a list, as an entry or in its text."""

from __future__ import annotations

from adapters.sandbox.work_item import Fields
from bot.number import Number
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import entry, key_of
from tests.campaign.checker.history import History, text_of
from tests.campaign.checker.roles import place_of

OPEN = (f.PROPOSED, f.AGREED, f.RAISED)


def listed(place: str, party: str, history: History) -> frozenset[tuple[int, Number | None]]:
    """What the open lists of a party for an environment are linked to, each with the number of its fix."""
    return frozenset(
        (id, entry(comment)[0])
        for list_, fields in history.items(f.LIST, history.end)
        if fields.get(f.STATE) in OPEN and key_of(fields)[:2] == (place, party)
        for id, comment in history.links(list_, f.ENTRY, history.end).items()
    )


def waits_at(defect: Fields, history: History) -> tuple[str, str]:
    """Where it can be retested, and whose it is."""
    party = text_of(defect, f.PARTY_OF_DEFECT)
    return place_of(text_of(defect, f.FOUND_IN), party, history.programme), party


def names(body: str, id: int) -> bool:
    return f"/_workitems/edit/{id}" in body
