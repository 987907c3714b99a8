"""Saving a draft: its revision, its entry among the updates, its comment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from adapters.sandbox import other_end
from adapters.sandbox.draft import Draft
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.relation import Relation
from adapters.sandbox.system_fields import CHANGED_BY, CHANGED_DATE, COMMENT_COUNT, CREATED_BY, CREATED_DATE
from adapters.sandbox.work_item import Comment, FieldValue, Revision, Update, WorkItem


def differs(draft: Draft) -> bool:
    return makes_revision(draft) or set(draft.relations.values()) != set(_before(draft))


def makes_revision(draft: Draft) -> bool:
    """Links between work items make none; links to anything else do."""
    if draft.before is None or draft.comment or draft.is_written_anyway:
        return True
    if (draft.fields, draft.markdown) != (draft.before.fields, draft.before.markdown):
        return True
    outside = {link for link in draft.relations.values() if link.target is None}
    return outside != {link for link in _before(draft) if link.target is None}


def commit(draft: Draft, organisation: Organisation, *, by: Person, at: datetime, id: int = 0) -> WorkItem:
    """`id`: of a new item, where it must not be the next free one."""
    boards = organisation.boards
    own = draft.before.id if draft.before else id or boards.next_id
    item = as_it_would_be(draft, own, by=by, at=at, watermark=len(boards.revisions) + 1)
    if draft.comment:
        said = boards.new_comment(Comment(0, draft.comment, by, at))
        item = replace(item, comments=(*item.comments, said))
    boards.keep(item)
    other_end.follow(boards, own, item.updates[-1])
    return boards.items[own]


def as_it_would_be(draft: Draft, id: int, *, by: Person, at: datetime, watermark: int = 0) -> WorkItem:
    relations = tuple(sorted(draft.relations.values(), key=lambda link: link.place))
    item = replace(draft.before, type=draft.type) if draft.before else WorkItem(id, draft.type, ())
    if makes_revision(draft):
        fields = _stamped(draft, by=by, at=at)
        revision = Revision(id, len(item.history) + 1, watermark, by, at, fields, draft.comment)
        item = replace(item, history=(*item.history, revision))
    update = _update(draft, item, relations, by=by, at=at)
    return replace(item, relations=relations, updates=(*item.updates, update), markdown=draft.markdown)


def _stamped(draft: Draft, *, by: Person, at: datetime) -> dict[str, FieldValue]:
    created: dict[str, FieldValue] = {CREATED_BY: by, CREATED_DATE: at, COMMENT_COUNT: 0}
    fields: dict[str, FieldValue] = {**created, **draft.fields, CHANGED_BY: by, CHANGED_DATE: at}
    if draft.comment:
        fields[COMMENT_COUNT] = int(str(fields[COMMENT_COUNT])) + 1
    return fields


def _update(draft: Draft, item: WorkItem, relations: tuple[Relation, ...], *, by: Person, at: datetime) -> Update:
    old = {link.key: link for link in _before(draft)}
    return Update(
        len(item.updates) + 1,
        item.rev,
        by,
        at,
        before=draft.before.latest if draft.before else None,
        after=item.latest,
        added=tuple(link for link in relations if link.key not in old),
        removed=tuple(link for link in old.values() if link.key not in draft.relations),
        edited=tuple(link for link in relations if link.key in old and old[link.key] != link),
    )


def _before(draft: Draft) -> tuple[Relation, ...]:
    return draft.before.relations if draft.before else ()
