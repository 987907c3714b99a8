"""Insisting on links: a list or an RFC that comes without any link, where the feed of links tells of several, was not
read whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.rows import ItemRow
from bot.change import LinkKind
from bot.defect import Kind
from bot.emptiness import is_suspicious
from jobs.world import World

NAMES = {Kind.LIST: LinkKind.ENTRY, Kind.RFC: LinkKind.FIX}


def insist_on_links(rows: Iterable[ItemRow], world: World) -> None:
    """Raises `Unreadable`, before anything of it is taken in: entries are links, and a list without any is closed.
    A person who takes links off is told by their feed, and so is a defect that is deleted."""
    bare = dict(_bare(rows, world))
    for id, ends in _standing(bare, world).items() if bare else ():
        if is_suspicious(len(ends), len(ends)):
            words = (
                f"suspicious: work item {id} came without any link, and {len(ends)} stand there; nothing was removed"
            )
            raise Unreadable("POST workitemsbatch", words)


def _bare(rows: Iterable[ItemRow], world: World) -> Iterator[tuple[int, str]]:
    """By id, and with the type of the links that it came without."""
    for row in rows:
        meaning = NAMES.get(world.spelling.kind_of(row.type) or Kind.DEFECT)
        rel = world.spelling.links.get(meaning) if meaning is not None else None
        if rel is not None and row.relations is not None and not any(r.rel == rel for r in row.relations):
            yield row.id, rel


def _standing(bare: Mapping[int, str], world: World) -> Mapping[int, Set[int]]:
    """What each is linked to, as far as the feed has told: work items that are still there."""
    known = world.store.mirror.types()
    found: defaultdict[int, set[int]] = defaultdict(set)
    for link in world.store.mirror.links():
        for id, end in ((link.source, link.target), (link.target, link.source)):
            if bare.get(id) == link.rel and end != id and end in known:
                found[id].add(end)
    return found
