"""The rows from which a world is decoded, in the default spelling."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from adapters.azure_devops.instants import spell_instant
from adapters.azure_devops.rows import ItemRow, Relation, Scalar
from adapters.azure_devops.spelling import Spelling
from adapters.configuration.default_spelling import FIELDS, LINKS, STATES, TYPES
from bot.candidate_list import CandidateList
from bot.change import Field, LinkKind
from bot.defect import Defect, Kind
from bot.facts import Facts
from bot.rfc import Rfc

SPELLING = Spelling(
    project="MHHS",
    web_url="",
    types=TYPES,
    fields={(kind, field): name for kind in Kind for field, name in FIELDS[kind].items()},
    states={(kind, state): names for kind in Kind for state, names in STATES[kind].items()},
    links=LINKS,
)


def rows_of(world: Facts) -> tuple[ItemRow, ...]:
    defects = (_row(d, d.kind, _of_defect(d)) for d in world.defects.values())
    lists = (_row(c, Kind.LIST, _of_release(c) | {Field.SEQUENCE: c.sequence}) for c in world.lists.values())
    rfcs = (_row(r, Kind.RFC, _of_release(r) | _of_rfc(r)) for r in world.rfcs.values())
    return (*defects, *lists, *rfcs)


def _of_defect(defect: Defect) -> dict[Field, object]:
    return {
        Field.SEVERITY: defect.severity,
        Field.FOUND_IN: "; ".join(defect.found_in),
        Field.PARTY: defect.party,
        Field.VERSION: defect.version_text,
        Field.TAGS: "; ".join(sorted(defect.tags)),
        Field.RAISED_BY: f"Tess Hall <{defect.raised_by}>",
        Field.ASSIGNED_TO: f"Tess Hall <{defect.assigned_to}>",
        Field.DELIVERED_BY: defect.delivered_by,
    }


def _of_release(item: CandidateList | Rfc) -> dict[Field, object]:
    return {
        Field.ENVIRONMENT: item.environment,
        Field.PARTY: item.party,
        Field.NUMBER: str(item.number),
        Field.TYPE: item.type,
        Field.WINDOW_START: item.window.start,
        Field.WINDOW_END: item.window.end,
        Field.EDITION: item.edition,
        Field.SEAL: item.seal,
        Field.WRITTEN: str(item.written) if item.written else "",
    }


def _of_rfc(rfc: Rfc) -> dict[Field, object]:
    return {
        Field.LIST: rfc.list_id,
        Field.DEPLOYED_AT: rfc.deployed_at,
        Field.OUTCOME: rfc.outcome,
        Field.SMOKE: rfc.smoke,
    }


def _row(item: Defect | CandidateList | Rfc, kind: Kind, values: dict[Field, object]) -> ItemRow:
    told = values | {Field.TITLE: item.title, Field.STATE: STATES[kind].get(item.state, ("Deferred",))[0]}
    fields = {SPELLING.fields[kind, field]: _spelled(value) for field, value in told.items() if value}
    return ItemRow(item.id, item.rev, TYPES[kind][0], fields, relations=_relations(item))


def _spelled(value: object) -> Scalar:
    match value:
        case datetime():
            return spell_instant(value)
        case Enum():
            return str(value.value)
        case int():
            return value
        case _:
            return str(value)


def _relations(item: Defect | CandidateList | Rfc) -> tuple[Relation, ...] | None:
    match item:
        case CandidateList():
            return tuple(Relation(LINKS[LinkKind.ENTRY], e.fix.defect, str(e)) for e in item.entries)
        case Rfc():
            return tuple(Relation(LINKS[LinkKind.FIX], id) for id in item.fixes)
        case _:
            return None
