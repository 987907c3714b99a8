"""The value of any field at a revision, including those that the server works out when asked."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from adapters.sandbox import areas
from adapters.sandbox import system_fields as system
from adapters.sandbox.instant import STILL_CURRENT
from adapters.sandbox.work_item import FieldValue, Revision, WorkItem

PARENT_LINK = "System.LinkTypes.Hierarchy-Reverse"

Derivation = Callable[[WorkItem, Revision], FieldValue | None]


def value(item: WorkItem, revision: Revision, reference: str) -> FieldValue | None:
    derive = DERIVED.get(reference)
    return derive(item, revision) if derive else revision.fields.get(reference)


def _revised(item: WorkItem, revision: Revision) -> FieldValue:
    return STILL_CURRENT if revision.rev == item.rev else item.history[revision.rev].at


def _parent(item: WorkItem, _: Revision) -> FieldValue | None:
    """Links have no revisions, so an old revision shows today's parent."""
    return next((link.target for link in item.relations if link.rel == PARENT_LINK), None)


def _path(reference: str, revision: Revision) -> list[str]:
    return str(revision.fields[reference]).split("\\")


def _number_of(text: str) -> int:
    return crc32(text.lower().encode()) >> 8


DERIVED: dict[str, Derivation] = {
    system.ID: lambda _, revision: revision.id,
    system.REV: lambda _, revision: revision.rev,
    system.WATERMARK: lambda _, revision: revision.watermark,
    system.HISTORY: lambda _, revision: revision.comment or None,
    system.REVISED_DATE: _revised,
    system.PARENT: _parent,
    "System.AuthorizedDate": lambda _, revision: revision.at,
    "System.AuthorizedAs": lambda _, revision: revision.by,
    "System.PersonId": lambda _, revision: _number_of(revision.by.id),
    "System.AreaId": lambda _, revision: areas.number("areas", str(revision.fields[system.AREA])),
    "System.NodeName": lambda _, revision: _path(system.AREA, revision)[-1],
    "System.AreaLevel1": lambda _, revision: _path(system.AREA, revision)[0],
    "System.IterationId": lambda _, revision: areas.number("iterations", str(revision.fields[system.ITERATION])),
    "System.IterationLevel1": lambda _, revision: _path(system.ITERATION, revision)[0],
}

BY_DEFAULT = (system.HISTORY, system.PARENT)
"""Those that a work item shows without being asked for them."""
