"""Links that a change adds, edits or removes, checked as the service checks them."""

from __future__ import annotations

import re

from adapters.sandbox.boards import Boards
from adapters.sandbox.draft import Draft
from adapters.sandbox.patch import AddRelation, CommentRelation, RemoveRelation
from adapters.sandbox.refusals import bad_relation, no_such_item, not_known_here
from adapters.sandbox.relation import Relation
from adapters.sandbox.relation_type import RelationType, relation_types

ITEM_URL = re.compile(r"/workitems/(-?\d+)/?$", re.IGNORECASE)


def add(draft: Draft, change: AddRelation, boards: Boards, provisional: dict[int, int]) -> None:
    """`provisional`: which real ids the negative ids of a batch have become."""
    kind = _kind(change.rel)
    relation = _to_item(change, provisional) if kind.between_items else _to_resource(change, kind)
    if relation.key in draft.relations:
        raise bad_relation("VS402371: The link that you are adding exists already on the work item.")
    if relation.target is not None:
        _check_target(draft, relation.target, kind, boards)
    draft.relations[relation.key] = relation


def remove(draft: Draft, change: RemoveRelation, listed: list[Relation]) -> None:
    del draft.relations[_at(listed, change.index).key]


def set_comment(draft: Draft, change: CommentRelation, listed: list[Relation]) -> None:
    old = _at(listed, change.index)
    draft.relations[old.key] = Relation(old.rel, old.target, old.url, change.comment, old.name)


def mirrored(relation: Relation, owner: int) -> Relation:
    """The same link, as the item at its other end has it."""
    return Relation(relation_types()[relation.rel].opposite, owner, comment=relation.comment)


def _kind(rel: str) -> RelationType:
    kind = relation_types().get(rel)
    if kind is None:
        raise bad_relation(f"TF201062: The link type {rel} does not exist.")
    if kind.is_remote:
        raise not_known_here(f"links to other organisations ({rel})")
    return kind


def _to_item(change: AddRelation, provisional: dict[int, int]) -> Relation:
    found = ITEM_URL.search(change.url)
    if found is None:
        raise bad_relation(f"The url {change.url!r} of a {change.rel} link does not end in /workItems/ID.")
    id = int(found[1])
    return Relation(change.rel, provisional.get(id, id), comment=change.comment)


def _to_resource(change: AddRelation, kind: RelationType) -> Relation:
    if kind.reference == "ArtifactLink" and not change.name:
        raise bad_relation("VS402345: An ArtifactLink needs attributes.name.")
    return Relation(change.rel, url=change.url, comment=change.comment, name=change.name)


def _check_target(draft: Draft, target: int, kind: RelationType, boards: Boards) -> None:
    own = draft.before.id if draft.before else None
    other = boards.items.get(target)
    if other is None or not other.is_there:
        raise no_such_item(target)
    if target == own:
        raise bad_relation("TF201065: You cannot add a link from a work item to itself.")
    if kind.has_one_source:
        _check_one_source(draft, target, kind, boards)
    if kind.is_acyclic and own is not None and own in _reachable(target, kind.reference, boards):
        raise bad_relation(f"TF201035: The {kind.name} link to {target} would close a circle.")


def _check_one_source(draft: Draft, target: int, kind: RelationType, boards: Boards) -> None:
    reverse = kind.opposite if kind.is_forward else kind.reference
    taken = boards.items[target].links(reverse) if kind.is_forward else [r for r in draft.relations if r[0] == reverse]
    if taken:
        raise bad_relation(f"TF201036: A work item can have only one {kind.family} source.")


def _reachable(start: int, rel: str, boards: Boards) -> set[int]:
    seen: set[int] = set()
    ahead = [start]
    while ahead:
        id = ahead.pop()
        if id not in seen:
            seen.add(id)
            ahead.extend(boards.items[id].links(rel))
    return seen


def _at(listed: list[Relation], index: int) -> Relation:
    if index >= len(listed):
        raise bad_relation(f"There is no relation at index {index}: the work item has {len(listed)}.")
    return listed[index]
