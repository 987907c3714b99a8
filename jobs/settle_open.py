"""Settling: at the start of a run, each write of which nobody knows what came of it is looked for and concluded.

One that was killed between sending and writing down is one of them. A failed read settles nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.azure_devops.answers import Declined, Unreadable
from adapters.azure_devops.outcomes import Applied, Refused
from adapters.azure_devops.row_fields import RowFields
from adapters.azure_devops.rows import ItemRow
from adapters.store.records import Intent, Result
from bot.change import Field, LinkKind
from bot.defect import Kind
from bot.fence import is_quarantined, may_be_unseen
from bot.revision import Revision
from jobs.world import World

ADOPTED = "adopted after an unknown outcome"
GONE_FOR_GOOD = timedelta(days=1)
"""So long a work item that is deleted, or out of sight, may come back before nobody waits for it any more."""
_SAME_LIST = {"environment": Field.ENVIRONMENT, "party": Field.PARTY, "sequence": Field.SEQUENCE}

Settled = Applied | Refused | None


def settle_open_intents(world: World) -> None:
    """Reads only while something is open. What may still arrive stays open."""
    waiting = world.store.ledger.open_intents()
    if not waiting:
        return
    now = world.boards.server_time()
    named = {id for intent in waiting for id in (intent.item, intent.list_id) if id is not None}
    look = _Look(world, now, {row.id: row for row in world.boards.closely(named)})
    for intent in waiting:
        settled = look.settled(intent)
        if settled is not None:
            world.store.ledger.conclude({intent.id: settled}, now, ADOPTED if isinstance(settled, Applied) else "")


@dataclass(frozen=True, slots=True)
class _Look:
    """`rows`: what stands of the work items that the intents name; the others are gone, or out of sight."""

    world: World
    now: datetime
    rows: Mapping[int, ItemRow]

    def settled(self, intent: Intent) -> Settled:
        """One item whose history the server will not tell keeps no other from being settled."""
        try:
            if intent.item is not None and intent.rev is not None:
                return self._update(intent, intent.item, intent.rev)
            return self._creation(intent)
        except (Declined, Unreadable):
            return None

    def _update(self, intent: Intent, id: int, rev: int) -> Settled:
        """Guarded by its revision: it is the very next one, or it never was and never will be."""
        row = self.rows.get(id)
        if row is None:
            return self._gone(intent, id)
        if row.rev <= rev:
            return None if is_quarantined(intent.at, self.now) else Refused("not applied: it never arrived")
        made = self._revision(row, rev + 1)
        if made is None:
            return None
        if not _is_of(intent, made, self.world.boards.signed_in_as()):
            return Refused(f"not applied: {made.by} was first")
        if self._is_recorded(intent, id, rev + 1):
            return Refused("not applied: the same was sent again, and is recorded there")
        return Applied(id, rev + 1)

    def _is_recorded(self, intent: Intent, id: int, rev: int) -> bool:
        """For another intent, which said the same: one revision has one record."""
        others = (e for e in self.world.store.ledger.entries(id) if e.intent.id != intent.id)
        came = (conclusion for entry in others for conclusion in entry.conclusions)
        return any((c.result, c.item, c.rev) == (Result.APPLIED, id, rev) for c in came)

    def _creation(self, intent: Intent) -> Settled:
        for row in self._made_perhaps(intent):
            made = self._revision(row, 1)
            if made is not None and _is_of(intent, made, self.world.boards.signed_in_as()):
                return Applied(row.id, 1)
        if intent.list_id is None:
            return None if may_be_unseen(intent.at, self.now) else Refused("not there: it never arrived")
        if intent.list_id not in self.rows:
            return self._gone(intent, intent.list_id)
        return None if is_quarantined(intent.at, self.now) else Refused("not there: it never arrived")

    def _made_perhaps(self, intent: Intent) -> Iterator[ItemRow]:
        """The RFCs on the list under whose fence it was sent; or the lists that stand for the same."""
        spelling = self.world.spelling
        if intent.list_id is not None:
            linked = self.rows[intent.list_id].relations if intent.list_id in self.rows else None
            ids = {r.target for r in linked or () if r.rel == spelling.links[LinkKind.RFC] and r.target is not None}
            rfcs = [*self.world.boards.closely(ids), *self.world.store.mirror.items(spelling.types[Kind.RFC])]
            yield from (row for row in rfcs if RowFields(row, Kind.RFC, spelling).text(Field.INTENT) == intent.id)
            return
        told = {_SAME_LIST[d.field]: d.new for d in intent.differences if d.field in _SAME_LIST}
        for row in self.world.store.mirror.items(spelling.types[Kind.LIST]):
            of = RowFields(row, Kind.LIST, spelling)
            if all(of.text(field) == text for field, text in told.items()):
                yield row

    def _revision(self, row: ItemRow, rev: int) -> Revision | None:
        kind = self.world.spelling.kind_of(row.type)
        if kind is None:
            return None
        return next((r for r in self.world.boards.revisions(row.id, kind) if r.rev == rev), None)

    def _gone(self, intent: Intent, id: int) -> Settled:
        if self.now - intent.at < GONE_FOR_GOOD:
            return None
        return Refused(f"nobody can tell: work item {id} is deleted, or out of sight")


def _is_of(intent: Intent, made: Revision, bot: str) -> bool:
    """Whether the revision carries the mark of this very write: its run, its rule, its reason as far as that fits."""
    mark = made.mark
    if made.by != bot or mark is None or (mark.run, mark.rule) != (intent.run, intent.rule):
        return False
    return " ".join(intent.reason.split()).startswith(" ".join(mark.reason.split()))
