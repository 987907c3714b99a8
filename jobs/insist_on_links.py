"""Insisting on links: a list or an RFC that comes without any link, where the feed of links tells of several, was not
read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    for row, rel in _bare(rows, world):
        stood = _standing(row.id, rel, world)
        if is_suspicious(stood, stood):
            words = (
                f"suspicious: work item {row.id} came without any link, and {stood} stand there; nothing was removed"
            )
            raise Unreadable("POST workitemsbatch", words)


def _bare(rows: Iterable[ItemRow], world: World) -> Iterator[tuple[ItemRow, str]]:
    for row in rows:
        meaning = NAMES.get(world.spelling.kind_of(row.type) or Kind.DEFECT)
        rel = world.spelling.links.get(meaning) if meaning is not None else None
        if rel is not None and row.relations is not None and not any(r.rel == rel for r in row.relations):
            yield row, rel


def _standing(id: int, rel: str, world: World) -> int:
    """As far as the feed has told: to work items that are still there."""
    mirror = world.store.mirror
    known = mirror.types()
    links = (link for link in mirror.links() if link.rel == rel and id in (link.source, link.target))
    return len({end for link in links for end in (link.source, link.target) if end != id and end in known})
