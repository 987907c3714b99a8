"""The history: every change of a work item in the order in which the server made them, and what stood when."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.work_item import Fields, Update
from bot.programme import Programme
from tests.campaign.checker.fields import DELETED, TYPE
from tests.campaign.checker.heard import Heard


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a work item, of its links alone too. `place` orders the changes of all items.

    `before` is empty for an item that is new; `rev` is the revision that stands after it.
    """

    place: int
    item: int
    rev: int
    by: str
    at: datetime
    before: Fields
    after: Fields
    comment: str
    update: Update

    @property
    def type(self) -> str:
        return str(self.after[TYPE])

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def is_revision(self) -> bool:
        """And not a change of links alone, which makes none."""
        return self.update.before is None or self.update.after.rev > self.update.before.rev

    def sets(self, name: str) -> bool:
        return self.before.get(name) != self.after.get(name)

    def text(self, name: str) -> str:
        return text_of(self.after, name)

    def before_text(self, name: str) -> str:
        return text_of(self.before, name)


@dataclass
class History:
    """What is asked about `place` is how it stood just before the change that has this place."""

    azure: Azure
    programme: Programme
    heard: Heard = field(default_factory=Heard)
    bot: str = BOT
    changes: list[Change] = field(default_factory=list)
    _of: defaultdict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    _gone: dict[int, int] = field(default_factory=dict)

    def read(self) -> int:
        """Takes in what has happened since it was asked last, and tells the place where that begins."""
        boards, begins = self.azure.organisation.boards, len(self.changes)
        for id, number in boards.changes[begins:]:
            change = _change(len(self.changes), boards.items[id].updates[number - 1])
            self.changes.append(change)
            self._of[id].append(change)
        for id, item in boards.items.items():
            if item.is_gone:
                self._gone.setdefault(id, len(self.changes))
        return begins

    @property
    def end(self) -> int:
        return len(self.changes)

    @property
    def now(self) -> datetime:
        return self.azure.clock.now()

    def since(self, place: int) -> Iterator[Change]:
        """Revisions only."""
        return (change for change in self.changes[place:] if change.is_revision)

    def by_bot(self, place: int, type: str = "") -> Iterator[Change]:
        return (c for c in self.since(place) if c.by == self.bot and type in ("", c.type))

    def of(self, item: int, before: int | None = None) -> list[Change]:
        """All changes of an item, those of its links too, before that place."""
        found = self._of.get(item, [])
        return found if before is None else found[: bisect_left(found, before, key=lambda change: change.place)]

    def revisions(self, item: int, before: int | None = None) -> list[Change]:
        return [change for change in self.of(item, before) if change.is_revision]

    def stood(self, item: int, place: int) -> Fields:
        """Empty where it did not exist, lay in the recycle bin or was gone."""
        found = self.of(item, place)
        if not found or found[-1].after.get(DELETED) or self._gone.get(item, place) < place:
            return {}
        return found[-1].after

    def items(self, type: str, place: int) -> Iterator[tuple[int, Fields]]:
        """Those that were there."""
        for id in sorted(self._of):
            fields = self.stood(id, place)
            if fields.get(TYPE) == type:
                yield id, fields

    def links(self, item: int, rel: str, place: int) -> dict[int, str]:
        """The comments on its links of this type, by the item at the other end."""
        found: dict[int, str] = {}
        for change in self.of(item, place):
            update = change.update
            for gone in update.removed:
                if gone.rel == rel and gone.target is not None:
                    found.pop(gone.target, None)
            for link in (*update.added, *update.edited):
                if link.rel == rel and link.target is not None:
                    found[link.target] = link.comment
        return found

    def known_by(self, change: Change) -> int:
        """How far the history had come when what is behind this revision of the bot's was read."""
        return min(self.heard.read_up_to(change), change.place)


def text_of(fields: Fields, name: str) -> str:
    return str(fields.get(name, ""))


def _change(place: int, update: Update) -> Change:
    after = update.after
    before = update.before.fields if update.before is not None else {}
    said = after.comment if update.before is None or after.rev > update.before.rev else ""
    return Change(place, after.id, after.rev, update.by.sign_in, update.at, before, after.fields, said, update)
