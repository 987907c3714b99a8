"""L2: what a deployment brought that counts is with its testers soon after."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.work_item import Fields
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import accepted, key_of, lists_of, sealed_entries, why_not_brought
from tests.campaign.checker.deployed import is_dated_ahead, why_not_deployed
from tests.campaign.checker.history import History
from tests.campaign.checker.violation import Violation


def l2_handed_over(history: History) -> Iterator[Violation]:
    """Once all is quiet. What a person took back keeps the name of the RFC that had delivered it: a later one hands it
    over again, and that one does not. Where its list was sealed anew before the RFC had followed, or was deleted,
    people settle what was deployed; and so they do where somebody has taken a fix off the list since it was sealed."""
    for rfc, fields in history.items(f.RFC, history.end):
        if fields.get(f.STATE) in (f.RAISED, f.APPROVED):
            continue  # it is asked for again: what was deployed before was another attempt
        if why_not_deployed(rfc, history, history.end) or is_dated_ahead(rfc, history, history.end, history.now):
            continue
        agreed = set[int]()
        if _is_as_agreed(rfc, history):
            agreed = sealed_entries(rfc, history, history.end).keys() & _still_linked(rfc, history)
        for id in sorted(agreed | accepted(rfc, history, history.end)):
            defect = history.stood(id, history.end)
            if (defect.get(f.TYPE), defect.get(f.STATE)) != (f.DEFECT, f.RESOLVED) or defect.get(f.DELIVERED_BY) == rfc:
                continue
            if not why_not_brought(defect, id, rfc, history, history.end):
                yield Violation("L2", history.now, id, f"RFC {rfc} has brought its fix, and it is still resolved")


def _is_as_agreed(rfc: int, history: History) -> bool:
    """The RFC and its list say the same: nobody has overwritten what either was about, nor deleted the list."""
    stood = history.stood(rfc, history.end)
    lists = (history.stood(list_, history.end) for list_ in lists_of(rfc, history, history.end))
    return all(_about(fields) == _about(stood) for fields in lists)


def _still_linked(rfc: int, history: History) -> set[int]:
    end = history.end
    return {id for list_ in lists_of(rfc, history, end) for id in history.links(list_, f.ENTRY, end)}


def _about(fields: Fields) -> tuple[object, ...]:
    return *key_of(fields), fields.get(f.RELEASE_TYPE), fields.get(f.SEAL)
