"""Items of the mirror: work items as rows of its table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from sys import intern

from sqlalchemy import Connection, RowMapping, delete, insert, null, select, update

from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.reading import CHANGED_DATE
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.portions import portions
from adapters.store.merging import merged
from adapters.store.mirror_tables import histories, items

PORTION = 500
"""Ids in one statement: databases take a limited number of parameters."""


def take_in(connection: Connection, read: Mapping[int, ItemRow]) -> None:
    """Writes only what is new."""
    known = known_items(connection, read.keys())
    kept = {id: merged(known.get(id), row) for id, row in read.items()}
    changed = {id: row for id, row in kept.items() if row != known.get(id)}
    if changed:
        _drop(connection, changed.keys())
        for some in portions(sorted(changed), PORTION):
            connection.execute(insert(items), [_values(changed[id]) for id in some])


def forget(connection: Connection, gone: Collection[int]) -> None:
    _drop(connection, gone)
    for some in portions(sorted(gone), PORTION):
        connection.execute(delete(histories).where(histories.c.id.in_(some)))


def forget_relations(connection: Connection, ids: Collection[int]) -> None:
    """They are unknown until they are read again."""
    for some in portions(sorted(ids), PORTION):
        known = items.c.id.in_(some) & items.c.relations.is_not(None)
        connection.execute(update(items).where(known).values(relations=null()))


def known_ids(connection: Connection) -> set[int]:
    return set(connection.scalars(select(items.c.id)))


def changed_ids(connection: Connection, at: datetime) -> Iterator[int]:
    for id, fields in connection.execute(select(items.c.id, items.c.fields)):
        changed = read_instant(fields.get(CHANGED_DATE))
        if changed is not None and changed > at:
            yield id


def known_items(connection: Connection, ids: Collection[int]) -> dict[int, ItemRow]:
    found: dict[int, ItemRow] = {}
    for some in portions(sorted(ids), PORTION):
        rows = connection.execute(select(items).where(items.c.id.in_(some))).mappings()
        found |= {row["id"]: _row(row) for row in rows}
    return found


def living_items(connection: Connection, types: Collection[str]) -> Iterator[ItemRow]:
    """Azure DevOps does not tell `bug` from `Bug`, nor does this."""
    wanted = {name.casefold() for name in types}
    present = connection.scalars(select(items.c.type).distinct())
    spelled = [name for name in present if name.casefold() in wanted]
    found = select(items).where(items.c.type.in_(spelled), items.c.is_deleted.is_(False)).order_by(items.c.id)
    return map(_row, connection.execute(found).mappings())


def living_types(connection: Connection) -> dict[int, str]:
    found = connection.execute(select(items.c.id, items.c.type).where(items.c.is_deleted.is_(False)))
    return {row.id: row.type for row in found}


def _drop(connection: Connection, ids: Collection[int]) -> None:
    for some in portions(sorted(ids), PORTION):
        connection.execute(delete(items).where(items.c.id.in_(some)))


def _row(values: RowMapping) -> ItemRow:
    relations = values["relations"]
    return ItemRow(
        id=values["id"],
        rev=values["rev"],
        type=values["type"],
        # Read from JSON, each row would have names of its own for the same few fields.
        fields={intern(name): value for name, value in values["fields"].items()},
        relations=None if relations is None else tuple(Relation(*relation) for relation in relations),
        is_deleted=values["is_deleted"],
    )


def _values(row: ItemRow) -> dict[str, object]:
    return {
        "id": row.id,
        "rev": row.rev,
        "type": row.type,
        "fields": dict(row.fields),
        "relations": None if row.relations is None else [[r.rel, r.target, r.comment] for r in row.relations],
        "is_deleted": row.is_deleted,
    }
