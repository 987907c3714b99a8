"""Places: a link is taken off, and gets other words, by where it stands among the others.

No revision guards that place: links between work items make none. So it is asked for right before the write, of the
one item alone (among others its links may come in another order). What another link lost all the same is put back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adapters.azure_devops.encode import Encoding, Operation, operation
from adapters.azure_devops.node import Node
from adapters.azure_devops.people import sign_in_of, spelled
from adapters.azure_devops.reading import relation
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.azure_devops.work_items import Document
from bot.change import Change, Link

Key = tuple[str, int | None]
MOST = 2
"""So often the links of one item may be met at another place than they were told at; then nothing is taken off any
more, until the process begins anew."""
AT_PLACE = "/relations/"
NEW = "/relations/-"
SAID = ("comment", "name")


def names_places(document: Document) -> bool:
    paths = (str(one["path"]) for one in document if isinstance(one, Mapping))
    return any(path.startswith(AT_PLACE) and path != NEW for path in paths)


@dataclass(frozen=True, slots=True)
class Places:
    """Of one organisation, for as long as the process lives."""

    encoding: Encoding
    _missed: Counter[int] = field(default_factory=Counter)

    def are_not_trusted(self, id: int) -> bool:
        return self._missed[id] >= MOST

    def seem_missed(self, change: Change, before: ItemRow, after: ItemRow) -> bool:
        """Whether the links that stand there after the write are others than it was to leave."""
        stood, stand = _keys(before), _keys(after)
        gone, kept = self._gone(change), self._kept(change)
        lost = stood - stand - Counter(dict.fromkeys(gone, len(stood)))
        said = {key(one): one.comment for one in after.relations or ()}
        return bool(lost or gone & stand.keys() or any(said.get(one) != words for one, words in kept.items()))

    def repair(self, change: Change, after: ItemRow, updates: Sequence[Node], me: str) -> Document:
        """What gives back to other links what our latest update took from them; empty where that was nothing.

        `updates`: all of the item, oldest first.
        """
        ours = [at for at, update in enumerate(updates) if _by(update) == me and update.get("relations") is not None]
        if not ours:
            return []
        gone, kept, stand = self._gone(change), self._kept(change), _keys(after)
        links, words = updates[ours[-1]].node("relations"), _words(updates[: ours[-1]])
        lost = [one for one in _listed(links, "removed") if key(relation(one)) not in gone]
        edited = [key(relation(one)) for one in _listed(links, "updated")]
        places = {key(one): place for place, one in enumerate(after.relations or ()) if stand[key(one)] == 1}
        work = [
            *(_said(places[one], words.get(one, "")) for one in edited if one not in kept and one in places),
            *(_added(one) for one in lost if relation(one).target is None or key(relation(one)) not in stand),
        ]
        if work:
            self._missed[after.id] += 1
        return [operation("test", "/rev", after.rev), *work] if work else []

    def _gone(self, change: Change) -> set[Key]:
        return {self._key(link) for link in change.unlinks} - self._kept(change).keys()

    def _kept(self, change: Change) -> dict[Key, str]:
        return {self._key(link): self.encoding.words(link) for link in change.links}

    def _key(self, link: Link) -> Key:
        return self.encoding.rel(link), link.target


def key(link: Relation) -> Key:
    return link.rel, link.target


def _keys(row: ItemRow) -> Counter[Key]:
    return Counter(map(key, row.relations or ()))


def _by(update: Node) -> str:
    return sign_in_of(spelled(update.get("revisedBy")) or "")


def _words(updates: Iterable[Node]) -> dict[Key, str]:
    """Those that stood beside each link after these updates."""
    changed = (update.node("relations") for update in updates if update.get("relations") is not None)
    links = (relation(one) for some in changed for what in ("added", "updated") for one in _listed(some, what))
    return {key(link): link.comment for link in links}


def _said(place: int, words: str) -> Operation:
    return operation("replace", f"{AT_PLACE}{place}/attributes/comment", words)


def _listed(links: Node, what: str) -> list[Node]:
    return list(links.nodes(what)) if links.get(what) is not None else []


def _added(link: Node) -> Operation:
    attributes = link.get("attributes")
    said = {name: attributes[name] for name in SAID if attributes.get(name)} if isinstance(attributes, dict) else {}
    if relation(link).target is not None:
        said.pop("name", None)  # that of its type, which the service gives
    value = {"rel": link.text("rel"), "url": link.text("url"), **({"attributes": said} if said else {})}
    return operation("add", NEW, value)
