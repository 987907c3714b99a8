"""The other end of a link: it changes at once, and makes no revision there."""

from __future__ import annotations

from dataclasses import replace

from adapters.sandbox.boards import Boards
from adapters.sandbox.link_change import LinkChange
from adapters.sandbox.links import mirrored
from adapters.sandbox.relation import Relation
from adapters.sandbox.relation_type import relation_types
from adapters.sandbox.work_item import Update, WorkItem


def follow(boards: Boards, owner: int, cause: Update) -> None:
    """Every link that this update of `owner` added, edited or removed."""
    for relation in cause.removed:
        _drop(boards, relation, owner, cause)
    for relation in (*cause.added, *cause.edited):
        _set(boards, relation, owner, cause)


def hide(boards: Boards, item: WorkItem) -> None:
    """The item went to the recycle bin: nobody sees links to it any more."""
    for relation in item.relations:
        _drop(boards, relation, item.id, item.updates[-1])


def show(boards: Boards, item: WorkItem) -> None:
    for relation in item.relations:
        _set(boards, relation, item.id, item.updates[-1])


def _set(boards: Boards, relation: Relation, owner: int, cause: Update) -> None:
    if relation.target is None:
        return
    other = boards.items[relation.target]
    back = replace(mirrored(relation, owner), appeared=cause.at)
    kept = {link.key: link for link in other.relations}
    is_new = back.key not in kept
    kept[back.key] = back
    entry = _entry(other, cause, added=(back,)) if is_new else _entry(other, cause, edited=(back,))
    _keep(boards, other, kept, entry)
    if is_new:
        boards.links.append(_change(relation, owner, cause, is_active=True))


def _drop(boards: Boards, relation: Relation, owner: int, cause: Update) -> None:
    if relation.target is None:
        return
    other = boards.items[relation.target]
    kept = {link.key: link for link in other.relations}
    back = kept.pop(mirrored(relation, owner).key, None)
    if back is None:
        return
    _keep(boards, other, kept, _entry(other, cause, removed=(back,)))
    boards.links.append(_change(relation, owner, cause, is_active=False))


def _keep(boards: Boards, other: WorkItem, kept: dict[tuple[str, int | None, str], Relation], entry: Update) -> None:
    ordered = tuple(sorted(kept.values(), key=lambda link: link.place))
    boards.keep(replace(other, relations=ordered, updates=(*other.updates, entry)))


def _entry(
    other: WorkItem,
    cause: Update,
    *,
    added: tuple[Relation, ...] = (),
    removed: tuple[Relation, ...] = (),
    edited: tuple[Relation, ...] = (),
) -> Update:
    number = len(other.updates) + 1
    latest = other.latest
    return Update(number, latest.rev, cause.by, cause.at, latest, latest, added, removed, edited)


def _change(relation: Relation, owner: int, cause: Update, *, is_active: bool) -> LinkChange:
    kind = relation_types()[relation.rel]
    ends = (owner, relation.target or 0)
    source, target = ends if kind.is_forward else ends[::-1]
    return LinkChange(kind.family, source, target, cause.by, cause.at, is_active)
