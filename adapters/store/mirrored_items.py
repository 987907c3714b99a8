"""Items of the mirror: work items as rows of its table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, insert, null, select, update

from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.reading import CHANGED_DATE
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.portions import portions
from adapters.store.merging import merged
from adapters.store.mirror_tables import histories, items

PORTION = 500
"""Ids in one statement: databases take a limited number of parameters."""

# Statements are made once: to make one costs more than to carry it out.
_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_KNOWN = select(items).where(items.c.id.in_(_SOME))
_LIVING = select(items).where(items.c.type.in_(_SOME), items.c.is_deleted.is_(False)).order_by(items.c.id)
_TYPES = select(items.c.type).distinct()
_SETTLED = select(items.c.id).where(items.c.id.in_(_SOME), items.c.is_deleted | items.c.relations.is_not(None))
_UNLINKED = select(items.c.id).where(
    items.c.type.in_(_SOME), items.c.is_deleted.is_(False), items.c.relations.is_(None)
)
_DROP = delete(items).where(items.c.id.in_(_SOME))
_DROP_HISTORIES = delete(histories).where(histories.c.id.in_(_SOME))
_FORGET_RELATIONS = update(items).where(items.c.id.in_(_SOME), items.c.relations.is_not(None)).values(relations=null())
_ADD = insert(items)


def take_in(connection: Connection, read: Mapping[int, ItemRow]) -> None:
    """Writes only what is new."""
    known = known_items(connection, read.keys())
    kept = {id: merged(known.get(id), row) for id, row in read.items()}
    changed = {id: row for id, row in kept.items() if row != known.get(id)}
    if changed:
        _drop(connection, changed.keys())
        for some in portions(sorted(changed), PORTION):
            connection.execute(_ADD, [_values(changed[id]) for id in some])


def forget(connection: Connection, gone: Collection[int]) -> None:
    _drop(connection, gone)
    for some in portions(sorted(gone), PORTION):
        connection.execute(_DROP_HISTORIES, {"some": some})


def forget_relations(connection: Connection, ids: Collection[int]) -> None:
    """They are unknown until they are read again."""
    for some in portions(sorted(ids), PORTION):
        connection.execute(_FORGET_RELATIONS, {"some": some})


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
        found |= {row.id: _row(row) for row in connection.execute(_KNOWN, {"some": some})}
    return found


def living_items(connection: Connection, types: Collection[str]) -> Iterator[ItemRow]:
    """Azure DevOps does not tell `bug` from `Bug`, nor does this."""
    return map(_row, connection.execute(_LIVING, {"some": _spelled(connection, types)}))


def unlinked_ids(connection: Connection, types: Collection[str]) -> set[int]:
    """Those of these types that are not deleted and whose relations are unknown."""
    return set(connection.scalars(_UNLINKED, {"some": _spelled(connection, types)}))


def settled_ids(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those among `ids` that are deleted, or whose relations are known."""
    found: set[int] = set()
    for some in portions(sorted(ids), PORTION):
        found |= set(connection.scalars(_SETTLED, {"some": some}))
    return found


def living_types(connection: Connection) -> dict[int, str]:
    found = connection.execute(select(items.c.id, items.c.type).where(items.c.is_deleted.is_(False)))
    return {row.id: row.type for row in found}


def _spelled(connection: Connection, types: Collection[str]) -> list[str]:
    wanted = {name.casefold() for name in types}
    return [name for name in connection.scalars(_TYPES) if name.casefold() in wanted]


def _drop(connection: Connection, ids: Collection[int]) -> None:
    for some in portions(sorted(ids), PORTION):
        connection.execute(_DROP, {"some": some})


def _row(values: Row[Any]) -> ItemRow:
    relations = values.relations
    return ItemRow(
        id=values.id,
        rev=values.rev,
        type=values.type,
        # Read from JSON, each row would have names of its own for the same few fields.
        fields={intern(name): value for name, value in values.fields.items()},
        relations=None if relations is None else tuple(Relation(*relation) for relation in relations),
        is_deleted=values.is_deleted,
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
