"""Places: a link is taken off, and gets other words, by where it stands among the others.

No revision guards that place: links between work items make none. So it is asked for right before the write, of the
one item alone (among others its links may come in another order). Afterwards what stands there is compared with what
was meant, and what went otherwise is put right, as the item's own updates tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.encode import AT_PLACE, NEW, Encoding, Operation, operation, removal, worded
from adapters.azure_devops.link_changes import LinkChanges, LinkKey, changes_since, key
from adapters.azure_devops.node import Node
from adapters.azure_devops.outcomes import Applied, Outcome, Unknown
from adapters.azure_devops.reading import BETWEEN_ITEMS
from adapters.azure_devops.refusals import is_conflict
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.work_items import Document
from adapters.logs import SHUNTER
from bot.change import Change

Patch = Callable[[int, Document, float | None], ItemRow]
ROUNDS = 3
"""So often what went otherwise is put right. People are not as quick: after the last, the service names links by
another order than it tells them in."""
SAID = ("comment", "name")


def names_places(document: Document) -> bool:
    paths = (str(one["path"]) for one in document if isinstance(one, Mapping))
    return any(path.startswith(AT_PLACE) and path != NEW for path in paths)


class Looks(Protocol):
    def signed_in_as(self) -> str: ...
    def alone(self, id: int) -> ItemRow: ...
    def updates(self, id: int) -> Sequence[Node]: ...


@dataclass(frozen=True, slots=True)
class Meant:
    """What a change was to do with the links of an item: those to be `gone`, and the words of those to be `kept`."""

    gone: frozenset[LinkKey]
    kept: Mapping[LinkKey, str]

    def is_done(self, before: ItemRow, after: ItemRow) -> bool:
        """Whether they are, and no other link of `before` is missing."""
        stood, stand = _counted(before), _counted(after)
        lost = stood - stand - Counter({one: stood[one] for one in self.gone})
        said = _words(after)
        return not lost and not self.gone & stand.keys() and all(said.get(k) == w for k, w in self.kept.items())

    def left(self, after: ItemRow, told: LinkChanges) -> list[Operation]:
        """What is still to be done by places: but for what somebody else has had the last word on."""
        counted, said = _counted(after), _words(after)
        places = {key(one): place for place, one in enumerate(after.relations or ()) if counted[key(one)] == 1}
        mine = {one: place for one, place in places.items() if not told.is_anothers(one)}
        words = {**{one: was for one, was in told.overwritten.items() if one not in self.kept}, **self.kept}
        reworded = [worded(mine[one], new) for one, new in words.items() if one in mine and said[one] != new]
        gone = sorted((mine[one] for one in self.gone if one in mine), reverse=True)
        return reworded + [removal(place) for place in gone]

    def lost(self, after: ItemRow, told: LinkChanges) -> list[Operation]:
        """What gives back the links that were taken off without having been meant."""
        stand = _counted(after)
        taken = ((one, link) for one, link in told.taken.items() if one not in self.gone)
        return [_added(link) for one, link in taken if one[1] is None or not stand[one]]


@dataclass(frozen=True, slots=True)
class Places:
    """Of one organisation. `elsewhere`: the items of which links never were where they were told, in this process."""

    encoding: Encoding
    looks: Looks
    patch: Patch
    elsewhere: set[int] = field(default_factory=set)

    def put_right(self, change: Change, before: ItemRow, outcome: Applied, until: float | None) -> Outcome:
        """What came of a write that named the places of `before`."""
        kept = {self.encoding.key(link): self.encoding.words(link) for link in change.links}
        meant = Meant(frozenset(map(self.encoding.key, change.unlinks)) - kept.keys(), kept)
        try:
            if outcome.item is not None and outcome.item.relations is not None and meant.is_done(before, outcome.item):
                return outcome
            for _ in range(ROUNDS):
                after, work = self._work(meant, before, outcome)
                if not work:
                    return Applied(outcome.id, outcome.rev, after)
                self._send(after, work, until)
            after, work = self._work(meant, before, outcome, is_last=True)
            if work:
                self._send(after, work, until)
            elif meant.is_done(before, after):
                return Applied(outcome.id, outcome.rev, after)
        except Failure as failure:
            why = "other links than it meant may be gone, and that could not be put right"
            return Unknown(f"{why}: {failure}", failure)
        self.elsewhere.add(outcome.id)
        return Unknown("links do not stand where they are told to: what is too many is to be taken off by hand")

    def _work(
        self, meant: Meant, before: ItemRow, outcome: Applied, *, is_last: bool = False
    ) -> tuple[ItemRow, list[Operation]]:
        """What stands there, and what is to be done to it; in the end no place is named any more."""
        after = self.looks.alone(outcome.id)
        if meant.is_done(before, after):
            return after, []
        updates, me = self.looks.updates(outcome.id), self.looks.signed_in_as()
        told = changes_since(updates, me, outcome.rev, is_revision=outcome.rev > before.rev)
        return after, meant.lost(after, told) + ([] if is_last else meant.left(after, told))

    def _send(self, stands: ItemRow, work: Sequence[Operation], until: float | None) -> None:
        """Nothing happens where somebody was faster."""
        SHUNTER.warning("links of work item %d stood elsewhere than told; to be put right: %s", stands.id, work)
        try:
            self.patch(stands.id, [operation("test", "/rev", stands.rev), *work], until)
        except Failure as failure:
            if not is_conflict(failure):
                raise


def _counted(row: ItemRow) -> Counter[LinkKey]:
    return Counter(map(key, row.relations or ()))


def _words(row: ItemRow) -> Mapping[LinkKey, str]:
    return {key(one): one.comment for one in row.relations or ()}


def _added(link: Node) -> Operation:
    attributes = link.get("attributes")
    said = {name: attributes[name] for name in SAID if attributes.get(name)} if isinstance(attributes, dict) else {}
    if link.text("rel").startswith(BETWEEN_ITEMS):
        said.pop("name", None)  # that of its type, which the service gives
    value = {"rel": link.text("rel"), "url": link.text("url"), **({"attributes": said} if said else {})}
    return operation("add", NEW, value)
