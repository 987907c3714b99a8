"""All work items, and the order in which they changed: what the server keeps on its disk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.sandbox.link_change import LinkChange
from adapters.sandbox.refusals import no_such_item
from adapters.sandbox.work_item import Comment, Revision, WorkItem

LEAST_STEP = timedelta(milliseconds=1)


@dataclass
class Boards:
    """`revisions[n]` has the watermark n + 1; `changes`: item and number of each update, also of those of links alone.

    Tag spellings are kept by case-folded name.
    """

    items: dict[int, WorkItem] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    changes: list[tuple[int, int]] = field(default_factory=list)
    links: list[LinkChange] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    next_id: int = 1
    comments_made: int = 0

    def existing(self, id: int) -> WorkItem:
        """The item, unless it does not exist, lies in the recycle bin or is gone."""
        item = self.items.get(id)
        if item is None or not item.is_there:
            raise no_such_item(id)
        return item

    def keep(self, item: WorkItem) -> None:
        """The item replaces its former self; revisions that are new join the log."""
        known = self.items.get(item.id)
        self.revisions.extend(item.history[len(known.history) if known else 0 :])
        made = item.updates[len(known.updates) if known else 0 :]
        self.changes.extend((item.id, update.id) for update in made)
        self.items[item.id] = item
        for tag in item.tags:
            self.tags.setdefault(tag.casefold(), tag)
        self.next_id = max(self.next_id, item.id + 1)

    def moment(self, item: WorkItem | None, now: datetime) -> datetime:
        """When the next change of this item happens: dates increase with each revision."""
        if item is None or now > item.latest.at:
            return now
        return item.latest.at + LEAST_STEP

    def new_comment(self, comment: Comment) -> Comment:
        self.comments_made += 1
        return replace(comment, id=self.comments_made)

    def copy(self) -> Boards:
        """To come back to, where all of several changes or none must happen."""
        return replace(
            self,
            items=dict(self.items),
            revisions=list(self.revisions),
            changes=list(self.changes),
            links=list(self.links),
            tags=dict(self.tags),
        )
