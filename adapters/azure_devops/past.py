"""The past: the work items of the process as they stood at any instant, from every revision and link they ever had."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from adapters.azure_devops.decode import Items, defect, items
from adapters.azure_devops.linked import both_ways
from adapters.azure_devops.node import Node
from adapters.azure_devops.past_links import PastLinks
from adapters.azure_devops.reading import CHANGED_BY
from adapters.azure_devops.rows import ItemRow, Relation
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.updates import FIX_LINKS, steps
from bot.change import LinkKind
from bot.defect import Defect, Kind
from bot.history import Histories, Step, latest
from bot.rfc import RfcState


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A work item from that instant on."""

    at: datetime
    row: ItemRow


Revisions = Mapping[int, Sequence[DatedRow]]


class Past:
    """`revisions` are those of each item in their order. A row is decoded once, however often it is looked at."""

    def __init__(self, revisions: Revisions, links: PastLinks, spelling: Spelling) -> None:
        self._revisions = revisions
        self._dates = {id: [revision.at for revision in found] for id, found in revisions.items()}
        self._links = links
        self._spelling = spelling
        self._kind_of = cache(spelling.kind_of)
        self._fix_links = _rels(spelling, LinkKind.DEPENDS_ON, LinkKind.DUPLICATE_OF)
        self._decoded: dict[tuple[int, int, tuple[Relation, ...]], Defect] = {}
        self.histories: Histories = {id: tuple(self._steps(id, found)) for id, found in revisions.items()}

    def as_of(self, at: datetime) -> Items:
        """What was not there yet, or deleted, is not in it; nor is any text that was not asked for."""
        defects: dict[int, Defect] = {}
        others: list[ItemRow] = []
        for row in filter(None, (self._row(id, at) for id in self._revisions)):
            if self._is_fix(row):
                defects[row.id] = self._defect(row, at)
            else:
                others.append(replace(row, relations=self._links.of(row.id, self._settled(row.id, at))))
        decoded = items(others, (), self._spelling)
        return Items(defects, decoded.lists, decoded.rfcs)

    def defect_as_of(self, id: int, at: datetime) -> Defect | None:
        """One defect or change request; None where there was none."""
        row = self._row(id, at)
        return self._defect(row, at) if row is not None and self._is_fix(row) else None

    def _row(self, id: int, at: datetime) -> ItemRow | None:
        count = bisect_right(self._dates.get(id, []), at)
        row = self._revisions[id][count - 1].row if count else None
        return None if row is None or row.is_deleted else row

    def _is_fix(self, row: ItemRow) -> bool:
        return self._kind_of(row.type) in (Kind.DEFECT, Kind.CHANGE_REQUEST)

    def _defect(self, row: ItemRow, at: datetime) -> Defect:
        relations = self._links.of(row.id, at, self._fix_links)
        key = (row.id, row.rev, relations)
        if key not in self._decoded:
            targets = {(row.id, rel): _targets(rel, relations) for rel in self._fix_links}
            self._decoded[key] = defect(row, targets, self._spelling)
        return self._decoded[key]

    def _steps(self, id: int, revisions: Sequence[DatedRow]) -> Iterator[Step]:
        kind = self._spelling.kind_of(revisions[-1].row.type)
        if kind is None:
            return
        rels = _rels(self._spelling, FIX_LINKS[kind]) if kind in FIX_LINKS else ()
        for step in steps(_as_updates(revisions), kind, self._spelling):
            links = self._links.of(id, step.at, rels) if rels else ()
            yield replace(step, linked=frozenset(link.target for link in links if link.target is not None))

    def _settled(self, id: int, at: datetime) -> datetime:
        """What is linked to an RFC after it was deployed was not deployed with it."""
        known = [step for step in self.histories[id] if step.at <= at]
        deployed = latest(RfcState.DEPLOYED, known)
        return deployed.at if deployed is not None else at


def _rels(spelling: Spelling, *kinds: LinkKind) -> tuple[str, ...]:
    return tuple(both_ways(spelling.links[kind])[0] for kind in kinds if kind in spelling.links)


def _targets(rel: str, relations: Iterable[Relation]) -> frozenset[int]:
    return frozenset(r.target for r in relations if r.rel == rel and r.target is not None)


def _as_updates(revisions: Iterable[DatedRow]) -> Iterator[Node]:
    """What each revision changed of the one before it, as the service tells of a single item."""
    before: Mapping[str, object] = {}
    for revision in revisions:
        now = revision.row.fields
        changed = {
            name: {"oldValue": before.get(name), "newValue": now.get(name)}
            for name in {*before, *now}
            if before.get(name) != now.get(name)
        }
        told = {"rev": revision.row.rev, "fields": changed, "revisedBy": str(now.get(CHANGED_BY, ""))}
        yield Node(told, "reporting/workitemrevisions")
        before = now
