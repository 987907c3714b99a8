"""Links of the mirror: those that stand, each as one row, from whichever of its ends it was reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, insert, or_, select

from adapters.azure_devops.rows import LinkRow
from adapters.portions import portions
from adapters.store.mirror_tables import links
from adapters.store.mirrored_items import PORTION, forget_relations

Key: TypeAlias = tuple[int, int, str]
_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_STANDING = select(links).order_by(links.c.source, links.c.target, links.c.rel)
_TOUCHING = select(links).where(or_(links.c.source.in_(_SOME), links.c.target.in_(_SOME)))
_ENDS = (links.c.source == bindparam("s")) & (links.c.target == bindparam("t"))
_DROP = delete(links).where(_ENDS & (links.c.rel == bindparam("r")))
_BACKWARD, _FORWARD, _BOTH_WAYS = "-Reverse", "-Forward", ".Related"


def take_in_links(connection: Connection, reported: Iterable[LinkRow]) -> None:
    """In the order in which they came and went. Writes only what is new."""
    latest = {_key(link): link for link in map(one_way, reported)}
    ends = {id for link in latest.values() for id in (link.source, link.target)}
    known = {_key(link): link for link in _touching(connection, ends)}
    changed = {key: link for key, link in latest.items() if link != known.get(key)}
    _drop(connection, changed.keys() & known.keys())
    standing = [_values(link) for link in changed.values() if link.is_active]
    if standing:
        connection.execute(insert(links), standing)
    forget_relations(connection, ends)


def standing_links(connection: Connection) -> Iterator[LinkRow]:
    return map(_row, connection.execute(_STANDING))


def one_way(link: LinkRow) -> LinkRow:
    """The same for both ends of a link: its making may be reported from one of them, its removal from the other."""
    if link.rel.endswith(_BACKWARD):
        forward = link.rel.removesuffix(_BACKWARD) + _FORWARD
        return replace(link, source=link.target, target=link.source, rel=forward)
    if link.rel.endswith(_BOTH_WAYS) and link.target < link.source:
        return replace(link, source=link.target, target=link.source)
    return link


def _touching(connection: Connection, ends: Collection[int]) -> Iterator[LinkRow]:
    for some in portions(sorted(ends), PORTION):
        yield from map(_row, connection.execute(_TOUCHING, {"some": some}))


def _drop(connection: Connection, keys: Collection[Key]) -> None:
    if keys:
        connection.execute(_DROP, [{"s": source, "t": target, "r": rel} for source, target, rel in keys])


def _key(link: LinkRow) -> Key:
    return link.source, link.target, link.rel


def _row(values: Row[Any]) -> LinkRow:
    return LinkRow(values.source, values.target, values.rel, is_active=True, comment=values.comment)


def _values(link: LinkRow) -> dict[str, object]:
    return {"source": link.source, "target": link.target, "rel": link.rel, "comment": link.comment}
