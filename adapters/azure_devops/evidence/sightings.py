"""Sightings out of rows of evidence: a source names environment and party, its row the release and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.azure_devops.evidence.source import Poll, Source, poll_of
from bot.named_number import named_number
from bot.number import Number
from bot.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Sighted:
    """`unnamed`: of each source whose latest row does not tell which release it is, that row, in words."""

    sightings: tuple[Sighting, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.sightings and not self.unnamed


def sighted(sources: Iterable[Source], kept: Mapping[Poll, Kept]) -> Sighted:
    sightings: list[Sighting] = []
    unnamed: list[str] = []
    for source in sources:
        rows = list(_rows_of(source, kept.get(poll_of(source), Kept())))
        sightings += [_sighting(source, row, number) for row in rows if (number := _number(source, row)) is not None]
        if rows and _number(source, rows[-1]) is None:
            where = "no tag of it is" if source.in_tags else "its name has no"
            words = f"{rows[-1].words}: {where} one release number, such as 5.2.16.0"
            unnamed.append(f"seen in {source.environment}, of {source.party}, and not counted: {words}")
    return Sighted(tuple(sightings), tuple(unnamed))


def _rows_of(source: Source, kept: Kept) -> Iterator[EvidenceRow]:
    for row in kept.rows:
        is_its_pipeline = not source.pipeline or row.pipeline.casefold() == source.pipeline.casefold()
        if is_its_pipeline and row.place.casefold() == source.name.casefold():
            yield row


def _number(source: Source, row: EvidenceRow) -> Number | None:
    return named_number(" ".join(row.tags) if source.in_tags else row.title)


def _sighting(source: Source, row: EvidenceRow, number: Number) -> Sighting:
    return Sighting(source.kind.shows, source.environment, source.party, number, row.at, row.outcome, row.words)
