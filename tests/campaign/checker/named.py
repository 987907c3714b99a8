"""Named: where a person finds a defect on a list, as an entry or in its text."""

from __future__ import annotations

from tests.campaign.checker import fields as f
from tests.campaign.checker.history import History

OPEN = (f.PROPOSED, f.AGREED, f.RAISED)


def listed(history: History) -> frozenset[int]:
    """What the lists that are open are linked to."""
    return frozenset(
        id
        for list_, fields in history.items(f.LIST, history.end)
        if fields.get(f.STATE) in OPEN
        for id in history.links(list_, f.ENTRY, history.end)
    )


def names(body: str, id: int) -> bool:
    return f"/_workitems/edit/{id}" in body
