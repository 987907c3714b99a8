"""Creating, updating, deleting and restoring work items: all or nothing, by the service's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.sandbox import areas, links, rules, tags, workflow
from adapters.sandbox import draft as drafts
from adapters.sandbox.commit import as_it_would_be, commit, differs
from adapters.sandbox.draft import Draft
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import (
    AddRelation,
    Change,
    CommentRelation,
    ExpectRevision,
    RemoveRelation,
    SetField,
    SetFormat,
    TakeId,
)
from adapters.sandbox.permissions import Right
from adapters.sandbox.person import Person
from adapters.sandbox.refusals import (
    bad_patch,
    bad_relation,
    lacks_permission,
    not_known_here,
    revision_differs,
    too_many_revisions,
)
from adapters.sandbox.security_tokens import may_here
from adapters.sandbox.system_fields import AREA, TAGS
from adapters.sandbox.work_item import WorkItem


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, and how: `validate_only` saves nothing; `provisional` holds the ids of one batch."""

    organisation: Organisation
    by: Person
    validate_only: bool = False
    provisional: dict[int, int] = field(default_factory=dict)

    def create(self, type: str, changes: Sequence[Change]) -> WorkItem:
        if any(isinstance(change, ExpectRevision) for change in changes):
            raise not_known_here("a test of /rev on an item that does not exist yet")
        draft = drafts.of_new(self.organisation.type(type), self.organisation)
        item = self._saved(draft, changes)
        taken = next((change.id for change in changes if isinstance(change, TakeId)), None)
        if taken is not None:
            self.provisional[taken] = item.id
        return item

    def update(self, id: int, changes: Sequence[Change]) -> WorkItem:
        item = self.organisation.item(id, self.by)
        if any(isinstance(change, ExpectRevision) and change.rev != item.rev for change in changes):
            raise revision_differs(self.organisation.doubts.failed_test)
        if any(isinstance(change, TakeId) for change in changes):
            raise bad_patch("/id is for new work items.")
        if len(item.history) >= self.organisation.limits.revisions:
            raise too_many_revisions(id, len(item.history), self.organisation.limits.revisions)
        draft = drafts.of_existing(item)
        draft.type = self.organisation.process.type(item.type.name) or item.type
        return self._saved(draft, changes)

    def _saved(self, draft: Draft, changes: Sequence[Change]) -> WorkItem:
        boards = self.organisation.boards
        at = boards.moment(draft.before, self.organisation.clock.now())
        for change in sorted(changes, key=lambda change: not isinstance(change, SetFormat)):
            self._apply(draft, change)
        workflow.follow(draft, by=self.by, at=at)
        rules.check(draft, self.organisation, self.by)
        self._check_number_of_links(draft)
        self._check_rights(draft)
        draft.is_written_anyway = bool(draft.written) and self.organisation.doubts.the_same_again_is_a_revision
        if draft.before is not None and not differs(draft):
            return draft.before
        if self.validate_only:
            return as_it_would_be(draft, draft.before.id if draft.before else 0, by=self.by, at=at)
        return commit(draft, self.organisation, by=self.by, at=at)

    def _apply(self, draft: Draft, change: Change) -> None:
        listed = list(draft.before.relations) if draft.before else []
        match change:
            case SetField():
                draft.set(change, self.organisation)
            case SetFormat():
                draft.set_format(change, self.organisation)
            case AddRelation():
                links.add(draft, change, self.organisation.boards, self.provisional)
            case RemoveRelation():
                links.remove(draft, change, listed)
            case CommentRelation():
                links.set_comment(draft, change, listed)
            case ExpectRevision() | TakeId():
                pass

    def _check_rights(self, draft: Draft) -> None:
        """In the area where the item is and in the one where it goes."""
        area = str(draft.fields[AREA])
        before = str(draft.before.fields[AREA]) if draft.before else area
        permissions = self.organisation.permissions
        if permissions.is_restricted(self.by, Right.EDIT_ITEMS) and not all(
            permissions.may(self.by, Right.EDIT_ITEMS, areas.token(path)) for path in (before, area)
        ):
            raise lacks_permission(self.by.name, Right.EDIT_ITEMS.words)
        if not permissions.is_restricted(self.by, Right.CREATE_TAG):
            return
        named = tags.split(str(draft.fields.get(TAGS, "")))
        is_new = any(tag.casefold() not in self.organisation.boards.tags for tag in named)
        if is_new and not may_here(self.by, Right.CREATE_TAG, self.organisation):
            raise lacks_permission(self.by.name, Right.CREATE_TAG.words)

    def _check_number_of_links(self, draft: Draft) -> None:
        limit = self.organisation.limits.links
        targets = [target for _, target, _ in draft.relations if target is not None]
        before = {link.target for link in draft.before.relations} if draft.before else set()
        others = [self.organisation.boards.items[target] for target in targets if target not in before]
        if len(targets) > limit or any(len(other.relations) >= limit for other in others):
            raise bad_relation(f"VS403372: A work item can have at most {limit:,} work item links.")
