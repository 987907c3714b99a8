"""Link changes: what the updates of a work item tell of its links since a write of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.azure_devops.node import Node
from adapters.azure_devops.reading import relation
from adapters.azure_devops.rows import Relation
from adapters.azure_devops.updates import changed_links, made_by

LinkKey = tuple[str, int | None]
"""The type of a link, and the work item at its other end, if it leads to one."""
_CHANGES = ("removed", "added", "updated")


@dataclass(frozen=True, slots=True)
class Mention:
    """How a link was changed last, by us or by others; `link` as the service tells of it."""

    what: str
    is_ours: bool
    link: Node


@dataclass(frozen=True, slots=True)
class LinkChanges:
    """`latest` since the write; `words` are those that stood beside each link before it, as far as that is told."""

    latest: Mapping[LinkKey, Mention]
    words: Mapping[LinkKey, str]

    @property
    def taken(self) -> Mapping[LinkKey, Node]:
        """The links that we took off, and that nobody has made again."""
        return {key: m.link for key, m in self.latest.items() if m.is_ours and m.what == "removed"}

    @property
    def overwritten(self) -> Mapping[LinkKey, str]:
        """The words that we changed, as they were."""
        ours = (key for key, m in self.latest.items() if m.is_ours and m.what == "updated")
        return {key: self.words[key] for key in ours if key in self.words}

    def is_anothers(self, key: LinkKey) -> bool:
        """Whether somebody else had the last word on it."""
        return key in self.latest and not self.latest[key].is_ours


def changes_since(updates: Sequence[Node], me: str, rev: int, *, is_revision: bool) -> LinkChanges:
    """`updates`: all of the item, oldest first. The write made the revision `rev`; or none, and stands last."""
    ours = [at for at, update in enumerate(updates) if made_by(update) == me]
    own = [at for at in ours if updates[at].number("rev") == rev] if is_revision else ours[-1:]
    begins = own[0] if own else len(updates)
    latest = {
        key_of(link): Mention(what, made_by(update) == me, link)
        for update in updates[begins:]
        for what in _CHANGES
        for link in changed_links(update, what)
    }
    before = (link for update in updates[:begins] for what in _CHANGES[1:] for link in changed_links(update, what))
    return LinkChanges(latest, {key_of(link): relation(link).comment for link in before})


def key_of(link: Node) -> LinkKey:
    return key(relation(link))


def key(link: Relation) -> LinkKey:
    return link.rel, link.target
