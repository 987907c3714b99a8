"""Decoding: what rows mean to the process: defects, candidate lists and RFCs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.linked import Targets, both_ways, linked
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.reading import CHANGED_BY, CHANGED_DATE
from adapters.azure_devops.row_fields import RowFields
from adapters.azure_devops.rows import ItemRow, LinkRow, Relation
from adapters.azure_devops.spelling import Spelling
from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.change import Field, LinkKind
from bot.defect import Defect, Fix, Kind, State
from bot.named_ids import named_ids
from bot.number import read_number
from bot.rfc import Rfc, RfcState
from bot.written import read_mark

_ROLES = {role.value: role for role in Role}
_NO_IDS: frozenset[int] = frozenset()
_NO_NAMES: frozenset[str] = frozenset()
"""One for all: Python makes each empty set anew, and of these there would be several for each defect."""


@dataclass(frozen=True, slots=True)
class Items:
    """Everything that is not deleted, by id; `defects` holds change requests too."""

    defects: Mapping[int, Defect]
    lists: Mapping[int, CandidateList]
    rfcs: Mapping[int, Rfc]


def items(rows: Iterable[ItemRow], links: Iterable[LinkRow], spelling: Spelling) -> Items:
    """Entries of a list and fixes of an RFC come from their own relations: there are none before a close reading."""
    targets = linked(links)
    defects: dict[int, Defect] = {}
    lists: dict[int, CandidateList] = {}
    rfcs: dict[int, Rfc] = {}
    for row in rows:
        match None if row.is_deleted or row.id == spelling.canary else spelling.kind_of(row.type):
            case Kind.LIST:
                lists[row.id] = candidate_list(row, spelling)
            case Kind.RFC:
                rfcs[row.id] = rfc(row, spelling)
            case Kind.DEFECT | Kind.CHANGE_REQUEST:
                defects[row.id] = defect(row, targets, spelling)
            case _:
                pass
    ours = frozenset(lists) | frozenset(rfcs)
    return Items(defects, lists, {id: replace(found, fixes=found.fixes - ours) for id, found in rfcs.items()})


def defect(row: ItemRow, targets: Targets, spelling: Spelling) -> Defect:
    """A defect or a change request."""
    kind = Kind.CHANGE_REQUEST if spelling.kind_of(row.type) is Kind.CHANGE_REQUEST else Kind.DEFECT
    of = RowFields(row, kind, spelling)
    state = of.state()
    return Defect(
        id=row.id,
        rev=row.rev,
        title=of.text(Field.TITLE),
        state=state if isinstance(state, State) else State.OTHER,
        kind=kind,
        state_text=of.text(Field.STATE),
        severity=of.text(Field.SEVERITY),
        priority=of.number(Field.PRIORITY),
        found_in=of.names(Field.FOUND_IN),
        party=of.text(Field.PARTY),
        version_text=of.text(Field.VERSION),
        planned_for=of.day(Field.PLANNED_FOR),
        tested_in=frozenset(of.names(Field.TESTED_IN)) or _NO_NAMES,
        raised_by=of.person(Field.RAISED_BY),
        retested_by=of.person(Field.RETESTED_BY),
        assigned_to=of.person(Field.ASSIGNED_TO),
        changed_by=sign_in_of(str(row.fields.get(CHANGED_BY, ""))),
        tags=frozenset(of.names(Field.TAGS)) or _NO_NAMES,
        delivered_by=of.number(Field.DELIVERED_BY),
        depends_on=_linked_to(row.id, LinkKind.DEPENDS_ON, targets, spelling),
        duplicate_of=_linked_to(row.id, LinkKind.DUPLICATE_OF, targets, spelling),
        summary=of.plain(Field.SUMMARY),
        workaround=of.plain(Field.WORKAROUND),
    )


def candidate_list(row: ItemRow, spelling: Spelling) -> CandidateList:
    of = RowFields(row, Kind.LIST, spelling)
    state = of.state()
    return CandidateList(
        id=row.id,
        rev=row.rev,
        state=state if isinstance(state, ListState) else ListState.OTHER,
        environment=of.text(Field.ENVIRONMENT),
        party=of.text(Field.PARTY),
        type=of.release_type(),
        window=of.window(),
        number=read_number(of.text(Field.NUMBER)),
        entries=frozenset(entries(row.relations or (), spelling)),
        edition=of.number(Field.EDITION) or 0,
        seal=of.text(Field.SEAL),
        claim=of.text(Field.CLAIM),
        waiver=of.text(Field.WAIVER),
        sequence=of.number(Field.SEQUENCE) or 1,
        written=read_mark(of.text(Field.WRITTEN)),
        changed_at=read_instant(row.fields.get(CHANGED_DATE)),
        changed_by=sign_in_of(str(row.fields.get(CHANGED_BY, ""))),
        title=of.text(Field.TITLE),
        comments=of.number(Field.COMMENT_COUNT) or 0,
        number_text=of.text(Field.NUMBER),
        roadmap=of.text(Field.ROADMAP),
    )


def rfc(row: ItemRow, spelling: Spelling) -> Rfc:
    of = RowFields(row, Kind.RFC, spelling)
    state = of.state()
    return Rfc(
        id=row.id,
        rev=row.rev,
        state=state if isinstance(state, RfcState) else RfcState.OTHER,
        environment=of.text(Field.ENVIRONMENT),
        party=of.text(Field.PARTY),
        number=read_number(of.text(Field.NUMBER)),
        type=of.release_type(),
        window=of.window(),
        list_id=of.number(Field.LIST),
        edition=of.number(Field.EDITION) or 0,
        seal=of.text(Field.SEAL),
        roadmap=of.text(Field.ROADMAP),
        waiver=of.text(Field.WAIVER),
        attempt=of.number(Field.ATTEMPT) or 1,
        deployed_at=of.instant(Field.DEPLOYED_AT),
        outcome=of.text(Field.OUTCOME),
        evidence=of.text(Field.EVIDENCE),
        smoke=of.text(Field.SMOKE),
        fixes=_targets(row, LinkKind.FIX, spelling),
        accepted=named_ids(of.text(Field.ACCEPTED)),
        delivered=named_ids(of.plain(Field.DELIVERED)) if of.plain(Field.DELIVERED) else None,
        way_back=of.plain(Field.WAY_BACK),
        downtime=of.plain(Field.DOWNTIME),
        instructions=of.plain(Field.INSTRUCTIONS),
        answers=of.plain(Field.ANSWERS),
        issues=of.plain(Field.ISSUES),
        written=read_mark(of.text(Field.WRITTEN)),
        changed_at=read_instant(row.fields.get(CHANGED_DATE)),
        title=of.text(Field.TITLE),
    )


def entries(relations: Iterable[Relation], spelling: Spelling) -> Iterable[Entry]:
    """Links whose words are those of an entry; any other link on a list is somebody's own."""
    for relation in relations:
        if relation.rel == spelling.links.get(LinkKind.ENTRY) and relation.target is not None:
            number, _, role = relation.comment.partition(",")
            read, known = read_number(number), _ROLES.get(role.strip().casefold())
            if read is not None and known is not None:
                yield Entry(Fix(relation.target, read), known)


def _targets(row: ItemRow, kind: LinkKind, spelling: Spelling) -> frozenset[int]:
    """Over its own relations, which it has only if it was read closely."""
    rel = spelling.links.get(kind)
    return frozenset(r.target for r in row.relations or () if r.rel == rel and r.target is not None)


def _linked_to(id: int, kind: LinkKind, targets: Targets, spelling: Spelling) -> frozenset[int]:
    rel = spelling.links.get(kind)
    return targets.get((id, both_ways(rel)[0]), _NO_IDS) if rel else _NO_IDS
