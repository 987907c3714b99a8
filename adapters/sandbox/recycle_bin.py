"""Deleting a work item and restoring it: each makes a revision, and its links go and come back."""

from __future__ import annotations

from adapters.sandbox import draft as drafts
from adapters.sandbox import other_end
from adapters.sandbox.commit import commit
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right
from adapters.sandbox.person import Person
from adapters.sandbox.refusals import lacks_permission, no_such_item
from adapters.sandbox.security_tokens import may_here
from adapters.sandbox.system_fields import IS_DELETED
from adapters.sandbox.work_item import WorkItem


def delete(organisation: Organisation, id: int, by: Person) -> WorkItem:
    _check(organisation, by)
    boards = organisation.boards
    item = organisation.item(id, by)
    draft = drafts.of_existing(item)
    draft.fields[IS_DELETED] = True
    deleted = commit(draft, organisation, by=by, at=boards.moment(item, organisation.clock.now()))
    other_end.hide(boards, deleted)
    return deleted


def restore(organisation: Organisation, id: int, by: Person) -> WorkItem:
    """Links to items that were deleted meanwhile do not come back."""
    _check(organisation, by)
    boards = organisation.boards
    item = boards.items.get(id)
    if item is None or not item.is_deleted or item.is_gone:
        raise no_such_item(id)
    draft = drafts.of_existing(item)
    del draft.fields[IS_DELETED]
    for relation in item.relations:
        if relation.target is not None and not boards.items[relation.target].is_there:
            del draft.relations[relation.key]
    restored = commit(draft, organisation, by=by, at=boards.moment(item, organisation.clock.now()))
    other_end.show(boards, restored)
    return boards.items[id]


def _check(organisation: Organisation, by: Person) -> None:
    if not may_here(by, Right.DELETE_ITEMS, organisation):
        raise lacks_permission(by.name, Right.DELETE_ITEMS.words)
